import { languages, type Language } from '#platform/i18n/languages.ts';

export const forms = ['csv', 'xlsx', 'json', 'geojson', 'hsds'] as const;
/** What kind of file it is; 'json' is a list of records, as maps such as Karte von morgen give. */
export type Form = (typeof forms)[number];

/** How much may be brought in at once. */
export const limits = {
  bytes: 16 * 1024 * 1024,
  bytesInside: 120 * 1024 * 1024,
  rows: 50_000,
  columns: 200,
  /** A spreadsheet is read as a whole, so it may hold less than a text file. */
  cells: 500_000,
  letters: 10_000,
} as const;

const summaries = languages.map((language): `summary:${Language}` => `summary:${language}`);

/** What a column can mean. */
export const fields = [
  'key',
  'name',
  'names',
  'kind',
  ...summaries,
  'website',
  'mail',
  'phone',
  'municipality',
  'town',
  'province',
  'lat',
  'lon',
  'point',
  'precision',
  'phases',
  'themes',
  'audiences',
  'languages',
  'ledBy',
  'formality',
  'scope',
  'founded',
  'ended',
  'status',
  'source',
] as const;
export type Field = (typeof fields)[number];

/** Fields that several columns may tell together. */
export const severalFields: readonly Field[] = [
  'names',
  'phases',
  'themes',
  'audiences',
  'languages',
  'source',
];
export const placeFields: readonly Field[] = ['municipality', 'town', 'province', 'lat', 'lon', 'point'];

/** What each column means; '' is left out on purpose, and a column that is not named nobody spoke of. */
export type Mapping = Readonly<Record<string, Field | ''>>;

export interface TableRow {
  /** As the file counts: the header of a sheet is row 1, the first record of a list is 1. */
  readonly row: number;
  readonly cells: readonly string[];
}

export interface Table {
  readonly form: Exclude<Form, 'hsds'>;
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
  /** How its letters are written, what cuts its fields, which of its sheets it is. */
  readonly about: {
    readonly encoding?: string;
    readonly delimiter?: string;
    readonly sheet?: string;
    readonly sheets?: readonly string[];
  };
}

export type FileReason =
  | 'empty'
  | 'too_big'
  | 'not_text'
  | 'old_excel'
  | 'mixed_letters'
  | 'unknown_letters'
  | 'quote_not_closed'
  | 'quote_inside'
  | 'record_too_long'
  | 'not_a_spreadsheet'
  | 'too_big_inside'
  | 'too_many_cells'
  | 'too_many_rows'
  | 'too_many_columns'
  | 'no_such_sheet'
  | 'no_header'
  | 'only_header'
  | 'doubled_header'
  | 'one_column'
  | 'not_json'
  | 'not_a_list'
  | 'form_unknown';

export type MappingReason = 'name_needed' | 'place_needed' | 'field_twice' | 'source_needed' | 'half_a_point';

export type RowReason =
  | 'missing'
  | 'no_place'
  | 'too_long'
  | 'unreadable'
  | 'broken_letters'
  | 'formula'
  | 'formula_error'
  | 'not_allowed'
  | 'not_a_date'
  | 'in_future'
  | 'wrong_order'
  | 'not_a_website'
  | 'not_a_mail'
  | 'not_a_phone'
  | 'not_a_number'
  | 'not_a_place'
  | 'degrees_swapped'
  | 'half_a_point'
  | 'point_elsewhere'
  | 'not_a_point'
  | 'not_a_language'
  | 'doubled'
  | 'too_many_cells_in_row'
  | 'outside_their_lives'
  | 'unknown_municipality'
  | 'unknown_town'
  | 'unknown_province'
  | 'which_place'
  | 'wrong_form'
  | 'not_a_slug'
  | 'unknown_entry'
  | 'to_itself';

/** What is wrong in a row: where, what stood there, and which text tells why. */
export interface RowProblem {
  readonly row: number;
  readonly field: Field | '';
  /** The column as the file calls it. */
  readonly column: string;
  readonly reason: RowReason;
  readonly found: string;
  /** What may have been meant, or the other row it concerns. */
  readonly hint: string;
}

/** Why the mapping cannot be used yet, or nothing. */
export function mappingProblems(mapping: Mapping): { reason: MappingReason; field: Field | '' }[] {
  const meant = Object.values(mapping).filter((field) => field !== '');
  const problems: { reason: MappingReason; field: Field | '' }[] = [];
  if (!meant.includes('name')) problems.push({ reason: 'name_needed', field: 'name' });
  if (!meant.some((field) => placeFields.includes(field)))
    problems.push({ reason: 'place_needed', field: 'municipality' });
  if (meant.includes('lat') !== meant.includes('lon'))
    problems.push({ reason: 'half_a_point', field: 'lat' });
  const twice = meant.filter((field, at) => meant.indexOf(field) !== at && !severalFields.includes(field));
  for (const field of new Set(twice)) problems.push({ reason: 'field_twice', field });
  return problems;
}

/** A value as it may be shown in one line. */
export function shown(value: string): string {
  const line = value.replace(/\s+/gu, ' ').trim();
  return [...line].length > 80 ? `${[...line].slice(0, 77).join('')}...` : line;
}

export type BringingStanding = 'mapping' | 'waiting' | 'running' | 'done' | 'refused';

/** An open entry that a row may be, with why. */
export interface AlikeEntry {
  readonly slug: string;
  readonly name: string;
  readonly town: string | null;
  readonly score: number;
  readonly reasons: readonly string[];
}

/** A row that looks like entries that are there, likeliest first. */
export interface AlikeRow {
  readonly row: number;
  readonly key: string;
  readonly name: string;
  readonly place: string;
  readonly entries: readonly AlikeEntry[];
}

/** Of how many new rows it is looked whether they are there already, and how many of those that are like one are shown. */
export const mostLooked = 10_000;
export const mostAlike = 200;

/** Whether a row is so like an entry that it is taken to be it unless its bringer says otherwise. */
export const isLikelySame = ({ score, reasons }: AlikeEntry): boolean =>
  score >= 0.8 && reasons.includes('name') && reasons.length > 1;

/** What became of a file that was brought in, and before that what it looks like. */
export interface Outcome {
  readonly alike?: readonly AlikeRow[];
  readonly alikeCount?: number;

  readonly added?: number;
  readonly changed?: number;
  readonly same?: number;
  /** Rows about entries that left the map, or that lie where the bringer decides nothing. */
  readonly left?: number;
  /** Of those that were added, how many wait for a verifier. */
  readonly proposed?: number;
  readonly kept?: readonly OutcomeKept[];
  readonly keptCount?: number;
  readonly problems?: readonly RowProblem[];
  readonly problemCount?: number;
  /** The file itself could not be read again, or something unforeseen happened. */
  readonly failed?: boolean;
}

/** Something a row told that was not taken, because the initiative or a verifier said otherwise. */
export interface OutcomeKept {
  readonly row: number;
  readonly slug: string;
  readonly field: string;
  readonly held: string;
  readonly told: string;
}
