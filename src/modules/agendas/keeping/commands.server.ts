import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { daysLater, type Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { wordHash } from '#platform/ids.ts';
import { putOff } from '#platform/jobs/put-off.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { Facilitator } from '../../sessions/access.ts';
import type { HowItIs } from '../carrying/input.ts';
import { moveOn, planAnew, type MoveReason } from '../commands/move.server.ts';
import { daysToFinish } from '../model.ts';
import '../tables.ts';

/** After how many months it is asked how things are: the questions that are still to come move along. */
export async function changeMonths(
  tx: Tx,
  facilitator: Facilitator,
  { agenda, months }: { agenda: string; months: readonly number[] },
  on: Day,
): Promise<boolean> {
  const changed = await tx
    .updateTable('core.agenda')
    .set({ check_ins: [...months] })
    .where('id', '=', agenda)
    .where('origin', '=', 'room')
    .returning('id')
    .executeTakeFirst();
  if (!changed) return false;
  const moving = await tx
    .selectFrom('core.promise')
    .select('id')
    .where('agenda', '=', agenda)
    .where('state', 'in', ['underway', 'paused'])
    .execute();
  for (const { id } of moving) await planAnew(tx, facilitator, id, on);
  await sql`select core.lay_agenda_open(${agenda}::uuid)`.execute(tx);
  return true;
}

const lastDay = async (tx: Tx, agenda: string): Promise<Day | null> => {
  const found = await tx
    .selectFrom('core.agenda')
    .select('until_day')
    .where('id', '=', agenda)
    .executeTakeFirst();
  return found?.until_day ? daysLater(found.until_day, daysToFinish) : null;
};

/** Makes a word for a card that is printed for a carrier; a former card no longer opens. The word is kept nowhere: print it and forget it. */
export async function giveCard(
  tx: Tx,
  _facilitator: Facilitator,
  { agenda, carrier }: { agenda: string; carrier: string },
  on: Day,
): Promise<Result<{ readonly word: string; readonly until: Day }, 'not_there'>> {
  const until = await lastDay(tx, agenda);
  const word = randomBytes(32).toString('base64url');
  const { rows } = await sql<{ given: boolean }>`
    select core.give_card(${carrier}::uuid, ${wordHash(word)}, ${on}::date, ${until}::date) as given`.execute(
    tx,
  );
  return rows[0]?.given && until ? ok({ word, until }) : refused('not_there');
}

/** Makes a word with which whoever was in the room reads the agenda; a former one no longer opens. */
export async function giveReading(
  tx: Tx,
  _facilitator: Facilitator,
  agenda: string,
  on: Day,
): Promise<Result<{ readonly word: string; readonly until: Day }, 'not_there'>> {
  const until = await lastDay(tx, agenda);
  const word = randomBytes(32).toString('base64url');
  const { rows } = await sql<{ given: boolean }>`
    select core.give_reading(${agenda}::uuid, ${wordHash(word)}, ${on}::date, ${until}::date) as given`.execute(
    tx,
  );
  return rows[0]?.given && until ? ok({ word, until }) : refused('not_there');
}

/** Writes down another address for a carrier and asks them there; links that went to the former one no longer open. */
export async function readdress(
  tx: Tx,
  _facilitator: Facilitator,
  { carrier, mail }: { carrier: string; mail: string },
): Promise<Result<null, 'agendas.desk.refused.mail-taken'>> {
  const { rows } = await sql<{ changed: boolean }>`
    select core.readdress_carrier(${carrier}::uuid, ${mail}) as changed`.execute(tx);
  if (!rows[0]?.changed) return refused('agendas.desk.refused.mail-taken');
  await putOff(tx, 'invite-carrier', { carrier }, { onlyOnce: carrier });
  return ok(null);
}

/** Writes down how a promise is, on the word of who carries it, such as someone with a card who calls. */
export async function tellForCarrier(
  tx: Tx,
  facilitator: Facilitator,
  { answer, ...how }: HowItIs,
  language: string,
  on: Day,
): Promise<Result<null, MoveReason>> {
  return moveOn(tx, facilitator, { ...how, deed: answer, language }, on);
}
