import { readFile, readdir } from 'node:fs/promises';
import pg from 'pg';
import { loadPlaces } from '#modules/places/commands.server.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import { operator, visitor } from '#platform/viewer.ts';
import { importField, type Imported } from './field/commands.server.ts';
import { parseField, type FieldTexts } from './field/input.ts';
import { pageSize, type FieldWish } from './finding/model.ts';
import { parseWish } from './input.ts';
import { findInitiatives } from './queries.server.ts';

/** The files of `db/field`, as they lie on disk. */
export async function theRealField(): Promise<FieldTexts> {
  const read = (name: string) => readFile(`db/field/${name}`, 'utf8');
  const names = await readdir('db/field/renderings');
  const renderings = await Promise.all(
    names.map(async (name) => [name.slice(0, -5), await read(`renderings/${name}`)] as const),
  );
  return {
    organisations: await read('organisations.json'),
    trajectory: await read('trajectory.json'),
    relations: await read('relations.json'),
    renderings: Object.fromEntries(renderings),
  };
}

/** A row of organisations.json, as far as it differs from a nameless initiative in Arnhem that began in 2016. */
export type Row = Readonly<Record<string, unknown>> & { readonly id: string };

interface Made {
  readonly events?: readonly Readonly<Record<string, unknown>>[];
  readonly relations?: readonly Readonly<Record<string, unknown>>[];
  readonly renderings?: Readonly<Record<string, object>>;
}

/** The files of a small made field: `aField([{ id: 'taalcafe', name: 'Taalcafé' }])`. */
export function aField(
  rows: readonly Row[],
  { events = [], relations = [], renderings = {} }: Made = {},
): FieldTexts {
  const source = ['https://example.org/made'];
  const whole = rows.map((row) => ({
    name: row.id,
    kind: 'initiative',
    formality: 2,
    refugeeLed: null,
    municipality: 'Arnhem',
    province: 'Gelderland',
    lat: null,
    lon: null,
    scope: 'city',
    startYear: 2016,
    endYear: null,
    status: 'active',
    phases: ['landing'],
    themes: ['language'],
    audiences: [],
    website: null,
    summary_nl: `Dit is ${row.id}.`,
    summary_en: `This is ${row.id}.`,
    sources: source,
    ...row,
  }));
  return {
    organisations: JSON.stringify(whole),
    trajectory: JSON.stringify(
      events.map((event, at) => ({ id: `event-${at}`, text_en: 'It happened.', sources: source, ...event })),
    ),
    relations: JSON.stringify(
      relations.map((relation, at) => ({
        id: `relation-${at}`,
        type: 'partners-with',
        sources: source,
        ...relation,
      })),
    ),
    renderings: Object.fromEntries(
      Object.entries(renderings).map(([language, parts]) => [
        language,
        JSON.stringify({ language, ...parts }),
      ]),
    ),
  };
}

/** Lays a field in the database of this test, with the places of the Netherlands where they are not there yet. */
export async function layField(texts: FieldTexts, madeOn = '2026-11-21'): Promise<Imported> {
  const read = parseField(texts, madeOn);
  if (!read.ok) throw new Error(JSON.stringify(read.problems.slice(0, 5)));
  await withViewer(operator, (tx) => loadPlaces(tx));
  const laid = await withViewer(operator, (tx) => importField(tx, read.field));
  if (!laid.ok) throw new Error(JSON.stringify(laid.problems.slice(0, 5)));
  return laid.imported;
}

/** Speaks to the database of this test past all walls: for what no deed of the house can do yet, such as hiding an entry. */
export async function asAdmin<One extends object>(
  adminUrl: string,
  text: string,
  values: unknown[] = [],
): Promise<One[]> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  return client
    .query<One>(text, values)
    .then(({ rows }) => rows)
    .finally(() => client.end());
}

/** Everything the street could read at all, table by table, as text. */
export async function allOfPub(adminUrl: string): Promise<Map<string, string>> {
  const tables = await asAdmin<{ name: string }>(
    adminUrl,
    "select tablename as name from pg_tables where schemaname = 'pub' order by 1",
  );
  const told = new Map<string, string>();
  for (const { name } of tables) {
    const [row] = await asAdmin<{ all: string }>(
      adminUrl,
      `select coalesce(string_agg(t::text, E'\n'), '') as all from pub.${name} t`,
    );
    told.set(name, row?.all ?? '');
  }
  return told;
}

/** A wish as an address words it, on the day of today. */
export const wishFor = (query: string): FieldWish => parseWish(new URLSearchParams(query), today()).wish;
/** What a visitor finds with it. */
export const find = (query: string, language: Language = 'nl', size = pageSize) =>
  withViewer(visitor, (tx) => findInitiatives(tx, wishFor(query), language, size));
/** The same, by slug, in the order found. */
export const slugs = async (query: string, language: Language = 'nl', size = pageSize) =>
  (await find(query, language, size)).stones.map((stone) => stone.slug);
