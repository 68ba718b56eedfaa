import { sql } from 'kysely';
import { insistOnRight } from '#platform/access.server.ts';
import type { Tx } from '#platform/db.server.ts';
import { closedFacts, openFacts, placeWords } from '../facts/queries.server.ts';
import { marksOf, type Compared } from '../model.ts';

/**
 * Brings up to date by what these entries find others that may be the same: once from all that we hold, once from what is
 * open. Every deed that lays an entry open ends with it. Asks the transaction of someone who may change the entries.
 */
export async function markAlike(tx: Tx, initiatives: readonly string[]): Promise<void> {
  await insistOnRight(tx, 'change', initiatives);
  const places = await placeWords(tx);
  await write(tx, 'vault.likeness_mark', initiatives, await closedFacts(tx, initiatives, places));
  await write(tx, 'pub.likeness_mark', initiatives, await openFacts(tx, initiatives, places));
}

async function write(
  tx: Tx,
  table: 'vault.likeness_mark' | 'pub.likeness_mark',
  initiatives: readonly string[],
  facts: ReadonlyMap<string, Compared>,
): Promise<void> {
  const rows = [...facts].map(([id, told]) => ({ id, marks: `{${marksOf(told).join(',')}}` }));
  await sql`delete from ${sql.table(table)} where initiative_id = any(${[...initiatives]}::uuid[])`.execute(
    tx,
  );
  await sql`insert into ${sql.table(table)} (initiative_id, marks)
    select id, marks::int[] from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ marks }) => marks)}::text[]) as m(id, marks)`.execute(
    tx,
  );
}
