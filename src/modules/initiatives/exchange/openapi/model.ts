import { apiVersion } from '#platform/http/problem.ts';
import { languages } from '#platform/i18n/languages.ts';
import { pageSize } from '../../finding/model.ts';
import { eventKinds, kinds, leads, phases, scopes, themes } from '../../model.ts';

const string = { type: 'string' } as const;
const day = { type: 'string', format: 'date', examples: ['2016-02-09'] } as const;
const list = (of: readonly string[]) => ({ type: 'array', items: { type: 'string', enum: of } });
const maybe = (type: string) => ({ type: [type, 'null'] });

function parameter(name: string, description: string, schema: object, several = false) {
  return {
    name,
    in: 'query',
    required: false,
    description,
    schema,
    ...(several && { style: 'form', explode: true }),
  };
}

const wish = [
  parameter('q', 'Words to look for: names, themes, places, whole questions, in any language.', {
    type: 'string',
    maxLength: 400,
  }),
  parameter('near', 'The name of a place, in any script.', { type: 'string', maxLength: 100 }),
  parameter('within', 'Kilometres around that place.', {
    type: 'integer',
    minimum: 1,
    maximum: 300,
    default: 25,
  }),
  parameter('phase', 'Phases of arriving; several are a choice.', list(phases), true),
  parameter('theme', 'Domains of the Indicators of Integration; several are a choice.', list(themes), true),
  parameter('ledBy', 'Who leads; not-said differs from no.', list(leads), true),
  parameter(
    'language',
    'Languages spoken there.',
    { type: 'array', items: { type: 'string', pattern: '^[a-z]{2,3}(-[A-Za-z]{2,4})?$' } },
    true,
  ),
  parameter('kind', 'Kinds of initiatives and institutions.', list(kinds), true),
  parameter(
    'asOf',
    'The day in the world that is asked about; a year counts as its last day. Without it today.',
    day,
  ),
  parameter('knownOn', 'The day on which we held it so; without it what we hold now.', day),
  parameter('lang', 'The language of the texts.', { type: 'string', enum: languages, default: 'nl' }),
  parameter('page', `The page, ${pageSize} a page.`, {
    type: 'integer',
    minimum: 1,
    maximum: 100_000,
    default: 1,
  }),
];
const whole = wish.map((one) =>
  one.name === 'page'
    ? { ...one, description: 'Taken and without effect: all initiatives come at once.' }
    : one,
);
const since = parameter(
  'since',
  'The next of an earlier answer, or a moment; without it the beginning.',
  string,
);
const asOf = parameter('asOf', 'The day that is asked about; without it today.', day);
const slug = { type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 120 } as const;

function answer(description: string, type: string, schema: object) {
  const versioned = { 'API-Version': { description: 'Version of this API.', schema: string } };
  const refusal = {
    description: 'What is wrong, parameter by parameter.',
    headers: versioned,
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
  return { '200': { description, headers: versioned, content: { [type]: { schema } } }, '400': refusal };
}

const missing = {
  description: 'No open entry has this slug on this day.',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const get = (operationId: string, summary: string, parameters: object[], responses: object) => ({
  get: { operationId, summary, description: summary, tags: ['field'], parameters, responses },
});

const record = {
  type: 'object',
  description: 'An initiative or institution on a day. Places are never more exact than it allows.',
  required: ['id', 'slug', 'name', 'kind', 'ledBy', 'state'],
  properties: {
    id: { type: 'string', format: 'uuid' },
    slug,
    page: string,
    name: string,
    kind: { type: 'string', enum: kinds },
    formality: { type: ['integer', 'null'], minimum: 1, maximum: 5 },
    ledBy: { type: 'string', enum: leads },
    scope: { type: ['string', 'null'], enum: [...scopes, null] },
    asOf: day,
    state: { type: 'string', enum: ['active', 'paused', 'ended'] },
    startKnown: {
      type: 'boolean',
      description: 'False when nobody knows when it began: it is then told on every earlier day.',
    },
    lastSign: {
      type: 'string',
      enum: ['seen', 'none-recent'],
      description: 'none-recent never means ended.',
    },
    phases: list(phases),
    themes: list(themes),
    languages: { type: 'array', items: string },
    town: maybe('string'),
    municipality: maybe('string'),
    province: maybe('string'),
    lat: maybe('number'),
    lon: maybe('number'),
    km: maybe('number'),
    summary: {
      type: ['object', 'null'],
      properties: {
        language: string,
        text: string,
        origin: { type: 'string', enum: ['public-sources', 'own', 'rendering'] },
      },
    },
    why: {
      type: 'array',
      items: { type: 'object', properties: { asked: string, found: string, how: string } },
    },
  },
};

/** The description of the open data as OpenAPI 3.1, for programs and for those who write them. */
export function openApi(origin: string) {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Steppingstones open data',
      version: apiVersion,
      description: `The open field of initiatives for and with refugees in the Netherlands. Life events are: ${eventKinds.join(', ')}.`,
      license: { name: 'CC BY 4.0', url: 'https://creativecommons.org/licenses/by/4.0/' },
      contact: { name: 'Steppingstones', url: `${origin}/nl/about` },
    },
    // Open to anyone: there is nothing to sign in to.
    security: [],
    servers: [{ url: `${origin}/data/v1`, description: 'This house' }],
    tags: [{ name: 'field', description: 'The field on any day' }],
    paths: {
      '/initiatives': get(
        'findInitiatives',
        'Initiatives that answer a wish, a page at a time.',
        wish,
        answer('A page of initiatives.', 'application/json', ref('InitiativePage')),
      ),
      '/initiatives.geojson': get(
        'initiativesOnMap',
        'All initiatives that answer a wish, as GeoJSON.',
        whole,
        answer('A FeatureCollection.', 'application/geo+json', { type: 'object' }),
      ),
      '/initiatives.csv': get(
        'initiativesAsTable',
        'All initiatives that answer a wish, as CSV.',
        whole,
        answer('A table.', 'text/csv', string),
      ),
      '/changes': get(
        'changesSince',
        'The diary of the open field: what was added, changed or removed.',
        [since],
        answer('Lines of the diary.', 'application/json', ref('Changes')),
      ),
      '/network.gexf': get(
        'networkAsGexf',
        'Who is connected to whom on a day, as GEXF.',
        [asOf],
        answer('A graph.', 'application/gexf+xml', string),
      ),
      '/network.graphml': get(
        'networkAsGraphml',
        'Who is connected to whom on a day, as GraphML.',
        [asOf],
        answer('A graph.', 'application/graphml+xml', string),
      ),
      '/chains': get(
        'chainsBetween',
        'The best chains from an entry to another, or to the formal system.',
        [
          { ...parameter('from', 'Slug of the entry where the chain begins.', slug), required: true },
          parameter('to', 'Slug of the entry where it should arrive; without it any formal body.', slug),
          asOf,
        ],
        { ...answer('Chains, best first.', 'application/json', { type: 'object' }), '404': missing },
      ),
      '/openapi.json': get(
        'description',
        'This description.',
        [],
        answer('OpenAPI 3.1.', 'application/json', { type: 'object' }),
      ),
    },
    components: {
      schemas: {
        Initiative: record,
        InitiativePage: {
          type: 'object',
          required: ['asOf', 'total', 'page', 'pages', 'initiatives'],
          properties: {
            asOf: day,
            total: { type: 'integer' },
            page: { type: 'integer' },
            pageSize: { type: 'integer' },
            pages: { type: 'integer' },
            didYouMean: { type: 'array', items: string },
            initiatives: { type: 'array', items: ref('Initiative') },
          },
        },
        Changes: {
          type: 'object',
          required: ['changes', 'next', 'more'],
          properties: {
            changes: {
              type: 'array',
              items: {
                type: 'object',
                properties: {
                  number: { type: 'integer' },
                  at: { type: 'string', format: 'date-time' },
                  slug,
                  what: { type: 'string', enum: ['added', 'changed', 'removed'] },
                },
              },
            },
            next: { type: 'integer' },
            more: { type: 'boolean' },
          },
        },
        Problem: {
          type: 'object',
          required: ['title', 'status', 'detail'],
          properties: {
            type: string,
            title: string,
            status: { type: 'integer' },
            detail: string,
            errors: {
              type: 'array',
              items: { type: 'object', properties: { name: string, reason: string } },
            },
          },
        },
      },
    },
  };
}
