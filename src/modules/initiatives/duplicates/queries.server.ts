import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { openFacts, placeWords } from './facts/queries.server.ts';
import { comparedOf, likeness, marksOf, worth, type Alike, type Told } from './model.ts';
import './tables.ts';

const mostWeighed = 60;

/**
 * The open entries that what is told may be the same as, likeliest first, at most `most`. Only what is open is looked at, so
 * whoever asks, with whatever words, learns nothing of an entry or a place that is kept back.
 */
export async function alikeTo(
  tx: Tx,
  told: Told,
  { most = 3, except = null }: { most?: number; except?: string | null } = {},
): Promise<Alike[]> {
  const places = await placeWords(tx);
  const compared = comparedOf(told, places);
  const marks = marksOf(compared);
  const { rows } = await sql<{ id: string }>`
    select initiative_id as id from pub.likeness_mark where marks && ${marks}::int[]
    order by (select count(*) from unnest(marks) mark where mark = any(${marks}::int[])) desc, initiative_id limit ${mostWeighed}`.execute(
    tx,
  );
  const facts = await openFacts(
    tx,
    rows.map(({ id }) => id).filter((id) => id !== except),
    places,
  );
  const likely = [...facts]
    .map(([id, other]) => ({ id, ...likeness(compared, other) }))
    .filter(({ score }) => score >= worth.asking)
    .toSorted((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
    .slice(0, most);
  const named = await sql<Omit<Alike, 'reasons'> & { id: string }>`
    select i.id, i.slug, i.name, p.town from pub.initiative i
    join lateral (select p.town from pub.initiative_period p where p.initiative_id = i.id order by p.valid desc limit 1) p on true
    where i.id = any(${likely.map(({ id }) => id)}::uuid[])`.execute(tx);
  const byId = new Map(named.rows.map(({ id, ...entry }) => [id, entry]));
  return likely.flatMap(({ id, reasons }) => {
    const entry = byId.get(id);
    return entry ? [{ ...entry, reasons }] : [];
  });
}
