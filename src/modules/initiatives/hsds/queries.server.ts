import { sql, type RawBuilder } from 'kysely';
import { findTexts } from '#modules/languages/search/queries.server.ts';
import { today, type Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import type { RecordWish } from './input.ts';
import type { OpenEntry, OpenPeriod } from './model.ts';
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

const midnight = (day: RawBuilder<unknown>) => sql`((${day})::timestamp at time zone 'Europe/Amsterdam')`;
const moment = (at: RawBuilder<unknown>) =>
  sql<string>`to_char(${at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/**
 * Every open entry in the shape it is shown in on a day, and when that was last different: when it was laid open so, or
 * when a day came on which it told beforehand to be different.
 */
const shown = (day: Day) => sql`(
  select i.id, i.origin, i.names, i.sources, i.last_sign, i.confirmed_on, i.checked_on, i.checked_through, i.kept_back,
    p.state, p.kind, p.formality, p.led_by, p.scope, p.phases, p.themes, p.audiences, p.languages, p.lat, p.place_precision,
    greatest(i.changed_at,
      (select ${midnight(sql`max(lower(b.valid))`)} from pub.initiative_period b where b.initiative_id = i.id and lower(b.valid) <= ${day}::date),
      (select ${midnight(sql`max(t.turn)`)} from pub.relation r cross join lateral (values (lower(r.valid)), (upper(r.valid))) t(turn)
        where r.from_id = i.id and r.type = 'part-of' and t.turn <= ${day}::date)) as modified
  from pub.initiative i
  join lateral (select * from pub.initiative_period p where p.initiative_id = i.id
    order by p.valid @> ${day}::date desc, coalesce(lower(p.valid), '-infinity') <= ${day}::date desc, p.valid desc limit 1) p on true)`;

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
  source: sql`cardinality(e.sources) > 0`,
  'from-public-sources': sql`e.origin = 'public-sources'`,
  'from-own': sql`e.origin = 'own'`,
  'from-verifier': sql`e.origin = 'verifier'`,
  'no-recent-sign': sql`e.last_sign = 'none-recent'`,
  confirmed: sql`e.confirmed_on is not null`,
};

interface Row extends Omit<OpenEntry, 'periods' | 'shown'> {
  readonly periods: readonly (OpenPeriod & { readonly is_shown: boolean })[];
}

/** All that the street may know of these entries, in the order of their keys. */
async function entriesOf(tx: Tx, ids: readonly string[]): Promise<OpenEntry[]> {
  if (ids.length === 0) return [];
  const day = today();
  const { rows } = await sql<Row>`
    select i.id, i.slug, i.names, i.origin, i.website, i.mail, i.phone, i.last_sign as "lastSign", i.confirmed_on as "confirmedOn",
      i.checked_on as "checkedOn", i.checked_through as "checkedThrough", i.sources, i.kept_back as "keptBack",
      (select ${moment(sql`e.modified`)} from ${shown(day)} e where e.id = i.id) as "modifiedAt",
      (select r.to_id from pub.relation r where r.from_id = i.id and r.type = 'part-of' and r.valid @> ${day}::date order by r.key limit 1) as "partOf",
      (select coalesce(jsonb_agg(jsonb_build_object('language', t.language, 'text', t.text, 'origin', t.origin)
          order by array_position(array['nl','en'], t.language), t.language), '[]')
        from pub.initiative_text t where t.initiative_id = i.id) as texts,
      (select jsonb_agg(jsonb_build_object('from', lower(p.valid), 'until', upper(p.valid), 'state', p.state, 'startKnown', p.start_known,
          'shape', jsonb_build_object('name', p.name, 'kind', p.kind, 'formality', p.formality, 'ledBy', p.led_by, 'scope', p.scope,
            'phases', p.phases, 'themes', p.themes, 'audiences', p.audiences, 'languages', p.languages),
          'place', jsonb_build_object('precision', p.place_precision, 'town', p.town, 'municipality', p.municipality, 'municipalityName', m.name,
            'province', p.province, 'provinceName', v.name, 'lat', p.lat, 'lon', p.lon),
          'is_shown', p.valid = s.valid) order by p.valid)
        from pub.initiative_period p
        left join pub.municipality m on m.code = p.municipality
        left join pub.province v on v.code = p.province
        cross join (select c.valid from pub.initiative_period c where c.initiative_id = i.id
          order by c.valid @> ${day}::date desc, coalesce(lower(c.valid), '-infinity') <= ${day}::date desc, c.valid desc limit 1) s
        where p.initiative_id = i.id) as periods,
      (select coalesce(jsonb_agg(jsonb_build_object('fact', e.fact, 'kind', e.kind, 'day', e.day, 'precision', e.precision, 'saidBy', e.said_by,
          'insteadOf', e.instead_of, 'sources', e.sources, 'texts', (select coalesce(jsonb_agg(jsonb_build_object('language', t.language, 'text', t.text, 'origin', t.origin)
            order by array_position(array['nl','en'], t.language), t.language), '[]') from pub.life_event_text t where t.fact = e.fact))
          order by e.day nulls first, e.kind = 'founded' desc, e.fact), '[]')
        from pub.life_event e where e.initiative_id = i.id) as events,
      (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'key', r.key, 'type', r.type, 'to', r.to_id, 'since', r.since,
          'sincePrecision', r.since_precision, 'until', r.until, 'untilPrecision', r.until_precision, 'standing', r.standing, 'sources', r.sources,
          'texts', (select coalesce(jsonb_agg(jsonb_build_object('language', t.language, 'text', t.text, 'origin', t.origin)
            order by array_position(array['nl','en'], t.language), t.language), '[]') from pub.relation_text t where t.relation_id = r.id),
          'voices', (select coalesce(jsonb_agg(jsonb_build_object('who', w.who, 'stance', w.stance, 'saidOn', w.said_on, 'words', w.words, 'language', w.language)
            order by w.who), '[]') from pub.relation_voice w where w.relation_id = r.id))
          order by r.key), '[]')
        from pub.relation r where r.from_id = i.id) as relations
    from pub.initiative i
    where i.id = any(${[...ids]}::uuid[]) and exists (select from pub.initiative_period p where p.initiative_id = i.id)
    order by i.id`.execute(tx);
  return rows.map((row) => ({
    ...row,
    shown: Math.max(
      0,
      row.periods.findIndex((period) => period.is_shown),
    ),
  }));
}
