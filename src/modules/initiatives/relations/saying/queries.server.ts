import { sql, type RawBuilder } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import type { DatePrecision, Days } from '../../model.ts';
import { entriesNamed } from '../chains/queries.server.ts';
import type { RelationType, Speaker, Voice } from '../model.ts';
import { voicesOf } from '../queries.server.ts';
import { voiceOf } from '../../queries.server.ts';
import { waitsForAnswer, type RelatePage, type SpokenRelation } from './model.ts';

interface SpokenRow {
  id: string;
  key: string;
  type: RelationType;
  from_id: string;
  from_slug: string;
  from_name: string;
  to_slug: string;
  to_name: string;
  since: Day | null;
  since_precision: DatePrecision;
  until: Day | null;
  until_precision: DatePrecision;
  voices: Voice[];
}

const nameOf = (side: string) =>
  sql`(select p.name from core.initiative_period p where p.initiative_id = ${sql.ref(side)} order by p.valid desc limit 1)`;

async function spoken(tx: Tx, which: RawBuilder<unknown>): Promise<SpokenRow[]> {
  const { rows } = await sql<SpokenRow>`
    select r.id, r.key, r.type, r.from_id, a.slug as from_slug, ${nameOf('r.from_id')} as from_name, b.slug as to_slug,
      ${nameOf('r.to_id')} as to_name, r.since, r.since_precision, r.until, r.until_precision,
      ${voicesOf(sql`core.relation_voice`, sql`r.id`)} as voices
    from core.relation r join core.initiative a on a.id = r.from_id join core.initiative b on b.id = r.to_id
    where upper_inf(r.recorded) and ${which}
    order by 6, 8, r.key`.execute(tx);
  return rows.filter(({ from_name, to_name }) => from_name && to_name);
}

const relationFrom = (row: SpokenRow, speaker: Speaker): SpokenRelation => ({
  id: row.id,
  key: row.key,
  type: row.type,
  from: { slug: row.from_slug, name: row.from_name },
  to: { slug: row.to_slug, name: row.to_name },
  since: { day: row.since, precision: row.since_precision },
  until: { day: row.until, precision: row.until_precision },
  voices: row.voices,
  speaker,
});

/** The relations of an entry as who may speak of them sees them; as a verifier, or as the side that the entry is. */
export async function spokenRelations(
  tx: Tx,
  entry: string,
  teller: 'own' | 'verifier',
): Promise<SpokenRelation[]> {
  const rows = await spoken(tx, sql`(r.from_id = ${entry} or r.to_id = ${entry})`);
  return rows.map((row) =>
    relationFrom(row, teller === 'verifier' ? 'verifier' : row.from_id === entry ? 'from' : 'to'),
  );
}

/** One relation as the side sees it that this entry is; null when it is not held (any more) or may not be known. */
export async function spokenRelation(
  tx: Tx,
  relation: string,
  entry: string,
): Promise<SpokenRelation | null> {
  const [row] = await spoken(tx, sql`r.id = ${relation} and (r.from_id = ${entry} or r.to_id = ${entry})`);
  return row ? relationFrom(row, row.from_id === entry ? 'from' : 'to') : null;
}

/** Whom a name means among the open entries: one, or those that may be meant; never the one that is asking. */
export async function otherMeant(
  tx: Tx,
  self: string,
  name: string,
  which: string,
): Promise<{
  readonly id: string | null;
  readonly found: readonly { readonly slug: string; readonly name: string; readonly town: string | null }[];
}> {
  const asked = which === '' ? (await entriesNamed(tx, name)).map(({ slug }) => slug) : [which];
  const { rows } = await sql<{
    id: string;
    slug: string;
    name: string;
    names: string[];
    town: string | null;
  }>`
    select i.id, i.slug, i.name, i.names, (select coalesce(p.town, r.name) from pub.initiative_period p
      left join pub.province r on r.code = p.province where p.initiative_id = i.id order by p.valid desc limit 1) as town
    from pub.initiative i where i.slug = any(${asked}) and i.id <> ${self}
    order by array_position(${asked}, i.slug) limit 5`.execute(tx);
  const [only, ...others] = rows;
  const sameName = (one: string) => one.toLocaleLowerCase() === name.toLocaleLowerCase();
  const certain = only && others.length === 0 && (which !== '' || [only.name, ...only.names].some(sameName));
  return {
    id: certain ? only.id : null,
    found: rows.map(({ slug, name: called, town }) => ({ slug, name: called, town })),
  };
}

/** The days on which both live, as far as who is asking may know of them. */
export async function livesOfBoth(tx: Tx, from: string, to: string): Promise<{ from: Days[]; to: Days[] }> {
  const { rows } = await sql<Days & { id: string }>`
    select initiative_id as id, lower(valid) as "from", upper(valid) as until from core.existence
    where initiative_id in (${from}, ${to}) order by valid`.execute(tx);
  const of = (side: string) =>
    rows.filter(({ id }) => id === side).map(({ from, until }) => ({ from, until }));
  return { from: of(from), to: of(to) };
}

/** The page on which someone speaks of the relations of an entry; null when it is not theirs. */
export async function relatePage(tx: Tx, entry: string): Promise<RelatePage | null> {
  const teller = await voiceOf(tx, entry);
  if (!teller) return null;
  const { rows } = await sql<{ slug: string; name: string | null }>`
    select i.slug, ${nameOf('i.id')} as name from core.initiative i where i.id = ${entry}`.execute(tx);
  const [row] = rows;
  if (!row?.name) return null;
  return {
    entry: { slug: row.slug, name: row.name },
    teller,
    relations: await spokenRelations(tx, entry, teller),
  };
}

/** Of how many relations another side, or a verifier, told something that the keepers of this entry have not answered. */
export async function relationsAsked(tx: Tx, entry: string): Promise<number> {
  if ((await voiceOf(tx, entry)) !== 'own') return 0;
  return (await spokenRelations(tx, entry, 'own')).filter(
    (relation) => waitsForAnswer(relation) && relation.voices.some(({ who }) => who !== 'public-sources'),
  ).length;
}
