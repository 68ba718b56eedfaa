import { sql } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { TableGoer } from '../access.ts';
import { directedForms } from '../model.ts';
import { keepsTable, layTableOpen } from '../reading/queries.server.ts';
import '../tables.ts';
import type { StanceReason, StanceWish } from './model.ts';

/**
 * Places a party on the line between directing and letting go, for the seat one speaks for, or as who keeps the table on their word (then
 * never on the open page). What was said before stays.
 */
export async function place(
  tx: Tx,
  _goer: TableGoer,
  table: string,
  { by, about, position, words, openly }: StanceWish,
  language: string,
  on: Day,
): Promise<Result<null, StanceReason>> {
  const { rows } = await sql<{ keeps: boolean; speaks: boolean }>`
    select core.keeps_table(b.table_id) as keeps, core.speaks_for_seat(b.id) as speaks
    from core.seat b join core.seat a on a.table_id = b.table_id and a.state in ('taken','left')
    where b.id = ${by} and a.id = ${about} and b.table_id = ${table} and b.state = 'taken'`.execute(tx);
  const [found] = rows;
  if (!found) return refused('tables.desk.refused.not-there');
  if (!found.keeps && !found.speaks) return refused('tables.desk.refused.not-yours');
  await tx
    .insertInto('core.stance')
    .values({
      table_id: table,
      by_seat: by,
      about_seat: about,
      position,
      language,
      words,
      placed_on: on,
      openly: openly && found.speaks,
    })
    .execute();
  await layTableOpen(tx, table);
  return ok(null);
}

export type DirectorReason = `tables.desk.refused.${'not-there' | 'ground' | 'not-directed'}`;

/** Writes down which seat directs the process, who chose it and on what ground. */
export async function chooseDirector(
  tx: Tx,
  _goer: TableGoer,
  table: string,
  { seat, ground }: { readonly seat: string; readonly ground: string },
  on: Day,
): Promise<Result<null, DirectorReason>> {
  if (!(await keepsTable(tx, table))) return refused('tables.desk.refused.not-there');
  if (ground.length < 3 || ground.length > 500) return refused('tables.desk.refused.ground');
  const found = await tx
    .selectFrom('core.collaboration_table as t')
    .innerJoin('core.seat as s', 's.table_id', 't.id')
    .select('t.form')
    .where('t.id', '=', table)
    .where('s.id', '=', seat)
    .where('s.state', '=', 'taken')
    .executeTakeFirst();
  if (!found) return refused('tables.desk.refused.not-there');
  if (!directedForms.includes(found.form)) return refused('tables.desk.refused.not-directed');
  await tx
    .updateTable('core.collaboration_table')
    .set({ director: seat, director_ground: ground, director_since: on })
    .where('id', '=', table)
    .execute();
  await layTableOpen(tx, table);
  return ok(null);
}
