import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import type { Writer } from '../../access.ts';
import '../../tables.ts';

/** Places grow a digit each time something comes between; past this many they are dealt anew. */
const mostDigits = 40;

/**
 * The place right after a block of an article, before the next one; null is the beginning, and a block that is not there any more the
 * end. Halving is exact, so two blocks never get the same place. The article must be held.
 */
export async function placeAfter(
  tx: Tx,
  writer: Writer,
  article: string,
  after: string | null,
  moving: string | null = null,
): Promise<string> {
  const { rows } = await sql<{ place: string; digits: number }>`
    with others as (select place from core.paragraph where article = ${article} and id is distinct from ${moving}),
    here as (select case when ${after}::uuid is null then null else coalesce(
      (select place from core.paragraph where article = ${article} and id = ${after}),
      (select max(place) from others)) end as place),
    next as (select min(o.place) as place from others o, here h where h.place is null or o.place > h.place),
    found as (select case when h.place is null and n.place is null then 1 when n.place is null then trunc(h.place) + 1
        when h.place is null then n.place - 1 else (h.place + n.place) * 0.5 end as place from here h, next n)
    select place::text, scale(place) as digits from found`.execute(tx);
  const [found] = rows;
  if (!found) throw new Error('No place was found after this block.');
  if (found.digits <= mostDigits) return found.place;
  await dealAnew(tx, article);
  return placeAfter(tx, writer, article, after, moving);
}

async function dealAnew(tx: Tx, article: string): Promise<void> {
  await sql`update core.paragraph p set place = n.place
    from (select id, row_number() over (order by place, id) as place from core.paragraph where article = ${article}) n
    where n.id = p.id`.execute(tx);
}
