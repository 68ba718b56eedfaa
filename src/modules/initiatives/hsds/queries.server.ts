import { sql, type RawBuilder } from 'kysely';
import { findTexts } from '#modules/languages/search/queries.server.ts';
import { today } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import type { RecordWish } from './input.ts';
import type { OpenEntry } from '../exchange/whole/model.ts';
import { entriesOf, moment, shown } from '../exchange/whole/queries.server.ts';
import { allTerms, ofServices, termKey, type OpenWords, type TaxonomyName } from './terms/model.ts';

/** Which records are asked: of organizations, of their services, or of those that have a place that may be shown. */
export type Table = 'organizations' | 'services' | 'placed';

// More than a search weighs at all.
const mostFound = 100_000;

export interface Listed<One> {
  readonly entries: readonly One[];
  /** How many there are on all pages together. */
  readonly total: number;
}

/** The open entries whose records answer a wish, a page at a time, in the order of their keys. */
export async function openEntries(tx: Tx, wish: RecordWish, table: Table): Promise<Listed<OpenEntry>> {
  const { entries, total } = await changedEntries(tx, wish, table);
  return {
    entries: await entriesOf(
      tx,
      entries.map((entry) => entry.id),
    ),
    total,
  };
}

/** The same, of each only its key and the moment it last changed. */
export async function changedEntries(
  tx: Tx,
  wish: RecordWish,
  table: Table,
): Promise<Listed<Pick<OpenEntry, 'id' | 'modifiedAt'>>> {
  const where = await conditions(tx, wish, table);
  if (where === null) return { entries: [], total: 0 };
  const from = wish.perPage === null ? 0 : (wish.page - 1) * wish.perPage;
  const { rows } = await sql<{ id: string; modifiedAt: string; total: number }>`
    select e.id, ${moment(sql`e.modified`)} as "modifiedAt", count(*) over () as total from ${shown(today())} e
    where ${sql.join(where, sql` and `)} order by e.id limit ${wish.perPage} offset ${from}`.execute(tx);
  // Beyond the last page no row is left to tell how many there are.
  const total = rows[0]?.total ?? (from === 0 ? 0 : await countOf(tx, where));
  return { entries: rows.map(({ id, modifiedAt }) => ({ id, modifiedAt })), total };
}

/** The open entry that a record with this key is about: an organization's own, or one that is worked out of it; null when there is none. */
export async function openEntry(
  tx: Tx,
  thing: 'organization' | 'service' | 'location' | 'service-at-location',
  key: string,
): Promise<OpenEntry | null> {
  const is =
    thing === 'organization' ? sql`id = ${key}` : sql`pub.lasting_key(id, ${sql.lit(thing)}) = ${key}`;
  const { rows } = await sql<{ id: string }>`select id from pub.initiative where ${is}`.execute(tx);
  const [entry = null] = await entriesOf(
    tx,
    rows.map((row) => row.id),
  );
  return entry;
}

/** The words that the field itself brings to the lists: audiences, languages that are spoken and languages of summaries. */
export async function openWords(tx: Tx): Promise<OpenWords> {
  const { rows } = await sql<OpenWords>`select
    coalesce((select array_agg(distinct w order by w) from ${shown(today())} e, unnest(e.audiences) w), '{}') as audience,
    coalesce((select array_agg(distinct w order by w) from ${shown(today())} e, unnest(e.languages) w), '{}') as language,
    coalesce((select array_agg(distinct language order by language) from pub.initiative_text), '{}') as summary`.execute(
    tx,
  );
  return rows[0] ?? { audience: [], language: [], summary: [] };
}

async function countOf(tx: Tx, where: readonly RawBuilder<unknown>[]): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from ${shown(today())} e where ${sql.join([...where], sql` and `)}`.execute(tx);
  return rows[0]?.n ?? 0;
}

async function conditions(tx: Tx, wish: RecordWish, table: Table): Promise<RawBuilder<unknown>[] | null> {
  if (wish.unknownTaxonomy) return null;
  const where: RawBuilder<unknown>[] = [sql`true`];
  if (table === 'placed') where.push(sql`e.lat is not null`);
  if (wish.organization !== null) where.push(sql`e.id = ${wish.organization}`);
  if (wish.modifiedAfter !== null) where.push(sql`e.modified >= ${wish.modifiedAfter}::timestamptz`);
  if (wish.search !== '') {
    const found = await findTexts(tx, {
      words: wish.search,
      kinds: ['initiative'],
      limit: mostFound,
      offset: 0,
    });
    where.push(sql`e.id = any(${found.hits.map((hit) => hit.subjectId)}::uuid[])`);
  }
  if (wish.term !== null || wish.taxonomy !== null) {
    const words = allTerms(await openWords(tx));
    const term = words.find(({ taxonomy, code }) => termKey(taxonomy, code) === wish.term);
    if (wish.term !== null && !term) return null;
    for (const { taxonomy, code } of [
      ...(term ? [term] : []),
      ...(wish.taxonomy !== null ? [{ taxonomy: wish.taxonomy, code: null }] : []),
    ]) {
      const carried = taxonomy === 'place' || (ofServices as readonly TaxonomyName[]).includes(taxonomy);
      if (!carried && table !== 'organizations') return null;
      where.push(carries(taxonomy, code));
    }
  }
  return where;
}

/** Whether an entry's record carries this word of a list, or any word of it. */
function carries(taxonomy: TaxonomyName, code: string | null): RawBuilder<unknown> {
  const one = (column: RawBuilder<unknown>) =>
    code === null ? sql`${column} is not null` : sql`${column}::text = ${code}`;
  const among = (column: RawBuilder<unknown>) =>
    code === null ? sql`cardinality(${column}) > 0` : sql`${code} = any(${column})`;
  const where: Readonly<Record<TaxonomyName, RawBuilder<unknown>>> = {
    kind: one(sql`e.kind`),
    formality: one(sql`e.formality`),
    'led-by': one(sql`e.led_by`),
    scope: one(sql`e.scope`),
    phase: among(sql`e.phases`),
    theme: among(sql`e.themes`),
    state: one(sql`e.state`),
    audience: among(sql`e.audiences`),
    language: among(sql`e.languages`),
    'life-event': sql`exists (select from pub.life_event v where v.initiative_id = e.id and ${one(sql`v.kind`)})`,
    relation: sql`exists (select from pub.relation r where r.from_id = e.id and ${one(sql`r.type`)})`,
    'kept-back': code === null ? sql`e.kept_back <> '{}'` : sql`e.kept_back ? ${code}`,
    summary: sql`exists (select from pub.initiative_text t where t.initiative_id = e.id and ${one(sql`t.language`)})`,
    told: code === null ? sql`true` : (tellings[code] ?? sql`('checked-' || e.checked_through) = ${code}`),
    place: sql`e.lat is not null and ${one(sql`e.place_precision`)}`,
  };
  return where[taxonomy];
}

const tellings: Readonly<Record<string, RawBuilder<unknown>>> = {
  name: sql`cardinality(e.names) > 1`,
  'at-first': sql`exists (select from pub.initiative_period b where b.initiative_id = e.id and
    (b.name, b.kind, b.formality, b.led_by, b.scope, b.phases, b.themes, b.audiences, b.languages)
      is distinct from (e.name, e.kind, e.formality, e.led_by, e.scope, e.phases, e.themes, e.audiences, e.languages)
    and not exists (select from pub.initiative_period f where f.initiative_id = e.id and f.valid < b.valid))`,
  source: sql`cardinality(e.sources) > 0`,
  'from-public-sources': sql`e.origin = 'public-sources'`,
  'from-own': sql`e.origin = 'own'`,
  'from-verifier': sql`e.origin = 'verifier'`,
  'no-recent-sign': sql`e.last_sign = 'none-recent'`,
  confirmed: sql`e.confirmed_on is not null`,
};
