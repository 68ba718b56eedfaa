import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { openFacts, placeWords } from './facts/queries.server.ts';
import { comparedOf, likeness, marksOf, worth, type Reason, type Told } from './model.ts';
import './tables.ts';

/** An open entry that may be the same as what someone is about to add. */
export interface Alike {
  readonly slug: string;
  readonly name: string;
  readonly town: string | null;
  readonly reasons: readonly Reason[];
}

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
  const { rows } = await sql<{ id: string }>`
    select initiative_id as id from pub.likeness_mark where mark = any(${marksOf(compared)}::int[])
    group by initiative_id order by count(*) desc, initiative_id limit ${mostWeighed}`.execute(tx);
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

/** Where an entry lives on that once stood under this word in its address, through every merger since; null when nowhere anyone may see. */
export async function movedTo(tx: Tx, slug: string): Promise<string | null> {
  const { rows } = await sql<{ slug: string }>`
    with recursive way (slug, steps) as (
      select m.to_slug, 1 from pub.initiative_moved m where m.slug = ${slug}
      union all select m.to_slug, w.steps + 1 from way w join pub.initiative_moved m on m.slug = w.slug where w.steps < 20)
    select i.slug from way w join pub.initiative i on i.slug = w.slug order by w.steps desc limit 1`.execute(
    tx,
  );
  return rows[0]?.slug ?? null;
}
