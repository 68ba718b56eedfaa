import type { Day } from '#platform/clock.ts';
import type { Kind, Phase, Scope, Theme } from '../model.ts';
import {
  completed,
  fieldDate,
  type FieldEntry,
  type FieldEvent,
  type FieldFile,
  type FieldRelation,
  type Told,
} from './model.ts';
import {
  entryRow,
  eventRow,
  readRendering,
  readRows,
  relationRow,
  shown,
  type FieldProblem,
  type FieldReason,
} from './rows/input.ts';

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
            change: told(value.change),
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

/** Only what was said: a word that is absent changes nothing. */
function told<Change extends object>(
  change: Change,
): { [Name in keyof Change]?: Exclude<Change[Name], undefined> } {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Change]?: Exclude<Change[Name], undefined>;
  };
}
