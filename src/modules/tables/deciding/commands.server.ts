import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import '../../sessions/tables.ts';
import type { TableGoer } from '../access.ts';
import { keepsTable, layTableOpen } from '../reading/queries.server.ts';
import '../tables.ts';
import type { DecidingReason, DecisionWish, DissentWish, MeetingWish } from './model.ts';

/** Of these seats those that are or were held at this table. */
async function heldAt(tx: Tx, table: string, seats: readonly string[]): Promise<string[]> {
  if (seats.length === 0) return [];
  const found = await tx
    .selectFrom('core.seat')
    .select('id')
    .where('table_id', '=', table)
    .where('id', 'in', [...seats])
    .where('state', 'in', ['taken', 'left'])
    .execute();
  return found.map(({ id }) => id);
}

/** Writes down that a table met, what about, and which seats were filled; answers the key of the meeting. */
export async function noteMeeting(
  tx: Tx,
  _goer: TableGoer,
  table: string,
  wish: MeetingWish,
  language: string,
): Promise<Result<string, DecidingReason>> {
  if (!(await keepsTable(tx, table))) return refused('tables.desk.refused.not-there');
  const { day, about, session } = wish;
  if (session !== null) {
    const { rows } = await sql`select where core.facilitates(${session}::uuid)
      or exists (select from pub.session s where s.id = ${session}::uuid)`.execute(tx);
    if (rows.length === 0) return refused('tables.desk.refused.session');
  }
  const { id } = await tx
    .insertInto('core.table_meeting')
    .values({ table_id: table, day, about, session, language })
    .returning('id')
    .executeTakeFirstOrThrow();
  const seats = await heldAt(tx, table, wish.seats);
  if (seats.length > 0)
    await tx
      .insertInto('core.meeting_seat')
      .values(seats.map((seat) => ({ meeting: id, seat })))
      .execute();
  await layTableOpen(tx, table);
  return ok(id);
}

/** Writes down what a table decided, why, and which seats were there; answers the key of the decision. */
export async function noteDecision(
  tx: Tx,
  _goer: TableGoer,
  table: string,
  wish: DecisionWish,
  language: string,
): Promise<Result<string, DecidingReason>> {
  if (!(await keepsTable(tx, table))) return refused('tables.desk.refused.not-there');
  const { day, what, reasons, openTo } = wish;
  const meeting = wish.meeting
    ? await tx
        .selectFrom('core.table_meeting')
        .select('id')
        .where('id', '=', wish.meeting)
        .where('table_id', '=', table)
        .executeTakeFirst()
    : undefined;
  const { id } = await tx
    .insertInto('core.table_decision')
    .values({ table_id: table, day, what, reasons, language, open_to: openTo, meeting: meeting?.id ?? null })
    .returning('id')
    .executeTakeFirstOrThrow();
  const seats = await heldAt(tx, table, wish.seats);
  if (seats.length > 0)
    await tx
      .insertInto('core.decision_seat')
      .values(seats.map((seat) => ({ decision: id, seat })))
      .execute();
  await layTableOpen(tx, table);
  return ok(id);
}

/**
 * Says that a seat disagrees with a decision. Who holds the seat may say it again in other words, and whether it may stand on the open
 * page; who keeps the table passes it on once, for the table alone.
 */
export async function disagree(
  tx: Tx,
  _goer: TableGoer,
  { decision, seat, words, openly }: DissentWish,
  language: string,
): Promise<Result<null, DecidingReason>> {
  const { rows } = await sql<{ table: string; keeps: boolean; speaks: boolean }>`
    select d.table_id as table, core.keeps_table(d.table_id) as keeps, core.speaks_for_seat(s.id) as speaks
    from core.table_decision d join core.seat s on s.table_id = d.table_id and s.state in ('taken','left')
    where d.id = ${decision} and s.id = ${seat}`.execute(tx);
  const [found] = rows;
  if (!found) return refused('tables.desk.refused.not-there');
  if (!found.speaks && !found.keeps) return refused('tables.desk.refused.not-yours');
  const said = { language, words, openly: found.speaks ? openly : ('not' as const) };
  const insert = tx.insertInto('core.decision_dissent').values({ decision, seat, ...said });
  if (found.speaks)
    await insert.onConflict((on) => on.columns(['decision', 'seat']).doUpdateSet(said)).execute();
  else {
    const { numInsertedOrUpdatedRows: laid } = await insert
      .onConflict((on) => on.columns(['decision', 'seat']).doNothing())
      .executeTakeFirstOrThrow();
    if (!laid) return refused('tables.desk.refused.said-before');
  }
  await layTableOpen(tx, found.table);
  return ok(null);
}

/** Takes back that a seat disagrees; only for who holds or held it. */
export async function agreeAfterAll(
  tx: Tx,
  _goer: TableGoer,
  { decision, seat }: Pick<DissentWish, 'decision' | 'seat'>,
): Promise<Result<null, DecidingReason>> {
  const gone = await tx
    .deleteFrom('core.decision_dissent')
    .where('decision', '=', decision)
    .where('seat', '=', seat)
    .returning('id')
    .executeTakeFirst();
  if (!gone) return refused('tables.desk.refused.not-there');
  const { table_id } = await tx
    .selectFrom('core.seat')
    .select('table_id')
    .where('id', '=', seat)
    .executeTakeFirstOrThrow();
  await layTableOpen(tx, table_id);
  return ok(null);
}
