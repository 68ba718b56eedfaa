import * as v from 'valibot';
import { eventKinds, kinds, leads, phases, scopes, themes } from '../../model.ts';
import { relationTypes } from '../../relations/model.ts';
import type { PlaceProblem } from '../../placing/model.ts';
import { fieldDate } from '../model.ts';

/** What is wrong in a file of the field: where, and which text tells the reason ('initiatives.desk' messages). */
export interface FieldProblem {
  readonly file: string;
  /** Row in the list, the first is 1; 0 for the file as a whole. */
  readonly row: number;
  readonly id: string;
  readonly field: string;
  readonly reason: FieldReason;
  readonly found: string;
}

export type FieldReason =
  | 'not_json'
  | 'not_a_list'
  | 'missing'
  | 'not_allowed'
  | 'not_a_date'
  | 'not_a_slug'
  | 'not_a_place'
  | 'doubled'
  | 'unknown_entry'
  | 'to_itself'
  | 'wrong_order'
  | PlaceProblem
  | 'outside_their_lives'
  | 'wrong_form';

const slug = v.pipe(
  v.string('missing'),
  v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'not_a_slug'),
  v.maxLength(120, 'not_a_slug'),
);
/** A text of a file, of at most so many signs. */
export const words = (most: number) =>
  v.pipe(
    v.string('missing'),
    v.trim(),
    v.minLength(1, 'missing'),
    v.maxLength(most, 'wrong_form'),
    v.regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f]*$/, 'wrong_form'),
  );
/** What a file may leave out, as null. */
export const maybe = <Schema extends v.GenericSchema>(schema: Schema) => v.optional(v.nullable(schema), null);
const oneOf = <const Options extends readonly string[]>(options: Options) =>
  v.picklist(options, 'not_allowed');
const year = v.pipe(
  v.number('not_a_date'),
  v.integer('not_a_date'),
  v.minValue(1500, 'not_a_date'),
  v.maxValue(2999, 'not_a_date'),
);
const date = v.pipe(
  v.string('not_a_date'),
  v.check((text) => fieldDate(text) !== null, 'not_a_date'),
);
const sources = v.pipe(v.array(words(1000), 'wrong_form'), v.minLength(1, 'missing'));
const website = v.pipe(words(500), v.regex(/^https?:\/\/[^\s]+$/, 'wrong_form'));
const languageCode = v.pipe(v.string(), v.regex(/^[a-z]{2,3}(-[A-Za-z]{2,4})?$/, 'wrong_form'));
const coordinate = (least: number, most: number) =>
  v.pipe(v.number('not_a_place'), v.minValue(least, 'not_a_place'), v.maxValue(most, 'not_a_place'));

export const entryRow = v.object({
  id: slug,
  name: words(200),
  aka: v.optional(v.array(words(200)), []),
  kind: oneOf(kinds),
  formality: maybe(v.picklist([1, 2, 3, 4, 5], 'not_allowed')),
  refugeeLed: maybe(v.boolean('not_allowed')),
  ledBy: v.optional(oneOf(leads)),
  municipality: maybe(words(100)),
  province: maybe(words(100)),
  lat: maybe(coordinate(50.5, 53.8)),
  lon: maybe(coordinate(3.2, 7.4)),
  precision: v.optional(oneOf(['exact', 'street', 'town', 'region', 'hidden']), 'town'),
  scope: maybe(oneOf(scopes)),
  startYear: maybe(year),
  endYear: maybe(year),
  status: oneOf(['active', 'ended', 'changed', 'unknown']),
  phases: v.optional(v.array(oneOf(phases)), []),
  themes: v.optional(v.array(oneOf(themes)), []),
  audiences: v.optional(v.array(words(200)), []),
  languages: v.optional(v.array(languageCode), []),
  website: maybe(website),
  summary_en: words(5000),
  summary_nl: words(5000),
  sources,
});

export const eventRow = v.object({
  id: slug,
  organisation: slug,
  date,
  kind: v.pipe(
    oneOf(eventKinds),
    v.check((kind) => kind !== 'noticed' && kind !== 'confirmed', 'not_allowed'),
  ),
  text_en: words(2000),
  sources,
  /** What was different from then on, such as a new name. */
  change: v.optional(
    v.strictObject({
      name: v.optional(words(200)),
      kind: v.optional(oneOf(kinds)),
      formality: v.optional(v.picklist([1, 2, 3, 4, 5], 'not_allowed')),
      ledBy: v.optional(oneOf(leads)),
      scope: v.optional(oneOf(scopes)),
      phases: v.optional(v.array(oneOf(phases))),
      themes: v.optional(v.array(oneOf(themes))),
      audiences: v.optional(v.array(words(200))),
      languages: v.optional(v.array(languageCode)),
    }),
    {},
  ),
});

export const relationRow = v.object({
  id: slug,
  from: slug,
  type: oneOf(relationTypes),
  to: slug,
  since: maybe(date),
  until: maybe(date),
  note_en: maybe(words(2000)),
  sources,
});

const renderingFile = v.object({
  language: v.string(),
  summaries: v.optional(v.record(v.string(), words(5000)), {}),
  events: v.optional(v.record(v.string(), words(2000)), {}),
  relations: v.optional(v.record(v.string(), words(2000)), {}),
  audiences: v.optional(v.record(v.string(), words(200)), {}),
});

export interface Row<Value> {
  readonly value: Value;
  readonly row: number;
}

/** Reads a list of rows; each bad row is told in `problems` and left out, and so is a doubled one. */
export function readRows<Schema extends v.GenericSchema<unknown, { id: string }>>(
  file: string,
  text: string,
  schema: Schema,
  problems: FieldProblem[],
): Row<v.InferOutput<Schema>>[] {
  const list = readJson(file, text, problems);
  if (list === undefined) return [];
  if (!Array.isArray(list)) {
    problems.push({ file, row: 0, id: '', field: '', reason: 'not_a_list', found: shown(list) });
    return [];
  }
  const seen = new Set<string>();
  return list.flatMap((item: unknown, index) => {
    const row = index + 1;
    const id = typeof item === 'object' && item !== null && 'id' in item ? shown(item.id) : '';
    const read = v.safeParse(schema, item);
    if (!read.success) {
      for (const issue of read.issues) {
        const field = (issue.path ?? []).map((step) => String(step.key)).join('.');
        const reason = issue.input === undefined ? 'missing' : known(issue.message);
        problems.push({ file, row, id, field, reason, found: shown(issue.input) });
      }
      return [];
    }
    if (seen.has(read.output.id)) {
      problems.push({ file, row, id, field: 'id', reason: 'doubled', found: id });
      return [];
    }
    seen.add(read.output.id);
    return [{ value: read.output, row }];
  });
}

/** Reads a file of renderings; nothing comes back when it is bad. */
export function readRendering(
  name: string,
  text: string,
  problems: FieldProblem[],
): v.InferOutput<typeof renderingFile>[] {
  const file = `renderings/${name}.json`;
  const found = readJson(file, text, problems);
  if (found === undefined) return [];
  const read = v.safeParse(renderingFile, found);
  if (read.success) return [read.output];
  for (const issue of read.issues) {
    const field = (issue.path ?? []).map((step) => String(step.key)).join('.');
    problems.push({ file, row: 0, id: '', field, reason: known(issue.message), found: shown(issue.input) });
  }
  return [];
}

function readJson(file: string, text: string, problems: FieldProblem[]): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    problems.push({ file, row: 0, id: '', field: '', reason: 'not_json', found: (error as Error).message });
    return undefined;
  }
}

const reasons: readonly string[] = [
  'missing',
  'not_allowed',
  'not_a_date',
  'not_a_slug',
  'not_a_place',
  'wrong_form',
];

function known(message: string): FieldReason {
  return reasons.includes(message) ? (message as FieldReason) : 'wrong_form';
}

/** A value as it may be shown in one line. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
