import { sql } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { TableGoer } from '../access.ts';
import {
  afterSeatDeed,
  ringCount,
  seatDoerOf,
  type SeatDoer,
  type SeatState,
  type Showing,
} from '../model.ts';
import { keepsTable, layTableOpen } from '../reading/queries.server.ts';
import '../tables.ts';
import type { SeatReason, SeatStep, SeatWish } from './model.ts';
import { entryCalled } from './queries.server.ts';

/** Lays out an open seat at a table one keeps, in one of its rings; answers its key. */
export async function layOutSeat(
  tx: Tx,
  _goer: TableGoer,
  table: string,
  { mandateWords, ...wish }: SeatWish,
): Promise<Result<string, SeatReason>> {
  if (!(await keepsTable(tx, table))) return refused('tables.desk.refused.not-there');
  const { form, rings } = await tx
    .selectFrom('core.collaboration_table')
    .select(['form', 'rings'])
    .where('id', '=', table)
    .executeTakeFirstOrThrow();
  if (wish.shell > ringCount(form, rings)) return refused('tables.desk.refused.not-there');
  const { id } = await tx
    .insertInto('core.seat')
    .values({ table_id: table, ...wish, mandate_words: mandateWords })
    .returning('id')
    .executeTakeFirstOrThrow();
  await layTableOpen(tx, table);
  return ok(id);
}

interface Standing {
  readonly table_id: string;
  readonly state: SeatState;
  readonly initiative: string | null;
  readonly body: string | null;
  readonly keeps: boolean;
  readonly speaks: boolean;
}

async function standingOf(tx: Tx, seat: string): Promise<Standing | undefined> {
  const { rows } = await sql<Standing>`
    select s.table_id, s.state, s.initiative, s.body, core.keeps_table(s.table_id) as keeps, core.speaks_for_seat(s.id) as speaks
    from core.seat s where s.id = ${seat} for update`.execute(tx);
  return rows[0];
}

const nobody = { initiative: null, body: null, chosen_by: null, ground: null, offered_on: null };

/** What changes of a seat with a deed, besides its state. */
async function changed(tx: Tx, step: SeatStep, on: Day): Promise<Result<object, SeatReason>> {
  const { day, precision } = step.when ?? { day: on, precision: 'day' as const };
  if (step.deed === 'take') return ok({ since: day, since_precision: precision, shown: step.shown });
  if (step.deed === 'leave' || step.deed === 'end') return ok({ until: day, until_precision: precision });
  if (step.deed === 'put-away') return ok({});
  if (step.deed !== 'offer' || !step.offer) return ok(nobody);
  const { entry, body, chosenBy, ground } = step.offer;
  const initiative = entry === '' ? null : await entryCalled(tx, entry);
  if (entry !== '' && !initiative) return refused('tables.desk.refused.entry');
  return ok({ initiative, body: body || null, chosen_by: chosenBy, ground, offered_on: on });
}

/**
 * Does a deed with a seat as who keeps the table or as who it is offered to or held by, and writes it in its history. Whoever holds the
 * seat answers for themselves; who keeps the table takes, declines and leaves for them on their word, and the history says so.
 */
export async function stepSeat(
  tx: Tx,
  _goer: TableGoer,
  step: SeatStep,
  language: string,
  on: Day,
): Promise<Result<{ readonly state: SeatState; readonly by: SeatDoer }, SeatReason>> {
  const seat = await standingOf(tx, step.seat);
  const by = seat ? seatDoerOf(step.deed, { keeps: seat.keeps, mine: seat.speaks }) : null;
  if (!seat || !by) return refused('tables.desk.refused.not-there');
  const after = afterSeatDeed(seat.state, step.deed, by, step.reason);
  if (!after.ok) return after;
  const change = await changed(tx, step, on);
  if (!change.ok) return change;
  const about = step.deed === 'offer' ? (change.value as Pick<Standing, 'initiative' | 'body'>) : seat;
  // The history comes first: who declines has nothing to do with the seat any more.
  await tx
    .insertInto('core.seat_news')
    .values({
      seat: step.seat,
      day: on,
      kind: after.value.news,
      told_by: by,
      initiative: about.initiative,
      body: about.body,
      language: step.reason === null ? null : language,
      words: step.reason,
    })
    .execute();
  await tx
    .updateTable('core.seat')
    .set({ state: after.value.state, ...change.value })
    .where('id', '=', step.seat)
    .execute();
  if (after.value.state !== 'open') await layTableOpen(tx, seat.table_id);
  return ok({ state: after.value.state, by });
}

/** Says whether the holder of a seat is named on the open page; only for who holds or held it, and for a table to take a name away. */
export async function showSeat(
  tx: Tx,
  _goer: TableGoer,
  { seat, shown }: { readonly seat: string; readonly shown: Showing },
): Promise<Result<null, SeatReason>> {
  const found = await standingOf(tx, seat);
  if (!found || (found.state !== 'taken' && found.state !== 'left'))
    return refused('tables.desk.refused.not-there');
  if (!found.speaks && !(found.keeps && shown === 'no')) return refused('tables.desk.refused.not-yours');
  await tx.updateTable('core.seat').set({ shown }).where('id', '=', seat).execute();
  await layTableOpen(tx, found.table_id);
  return ok(null);
}
