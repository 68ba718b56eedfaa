import * as v from 'valibot';
import type { Day } from '#platform/clock.ts';
import {
  kinds,
  phases,
  scopes,
  themes,
  type EventKind,
  type Kind,
  type Phase,
  type Scope,
  type Theme,
} from '../model.ts';
import {
  completed,
  fieldDate,
  type FieldEntry,
  type FieldEvent,
  type FieldFile,
  type FieldRelation,
  type Told,
} from './model.ts';

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
  | 'unknown_municipality'
  | 'outside_their_lives'
  | 'wrong_form';

export const relationTypes = [
  'member-of',
  'part-of',
  'grew-out-of',
  'merged-into',
  'partners-with',
  'funded-by',
  'commissioned-by',
  'refers-to',
  'hosts',
  'advises',
  'founded-by',
] as const;

const eventKinds = [
  'founded',
  'opened',
  'moved',
  'renamed',
  'grew',
  'formalised',
  'split',
  'merged',
  'paused',
  'revived',
  'ended',
  'contract',
  'award',
  'crisis',
] as const satisfies readonly EventKind[];

const slug = v.pipe(
  v.string('missing'),
  v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'not_a_slug'),
  v.maxLength(120, 'not_a_slug'),
);
const words = (most: number) =>
  v.pipe(
    v.string('missing'),
    v.trim(),
    v.minLength(1, 'missing'),
    v.maxLength(most, 'wrong_form'),
    v.regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f]*$/, 'wrong_form'),
  );
const maybe = <Schema extends v.GenericSchema>(schema: Schema) => v.optional(v.nullable(schema), null);
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
const coordinate = (least: number, most: number) =>
  v.pipe(v.number('not_a_place'), v.minValue(least, 'not_a_place'), v.maxValue(most, 'not_a_place'));

const entryRow = v.object({
  id: slug,
  name: words(200),
  aka: v.optional(v.array(words(200)), []),
  kind: oneOf(kinds),
  formality: maybe(v.picklist([1, 2, 3, 4, 5], 'not_allowed')),
  refugeeLed: maybe(v.boolean('not_allowed')),
  ledBy: v.optional(oneOf(['refugee-led', 'together', 'for', 'not-said'])),
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
  languages: v.optional(
    v.array(v.pipe(v.string(), v.regex(/^[a-z]{2,3}(-[A-Za-z]{2,4})?$/, 'wrong_form'))),
    [],
  ),
  website: maybe(website),
  summary_en: words(5000),
  summary_nl: words(5000),
  sources,
});

const eventRow = v.object({
  id: slug,
  organisation: slug,
  date,
  kind: oneOf(eventKinds),
  text_en: words(2000),
  sources,
});

const relationRow = v.object({
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

/** The texts of a folder: 'organisations.json', 'trajectory.json', 'relations.json', and renderings by language. */
export interface FieldTexts {
  readonly organisations: string;
  readonly trajectory: string;
  readonly relations: string;
  readonly renderings: Readonly<Record<string, string>>;
}

/** Reads the files of a field. Every wrong row is told with file, row, field and reason; one wrong row refuses the whole. */
export function parseField(
  texts: FieldTexts,
  madeOn: Day,
): { ok: true; field: FieldFile } | { ok: false; problems: FieldProblem[] } {
  const problems: FieldProblem[] = [];
  const rows = readRows('organisations.json', texts.organisations, entryRow, problems);
  const events = readRows('trajectory.json', texts.trajectory, eventRow, problems);
  const relations = readRows('relations.json', texts.relations, relationRow, problems);
  const renderings = Object.entries(texts.renderings).flatMap(([name, text]) =>
    readRendering(name, text, problems),
  );
  const tell = (file: string, row: number, id: string, field: string, reason: FieldReason, found: unknown) =>
    problems.push({ file, row, id, field, reason, found: shown(found) });
  const known = new Set(rows.map((row) => row.value.id));
  for (const { value: row, row: at } of rows) {
    if (row.startYear && row.endYear && row.endYear < row.startYear) {
      tell('organisations.json', at, row.id, 'endYear', 'wrong_order', row.endYear);
    }
    if ((row.lat === null) !== (row.lon === null))
      tell('organisations.json', at, row.id, 'lon', 'not_a_place', row.lon);
  }
  for (const { value: event, row } of events) {
    if (!known.has(event.organisation))
      tell('trajectory.json', row, event.id, 'organisation', 'unknown_entry', event.organisation);
  }
  for (const { value: relation, row } of relations) {
    for (const side of ['from', 'to'] as const) {
      if (!known.has(relation[side]))
        tell('relations.json', row, relation.id, side, 'unknown_entry', relation[side]);
    }
    if (relation.from === relation.to)
      tell('relations.json', row, relation.id, 'to', 'to_itself', relation.to);
    if (relation.since && relation.until && relation.until < relation.since.slice(0, relation.until.length)) {
      tell('relations.json', row, relation.id, 'until', 'wrong_order', relation.until);
    }
  }
  if (problems.length > 0) return { ok: false, problems };
  const rendered = (part: 'summaries' | 'events' | 'relations', id: string): Told[] =>
    renderings.flatMap(({ language, ...parts }) => {
      const text = parts[part][id];
      return text === undefined ? [] : [{ language, text, origin: 'rendering' as const }];
    });
  const source = (language: string, text: string): Told => ({ language, text, origin: 'public-sources' });
  return {
    ok: true,
    field: {
      entries: rows.map(({ value: row }): FieldEntry => {
        const mine = events
          .filter(({ value }) => value.organisation === row.id)
          .map(({ value }): FieldEvent => ({
            key: value.id,
            kind: value.kind,
            ...(fieldDate(value.date) ?? { day: null, precision: 'unknown' as const }),
            change: {},
            sources: value.sources,
            texts: [source('en', value.text_en), ...rendered('events', value.id)],
          }));
        return {
          slug: row.id,
          shape: {
            name: row.name,
            kind: row.kind satisfies Kind,
            formality: row.formality,
            ledBy:
              row.ledBy ?? (row.refugeeLed === null ? 'not-said' : row.refugeeLed ? 'refugee-led' : 'for'),
            scope: row.scope satisfies Scope | null,
            phases: row.phases satisfies Phase[],
            themes: row.themes satisfies Theme[],
            audiences: row.audiences,
            languages: row.languages,
          },
          names: [...new Set(row.aka)].filter((name) => name !== row.name),
          website: row.website,
          lastSign: row.status === 'unknown' ? 'none-recent' : 'seen',
          sources: row.sources,
          texts: [
            source('nl', row.summary_nl),
            source('en', row.summary_en),
            ...rendered('summaries', row.id),
          ],
          place:
            row.municipality === null && row.lat === null && row.province === null
              ? null
              : {
                  municipality: row.municipality,
                  province: row.province,
                  lat: row.lat,
                  lon: row.lon,
                  precision: row.precision,
                },
          events: completed(mine, { ...row, slug: row.id }, madeOn),
        };
      }),
      audienceWords: renderings.flatMap(({ language, audiences }) =>
        Object.entries(audiences).map(([audience, word]) => ({ audience, language, word })),
      ),
      relations: relations.map(({ value: row }): FieldRelation => ({
        key: row.id,
        from: row.from,
        type: row.type,
        to: row.to,
        since: row.since ? fieldDate(row.since) : null,
        until: row.until ? fieldDate(row.until) : null,
        sources: row.sources,
        texts: [...(row.note_en ? [source('en', row.note_en)] : []), ...rendered('relations', row.id)],
      })),
    },
  };
}

interface Row<Value> {
  readonly value: Value;
  readonly row: number;
}

function readRows<Schema extends v.GenericSchema<unknown, { id: string }>>(
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

function readRendering(
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

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
