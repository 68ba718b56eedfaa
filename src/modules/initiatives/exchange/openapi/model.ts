import { apiVersion } from '#platform/http/problem.ts';
import { languages } from '#platform/i18n/languages.ts';
import { pageSize } from '../../finding/model.ts';
import { eventKinds, kinds, leads, phases, themes } from '../../model.ts';
import {
  answer,
  day,
  get as way,
  infoOf,
  listOf,
  parameter,
  pathParameter,
  ref,
  sharedComponents,
  string,
  type House,
} from './parts/model.ts';
import { publicationPaths } from './publications/model.ts';
import { schemas } from './schemas/model.ts';

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
  parameter('phase', 'Phases of arriving; several are a choice.', listOf(phases), true),
  parameter('theme', 'Domains of the Indicators of Integration; several are a choice.', listOf(themes), true),
  parameter('ledBy', 'Who leads; not-said differs from no.', listOf(leads), true),
  parameter(
    'language',
    'Languages spoken there.',
    { type: 'array', items: { type: 'string', pattern: '^[a-z]{2,3}(-[A-Za-z]{2,4})?$' } },
    true,
  ),
  parameter('kind', 'Kinds of initiatives and institutions.', listOf(kinds), true),
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

const news = [
  ...wish.filter(({ name }) => ['near', 'within', 'theme', 'lang'].includes(name)),
  parameter('entry', 'The word in the address of one entry.', slug),
  parameter('municipality', 'Code of a municipality.', { type: 'string', pattern: '^GM[0-9]{4}$' }),
  parameter('province', 'Code of a province.', { type: 'string', pattern: '^PV(2[0-9]|3[01])$' }),
  { ...since, description: 'The since of an earlier answer, or a moment; without it the latest.' },
];

const get = (
  name: string,
  summary: string,
  parameters: readonly object[],
  description: string,
  content: Readonly<Record<string, object>>,
  refusals: readonly ('400' | '404' | '406')[] = ['400', '406'],
) => way(name, 'field', summary, parameters, answer(description, content, refusals));

const moved = {
  '301': {
    description: 'It lives on under another slug, for two entries turned out to be one.',
    headers: {
      'API-Version': { $ref: '#/components/headers/ApiVersion' },
      Location: { description: 'Where it lives on.', schema: string },
    },
  },
};

const paths = {
  '/': get('doors', 'Which doors there are.', [], 'The doors.', { 'application/json': ref('Doors') }, [
    '406',
  ]),
  '/initiatives': get(
    'findInitiatives',
    'Initiatives that answer a wish, a page at a time.',
    wish,
    'A page of initiatives.',
    { 'application/json': ref('InitiativePage') },
  ),
  '/initiatives/{slug}': withMoved(
    get(
      'initiative',
      'One initiative with its whole open life, its relations and what each voice says of them.',
      [pathParameter('slug', 'The word in its address.', slug)],
      'The initiative.',
      { 'application/json': ref('WholeInitiative') },
      ['400', '404', '406'],
    ),
  ),
  '/initiatives.geojson': get(
    'initiativesOnMap',
    'All initiatives that answer a wish, as GeoJSON.',
    whole,
    'A FeatureCollection.',
    { 'application/geo+json': { type: 'object' } },
  ),
  '/initiatives.csv': get(
    'initiativesAsTable',
    'All initiatives that answer a wish, as CSV.',
    whole,
    'A table.',
    { 'text/csv': string },
  ),
  '/changes': get(
    'changesSince',
    'The diary of the open field: what was added, changed or removed.',
    [since],
    'Lines of the diary.',
    { 'application/json': ref('Changes') },
  ),
  '/changes.atom': get(
    'changesAsAtom',
    'What changed in a part of the field, for feed readers, with a tombstone for what left the map.',
    news,
    'A feed.',
    { 'application/atom+xml': string },
  ),
  '/changes.json': get(
    'changesAsJsonFeed',
    'The same as JSON Feed 1.1; what left the map stands in _steppingstones.',
    news,
    'A feed.',
    { 'application/feed+json': { type: 'object' } },
  ),
  '/network.gexf': get('networkAsGexf', 'Who is connected to whom on a day, as GEXF.', [asOf], 'A graph.', {
    'application/gexf+xml': string,
  }),
  '/network.graphml': get(
    'networkAsGraphml',
    'Who is connected to whom on a day, as GraphML.',
    [asOf],
    'A graph.',
    { 'application/graphml+xml': string },
  ),
  '/chains': get(
    'chainsBetween',
    'The best chains from an entry to another, or to the formal system.',
    [
      { ...parameter('from', 'Slug of the entry where the chain begins.', slug), required: true },
      parameter('to', 'Slug of the entry where it should arrive; without it any formal body.', slug),
      asOf,
    ],
    'Chains, best first.',
    { 'application/json': { type: 'object' } },
    ['400', '404', '406'],
  ),
  '/regions': get(
    'regions',
    'The regions that can be looked at: provinces, municipalities, and the smaller municipalities of a province together.',
    [],
    'The regions.',
    { 'application/json': { type: 'object' } },
  ),
  '/regions/{region}': get(
    'region',
    'What is alive in a region: by theme, which gatherings raised it, what was promised and what came of it. People are told of from five up.',
    [pathParameter('region', 'The word in its address.', slug)],
    'The region.',
    { 'application/json': { type: 'object' } },
    ['400', '404', '406'],
  ),
  '/regions/{region}/themes.csv': get(
    'regionAsTable',
    'The same as CSV, a row for each theme.',
    [pathParameter('region', 'The word in its address.', slug)],
    'A table.',
    { 'text/csv': string },
    ['400', '404', '406'],
  ),
  '/advice': get(
    'adviceList',
    'Every advice that a pool handed over, with the days its client is silent; none before its handover.',
    [],
    'The advices.',
    { 'application/json': { type: 'object' } },
  ),
  '/advice/{slug}': get(
    'advice',
    'An advice: what was asked, each point with the voices behind it, who sees it otherwise and what was answered.',
    [pathParameter('slug', 'The word in its address.', slug)],
    'The advice.',
    { 'application/json': { type: 'object' } },
    ['400', '404', '406'],
  ),
  '/advice.atom': get(
    'adviceAsAtom',
    'The same list for feed readers; an entry changes when something is told of its advice.',
    wish.filter(({ name }) => name === 'lang'),
    'A feed.',
    { 'application/atom+xml': string },
  ),
  '/words.jsonld': get(
    'wordsAsJsonLd',
    'The words of the between-language as SKOS in JSON-LD: each register a scheme, bound to the others by closeMatch.',
    [],
    'A graph.',
    { 'application/ld+json': { type: 'object' } },
    ['406'],
  ),
  '/words.ttl': get('wordsAsTurtle', 'The same graph in Turtle.', [], 'A graph.', { 'text/turtle': string }, [
    '406',
  ]),
  '/word-news.atom': get(
    'wordNewsAsAtom',
    'Words that came, were adopted by a table or are seen otherwise, for feed readers; the latest fifty.',
    wish.filter(({ name }) => name === 'lang'),
    'A feed.',
    { 'application/atom+xml': string },
  ),
  '/word-news.json': get(
    'wordNewsAsJsonFeed',
    'The same as JSON Feed 1.1.',
    wish.filter(({ name }) => name === 'lang'),
    'A feed.',
    { 'application/feed+json': { type: 'object' } },
  ),
  '/insights': get(
    'insights',
    'Insights of three kinds of knowledge: scientific, professional and lived. They are in no order of kind.',
    [],
    'The insights.',
    { 'application/json': { type: 'object' } },
  ),
  '/insights.bib': get(
    'insightsAsBibtex',
    'The insights and the works they rest on, to cite them, as BibTeX.',
    [],
    'A bibliography.',
    { 'application/x-bibtex': string },
  ),
  '/insights-csl.json': get('insightsAsCsl', 'The same as CSL-JSON 1.0.', [], 'A bibliography.', {
    'application/vnd.citationstyles.csl+json': { type: 'array', items: { type: 'object' } },
  }),
  ...publicationPaths,
  '/openapi.json': get(
    'description',
    'This description.',
    [],
    'OpenAPI 3.1.',
    { 'application/json': { type: 'object' } },
    ['406'],
  ),
};

function withMoved(one: ReturnType<typeof get>) {
  return { get: { ...one.get, responses: { ...one.get.responses, ...moved } } };
}

/** The description of the open data as OpenAPI 3.1, for programs and for those who write them. */
export function openApi(house: House) {
  return {
    openapi: '3.1.0',
    info: infoOf(
      house,
      'Steppingstones open data',
      apiVersion,
      `The open field of initiatives for and with refugees in the Netherlands. Life events are: ${eventKinds.join(', ')}.`,
    ),
    // Open to anyone: there is nothing to sign in to.
    security: [],
    servers: [{ url: `${house.origin}/data/v1`, description: 'This house' }],
    tags: [{ name: 'field', description: 'The field on any day' }],
    paths,
    components: { ...sharedComponents, schemas },
  };
}
