import { sql } from 'kysely';
import { daysLater, type Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import { entryToKeep } from '../../keeping/queries.server.ts';
import { daysToUndo } from '../merging/model.ts';
import { pairsPage, type Counted, type Pair, type SideBySide } from './model.ts';
import '../tables.ts';

const dayOf = (column: string) => sql<Day>`(${sql.ref(column)} at time zone 'Europe/Amsterdam')::date`;
// Of the town no more than its name: whoever watches over an entry knows that much.
const mentioned = (
  of: 'one' | 'other',
) => sql`jsonb_build_object('slug', ${sql.ref(of)}.slug, 'standing', ${sql.ref(of)}.standing,
  'name', (select p.name from core.initiative_period p where p.initiative_id = ${sql.ref(of)}.id order by p.valid desc limit 1),
  'town', (select coalesce(t.name, m.name) from vault.initiative_place v left join pub.place t on t.id = v.town
    left join pub.municipality m on m.code = v.municipality where v.initiative_id = ${sql.ref(of)}.id order by v.valid desc limit 1))`;
const pairs = sql`select l.id, l.reasons, l.standing, ${dayOf('l.decided_at')} as "decidedOn", l.why,
      case when l.standing = 'open' then l.score::float8 else extract(epoch from l.decided_at)::float8 end as rank,
    ${mentioned('one')} as one, ${mentioned('other')} as other, l.one as "oneId", l.other as "otherId"
  from core.likeness l join core.initiative one on one.id = l.one join core.initiative other on other.id = l.other`;

/** Pairs that wait for who is asking, likeliest first; or those that were decided, last decided first. A page of fifty at a time. */
export async function pairsToSee(
  tx: Tx,
  which: 'open' | 'decided',
  page = 1,
): Promise<{ pairs: Pair[]; total: number }> {
  const open = which === 'open';
  const where = open
    ? sql`l.standing = 'open' and one.standing in ('laid', 'proposed') and other.standing in ('laid', 'proposed')`
    : sql`l.standing <> 'open'`;
  const { rows } = await sql<Pair & { total: number; rank: number; oneId: string; otherId: string }>`
    select x.*, count(*) over () as total from (${pairs} where ${where}) x
    order by x.rank desc, x.id limit ${pairsPage} offset ${(page - 1) * pairsPage}`.execute(tx);
  return {
    total: rows[0]?.total ?? 0,
    pairs: rows.map(({ total: _total, rank: _rank, oneId: _one, otherId: _other, ...pair }) => pair),
  };
}

/** Two entries side by side; null when there is no such pair for who is asking. */
export async function sideBySide(tx: Tx, id: string, language: Language): Promise<SideBySide | null> {
  const { rows } = await sql<
    Pair & { rank: number; oneId: string; otherId: string }
  >`${pairs} where l.id = ${id}`.execute(tx);
  const [row] = rows;
  if (!row) return null;
  const { rank: _rank, oneId, otherId, ...pair } = row;
  const [one, other] = [await entryToKeep(tx, oneId, language), await entryToKeep(tx, otherId, language)];
  if (!one || !other) return null;
  const mergers = await sql<{ id: string; on: Day }>`
    select m.id, ${dayOf('m.merged_at')} as on from core.merger m
    where m.undone_at is null and ((m.kept = ${oneId} and m.gone = ${otherId}) or (m.kept = ${otherId} and m.gone = ${oneId}))`.execute(
    tx,
  );
  const [merger] = mergers.rows;
  return {
    pair,
    one: { ...one, ...(await countedOf(tx, oneId)) },
    other: { ...other, ...(await countedOf(tx, otherId)) },
    measurable: one.hasPoint && other.hasPoint,
    merger: merger ? { ...merger, undoUntil: daysLater(merger.on, daysToUndo) } : null,
  };
}

async function countedOf(tx: Tx, id: string): Promise<Counted> {
  const { rows } = await sql<Counted>`
    select (select count(*)::int from core.relation r where upper_inf(r.recorded) and i.id in (r.from_id, r.to_id)) as relations,
      i.sources, ${dayOf('i.recorded_at')} as "addedOn"
    from core.initiative i where i.id = ${id}`.execute(tx);
  return rows[0] ?? { relations: 0, sources: [], addedOn: '' };
}

/** The keys of the two entries of a pair; null when there is no such pair for who is asking. */
export async function pairNamed(tx: Tx, id: string): Promise<{ one: string; other: string } | null> {
  const pair = await tx
    .selectFrom('core.likeness')
    .select(['one', 'other'])
    .where('id', '=', id)
    .executeTakeFirst();
  return pair ?? null;
}
