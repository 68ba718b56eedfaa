import { sql } from 'kysely';
import { precisions, type Precision } from '#modules/places/model.ts';
import { insistOnRight } from '#platform/access.server.ts';
import type { Tx } from '#platform/db.server.ts';
import type { PlaceColumns } from '../../placing/model.ts';
import type { Since } from '../model.ts';

/**
 * Says where an initiative is: from a day on, or (when it was told wrongly) for as long as it was thought to be where it was
 * last. Asks the transaction of someone who may change the entry.
 */
export async function settlePlace(tx: Tx, id: string, columns: PlaceColumns, since: Since): Promise<void> {
  await insistOnRight(tx, 'change', [id]);
  const from = since.kind === 'day' ? since.day : await lastFrom(tx, id);
  await sql`delete from vault.initiative_place where initiative_id = ${id} and valid && daterange(${from}::date, null)
    and (${from}::date is null or lower(valid) >= ${from}::date)`.execute(tx);
  await sql`update vault.initiative_place set valid = valid * daterange(null, ${from}::date)
    where initiative_id = ${id} and valid && daterange(${from}::date, null)`.execute(tx);
  await tx
    .insertInto('vault.initiative_place')
    .values({ initiative_id: id, valid: sql`daterange(${from}::date, null)`, ...columns })
    .execute();
}

/** Since when it is where it was told to be last; null is always. */
async function lastFrom(tx: Tx, id: string): Promise<string | null> {
  const row = await tx
    .selectFrom('vault.initiative_place')
    .select(sql<string | null>`lower(valid)`.as('from'))
    .where('initiative_id', '=', id)
    .orderBy('valid', 'desc')
    .executeTakeFirst();
  return row?.from ?? null;
}

/**
 * Says how precisely a place may be known. Less than before holds for every place it ever had, more only for the present
 * one; where only the province was told, no more than that is. Asks the transaction of someone who may change the entry.
 */
export async function settlePrecision(tx: Tx, id: string, precision: Precision): Promise<void> {
  await insistOnRight(tx, 'change', [id]);
  const finer = precisions.slice(0, precisions.indexOf(precision));
  const told = sql<Precision>`case when town is null and ${precision} in ('exact','street','town') then 'region' else ${precision} end`;
  await tx
    .updateTable('vault.initiative_place')
    .set({ precision: told })
    .where('initiative_id', '=', id)
    .where((eb) =>
      eb.or([
        eb('precision', 'in', finer.length > 0 ? finer : [precision]),
        sql<boolean>`valid = (select v.valid from vault.initiative_place v where v.initiative_id = ${id} order by v.valid desc limit 1)`,
      ]),
    )
    .execute();
}
