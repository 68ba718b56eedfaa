import {
  channels,
  datePrecisions,
  entryFields,
  eventKinds,
  keptReasons,
  kinds,
  leads,
  phases,
  scopes,
  themes,
} from '../../../model.ts';
import { relationTypes, standings } from '../../../relations/model.ts';
import { day, key, listOf, maybe, moment, problemSchema, ref, string } from '../parts/model.ts';

const slug = { type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 120 } as const;
const state = { type: 'string', enum: ['active', 'paused', 'ended'] } as const;
const origin = { type: 'string', enum: ['public-sources', 'own', 'rendering'] } as const;
const precision = { type: 'string', enum: datePrecisions } as const;
const maybeDay = { type: ['string', 'null'], format: 'date' } as const;
const startKnown = {
  type: 'boolean',
  description: 'False when nobody knows when it began: it is then told on every earlier day.',
} as const;
const strings = { type: 'array', items: string } as const;

const shape = {
  name: string,
  kind: { type: 'string', enum: kinds },
  formality: { type: ['integer', 'null'], minimum: 1, maximum: 5 },
  ledBy: { type: 'string', enum: leads },
  scope: { type: ['string', 'null'], enum: [...scopes, null] },
  phases: listOf(phases),
  themes: listOf(themes),
  languages: strings,
};

/** How lately somebody said that an entry is right, and what of it is kept back. */
const assurance = {
  confirmedOn: { ...maybeDay, description: 'When the initiative itself last said that this is right.' },
  checkedOn: { ...maybeDay, description: 'When a verifier last found that this is right.' },
  checkedThrough: { type: ['string', 'null'], enum: [...channels, null] },
  freshness: {
    type: 'string',
    enum: ['confirmed', 'fading', 'faded', 'silent', 'never-confirmed'],
    description: 'How long nobody said so: up to 12, 18 or 24 months, or longer.',
  },
  keptBack: {
    type: 'object',
    description: `What is kept back and why, never what it is. Parts: ${entryFields.join(', ')}.`,
    additionalProperties: { type: 'string', enum: keptReasons },
  },
  recordedOn: day,
  changedAt: { ...moment, description: 'When anything that is open of it last became different.' },
};

const contact = { website: maybe('string'), mail: maybe('string'), phone: maybe('string') };
const text = {
  type: 'object',
  required: ['language', 'text', 'origin'],
  properties: { language: string, text: string, origin },
};
const place = {
  type: 'object',
  description: 'Never more exact than the initiative allows.',
  properties: {
    precision: { type: 'string', enum: ['exact', 'street', 'town', 'region', 'hidden', 'not-said'] },
    town: maybe('string'),
    municipality: maybe('string'),
    province: maybe('string'),
    lat: maybe('number'),
    lon: maybe('number'),
  },
};

const initiative = {
  type: 'object',
  description: 'An initiative or institution on a day. Places are never more exact than it allows.',
  required: ['id', 'slug', 'name', 'kind', 'ledBy', 'state', 'freshness', 'keptBack', 'changedAt'],
  properties: {
    id: key,
    slug,
    page: string,
    ...shape,
    asOf: day,
    state,
    startKnown,
    lastSign: {
      type: 'string',
      enum: ['seen', 'none-recent'],
      description: 'none-recent never means ended.',
    },
    town: maybe('string'),
    municipality: maybe('string'),
    province: maybe('string'),
    lat: maybe('number'),
    lon: maybe('number'),
    km: maybe('number'),
    summary: { type: ['object', 'null'], properties: text.properties },
    ...contact,
    ...assurance,
    why: {
      type: 'array',
      items: { type: 'object', properties: { asked: string, found: string, how: string } },
    },
  },
};

const side = { type: 'object', required: ['slug', 'name'], properties: { slug, name: string } };

export const schemas = {
  Doors: {
    type: 'object',
    properties: { name: string, licence: string, description: string, doors: strings },
  },
  Initiative: initiative,
  InitiativePage: {
    type: 'object',
    required: ['asOf', 'total', 'page', 'pages', 'initiatives'],
    properties: {
      asOf: day,
      total: { type: 'integer' },
      page: { type: 'integer' },
      pageSize: { type: 'integer' },
      pages: { type: 'integer' },
      didYouMean: strings,
      initiatives: { type: 'array', items: ref('Initiative') },
    },
  },
  WholeInitiative: {
    type: 'object',
    description: 'An initiative or institution as it is held now, with its whole open life.',
    required: [
      'id',
      'slug',
      'name',
      'kind',
      'state',
      'freshness',
      'keptBack',
      'periods',
      'events',
      'relations',
    ],
    properties: {
      id: key,
      slug,
      page: string,
      names: strings,
      ...shape,
      audiences: strings,
      state,
      startKnown,
      lastSign: { type: 'string', enum: ['seen', 'none-recent'] },
      place,
      ...contact,
      summaries: { type: 'array', items: ref('Text') },
      origin: { type: 'string', enum: ['public-sources', 'own', 'verifier'] },
      sources: strings,
      ...assurance,
      periods: { type: 'array', items: ref('Period') },
      events: { type: 'array', items: ref('LifeEvent') },
      relations: { type: 'array', items: ref('Relation') },
    },
  },
  Text: text,
  Period: {
    type: 'object',
    description: 'What it was like from a day up to another; null is without end on that side.',
    properties: {
      from: maybeDay,
      until: maybeDay,
      state,
      startKnown,
      shape: { type: 'object', properties: { ...shape, audiences: strings } },
      place,
    },
  },
  LifeEvent: {
    type: 'object',
    description: 'Something that happened, as somebody tells it.',
    properties: {
      fact: key,
      kind: { type: 'string', enum: eventKinds },
      day: maybeDay,
      precision,
      saidBy: string,
      insteadOf: { type: ['string', 'null'], format: 'uuid' },
      sources: strings,
      texts: { type: 'array', items: ref('Text') },
    },
  },
  Relation: {
    type: 'object',
    description: 'A relation between two entries, and what each voice says of it.',
    properties: {
      key: string,
      type: { type: 'string', enum: relationTypes },
      from: side,
      to: side,
      since: maybeDay,
      sincePrecision: precision,
      until: maybeDay,
      untilPrecision: precision,
      standing: { type: 'string', enum: standings },
      assertedBy: string,
      sources: strings,
      texts: { type: 'array', items: ref('Text') },
      voices: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            who: string,
            stance: { type: 'string', enum: ['asserts', 'confirms', 'disputes'] },
            saidOn: day,
            words: maybe('string'),
            language: maybe('string'),
          },
        },
      },
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
            at: moment,
            slug,
            what: { type: 'string', enum: ['added', 'changed', 'removed'] },
            movedTo: {
              ...maybe('string'),
              description: 'The slug it lives on under, when it was removed for that.',
            },
          },
        },
      },
      next: { type: 'integer' },
      more: { type: 'boolean' },
    },
  },
  Problem: problemSchema,
};
