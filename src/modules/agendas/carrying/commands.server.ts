import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { insistOnOperator } from '#platform/access.server.ts';
import { daysLater, type Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { wordHash } from '#platform/ids.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { Carrier } from '../access.ts';
import { moveOn, type MoveReason, type Told } from '../commands/move.server.ts';
import { afterDeed, daysToFinish } from '../model.ts';
import '../tables.ts';
import type { HowItIs, Invited } from './input.ts';

/** Makes a word that opens a carrier's promises until a month after the year; it is kept nowhere: mail it and forget it. Asks the house. */
export async function makeCarrierWord(tx: Tx, carrier: string, on: Day): Promise<string> {
  await insistOnOperator(tx);
  const word = randomBytes(32).toString('base64url');
  const { until_day } = await tx
    .selectFrom('core.agenda as a')
    .innerJoin('core.carrier as c', 'c.session', 'a.session')
    .select('a.until_day')
    .where('c.id', '=', carrier)
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('vault.promise_word')
    .values({
      word_hash: wordHash(word),
      carrier,
      agenda: null,
      help: null,
      made_on: on,
      until_day: daysLater(until_day ?? on, daysToFinish),
    })
    .execute();
  return word;
}

const theirs = (tx: Tx, carrier: Carrier, promise: string) =>
  tx
    .selectFrom('core.promise_carrier as c')
    .innerJoin('core.promise as p', 'p.id', 'c.promise')
    .select(['c.state', 'c.called', 'p.state as stands', 'p.agenda', 'p.what', 'p.language'])
    .where('c.promise', '=', promise)
    .where('c.carrier', '=', carrier.id)
    .forUpdate()
    .executeTakeFirst();

/**
 * A carrier says yes or no to a promise. The first yes sets it on its way; when everyone said no it is withdrawn. Another answer later
 * changes the former; how one is called stands on the page only with leave.
 */
export async function answerInvitation(
  tx: Tx,
  carrier: Carrier,
  { promise, yes, named, called, what }: Invited,
  language: string,
  on: Day,
): Promise<Result<null, MoveReason | 'what'>> {
  const mine = await theirs(tx, carrier, promise);
  if (!mine?.agenda || mine.stands === 'withdrawn') return refused('not_there');
  const isSpoken = Object.keys(mine.what).length === 0;
  if (yes && isSpoken && !what) return refused('what');
  await tx
    .updateTable('core.promise_carrier')
    .set({
      state: yes ? 'confirmed' : 'declined',
      named: yes && named,
      called: called ?? mine.called,
      answered_on: on,
    })
    .where('promise', '=', promise)
    .where('carrier', '=', carrier.id)
    .execute();
  await tx
    .updateTable('core.carrier')
    .set({ language, stopped_on: null })
    .where('id', '=', carrier.id)
    .execute();
  if (yes && isSpoken && what) await writeDown(tx, promise, language, what);
  if (yes && afterDeed(mine.stands, 'confirm').ok)
    return moveOn(tx, carrier, { promise, deed: 'confirm', language, text: null }, on);
  if (!yes) await declined(tx, promise, on);
  await sql`select core.lay_agenda_open(${mine.agenda}::uuid)`.execute(tx);
  return ok(null);
}

async function writeDown(tx: Tx, promise: string, language: string, what: string): Promise<void> {
  await tx
    .updateTable('core.promise')
    .set({ what: sql`jsonb_build_object(${language}::text, ${what}::text)` as never, language })
    .where('id', '=', promise)
    .execute();
  await tx.deleteFrom('core.promise_voice').where('promise', '=', promise).execute();
}

/** Nobody carries what everybody said no to. */
async function declined(tx: Tx, promise: string, on: Day): Promise<void> {
  await tx
    .insertInto('core.promise_news')
    .values({
      promise,
      day: on,
      kind: 'declined',
      language: null,
      text: null,
      by_day: null,
      told_by: 'carrier',
    })
    .execute();
  await sql`update core.promise p set state = 'withdrawn' where p.id = ${promise} and p.state = 'said'
    and not exists (select from core.promise_carrier c where c.promise = p.id and c.state <> 'declined')`.execute(
    tx,
  );
}

/** A carrier who said yes tells how a promise is. Answers why it could not be taken. */
export async function tellHow(
  tx: Tx,
  carrier: Carrier,
  { answer, ...how }: HowItIs,
  language: string,
  on: Day,
): Promise<Result<null, MoveReason>> {
  return move(tx, carrier, { ...how, deed: answer, language }, on);
}

/** A carrier takes up again what was done or let go, or goes on before the rest is over. */
export async function takeUpAgain(
  tx: Tx,
  carrier: Carrier,
  promise: string,
  language: string,
  on: Day,
): Promise<Result<null, MoveReason>> {
  const mine = await theirs(tx, carrier, promise);
  const deed = mine?.stands === 'paused' ? 'go-on' : 'take-up';
  return move(tx, carrier, { promise, deed, language, text: null }, on);
}

async function move(tx: Tx, carrier: Carrier, told: Told, on: Day): Promise<Result<null, MoveReason>> {
  const mine = await theirs(tx, carrier, told.promise);
  if (mine?.state !== 'confirmed') return refused('not_there');
  await tx
    .updateTable('core.carrier')
    .set({ language: told.language })
    .where('id', '=', carrier.id)
    .execute();
  return moveOn(tx, carrier, told, on);
}

/**
 * A carrier wishes no more letters: their address is gone at once. Their promises stay as they are, and can still be answered with
 * a word they have.
 */
export async function stopAsking(tx: Tx, carrier: Carrier, on: Day): Promise<void> {
  await insistOnOperator(tx);
  await tx.deleteFrom('vault.carrier_address').where('carrier', '=', carrier.id).execute();
  await tx
    .updateTable('core.carrier')
    .set({ stopped_on: on, way: 'card' })
    .where('id', '=', carrier.id)
    .execute();
}
