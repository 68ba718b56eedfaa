import { lastingKey } from '#platform/ids.ts';
import {
  channels,
  entryFields,
  eventKinds,
  kinds,
  leads,
  phases,
  scopes,
  themes,
  type EntryField,
  type EventKind,
} from '../../model.ts';
import { relationTypes, type RelationType } from '../../relations/model.ts';

/** The lists of words that say of an entry what HSDS has no field for. */
export const taxonomyNames = [
  'kind',
  'formality',
  'led-by',
  'scope',
  'phase',
  'theme',
  'state',
  'audience',
  'language',
  'life-event',
  'relation',
  'kept-back',
  'summary',
  'told',
  'place',
] as const;
export type TaxonomyName = (typeof taxonomyNames)[number];

/** What a service is found by; the other lists only stand at an organization or a location. */
export const ofServices = [
  'kind',
  'formality',
  'led-by',
  'scope',
  'phase',
  'theme',
  'state',
  'audience',
  'language',
] as const satisfies readonly TaxonomyName[];
export type ServiceTaxonomy = (typeof ofServices)[number];

/** Words that the field itself brings; the words of the other lists are known beforehand. */
export const openLists = ['audience', 'language', 'summary'] as const satisfies readonly TaxonomyName[];

const about: Readonly<Record<TaxonomyName, string>> = {
  kind: 'What kind of initiative or institution it is.',
  formality:
    'How firm its form is, from a loose group (1) to an official institution (5); our reading, not theirs.',
  'led-by': 'Who leads. That it is not said differs from no.',
  scope: 'How far it reaches.',
  phase: 'The phases of arriving it works in.',
  theme:
    'The domains of the Indicators of Integration (Ndofor-Tah and others, Home Office, 2019) it works on.',
  state: 'How it stands today, derived from the events of its life.',
  audience: 'For whom it is there, in its own words.',
  language: 'A language that is spoken there (BCP 47).',
  'life-event':
    'Something that happened in its life. The value is JSON: day, precision, saidBy, sources, what changed, and a sentence in several languages.',
  relation:
    'A relation that goes out from it to another organization. The value is JSON: the other, since and until with their precision, standing, voices, sources, and a sentence in several languages.',
  'kept-back': 'A part of the entry that is kept back; the value says why, never what.',
  summary:
    'What it does, in a language (BCP 47); the value is the text. The type of the link says who wrote it.',
  told: 'What else is told of the entry; the value tells it.',
  place: 'How exactly the place of a location is shown.',
};

const words: Readonly<Record<Exclude<TaxonomyName, (typeof openLists)[number]>, readonly string[]>> = {
  kind: kinds,
  formality: ['1', '2', '3', '4', '5'],
  'led-by': leads,
  scope: scopes,
  phase: phases,
  theme: themes,
  state: ['active', 'paused', 'ended'],
  'life-event': eventKinds satisfies readonly EventKind[],
  relation: relationTypes satisfies readonly RelationType[],
  'kept-back': entryFields satisfies readonly EntryField[],
  told: [
    'name',
    'at-first',
    'source',
    'from-public-sources',
    'from-own',
    'from-verifier',
    'no-recent-sign',
    'confirmed',
    ...channels.map((channel) => `checked-${channel}` as const),
  ],
  place: ['exact', 'street', 'town', 'region'],
};

export interface Taxonomy {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly version: string;
}

export interface Term {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly description: string;
  readonly taxonomy: string;
  readonly taxonomy_id: string;
  readonly language: string;
}

export const taxonomyKey = (taxonomy: TaxonomyName) => lastingKey('taxonomy', taxonomy);
export const termKey = (taxonomy: TaxonomyName, code: string) => lastingKey('term', taxonomy, code);

/** A list of words as HSDS tells it. */
export function taxonomyOf(taxonomy: TaxonomyName): Taxonomy {
  return {
    id: taxonomyKey(taxonomy),
    name: named(taxonomy),
    description: about[taxonomy],
    version: '1',
  };
}

/** A word of a list as HSDS tells it. */
export function termOf(taxonomy: TaxonomyName, code: string): Term {
  const name = nameOf(taxonomy, code);
  return {
    id: termKey(taxonomy, code),
    code,
    name,
    description: `${named(taxonomy)}: ${name}`,
    taxonomy: named(taxonomy),
    taxonomy_id: taxonomyKey(taxonomy),
    language: 'eng',
  };
}

/** Every word of every list, in the order of the lists; `field` names the words that the field itself brings. */
export function allTerms(field: OpenWords): { readonly taxonomy: TaxonomyName; readonly code: string }[] {
  const all: Readonly<Record<TaxonomyName, readonly string[]>> = { ...words, ...field };
  return taxonomyNames.flatMap((taxonomy) => all[taxonomy].map((code) => ({ taxonomy, code })));
}
export type OpenWords = Readonly<Record<(typeof openLists)[number], readonly string[]>>;

const formalities = [
  'Loose group',
  'Foundation of volunteers',
  'Foundation with a few staff',
  'Established organisation',
  'Official institution',
];

const english = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' });

/** What a language is called in English; its own code where it is no language. */
export function languageName(tag: string): string {
  try {
    return english.of(tag) ?? tag;
  } catch {
    return tag;
  }
}

function nameOf(taxonomy: TaxonomyName, code: string): string {
  if (taxonomy === 'formality') return formalities[Number(code) - 1] ?? code;
  if (taxonomy === 'language' || taxonomy === 'summary') return languageName(code);
  return taxonomy === 'audience' ? code : named(code);
}

/** 'social-bridges' as 'Social bridges'. */
function named(code: string): string {
  const text = code.replaceAll('-', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
