import { sql } from 'kysely';
import { daysLater, now, today, type Day } from '#platform/clock.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { putOff } from '#platform/jobs/put-off.server.ts';
import { house } from '#platform/viewer.ts';
import {
  daysToFinish,
  daysToWriteDown,
  daysUntilReminder,
  daysUntilSilence,
  nineInTheMorning,
} from '../model.ts';
import { askForYes } from '../helping/commands/outside.server.ts';
import { askHowItIs, inviteCarrier, tellHelpOffered } from './commands.server.ts';
import '../tables.ts';

/** Asks a carrier whether they carry what was promised in their name. */
export const inviteOne = ({ carrier }: { readonly carrier: string }) =>
  withViewer(house, (tx) => inviteCarrier(tx, carrier, today(), now()));

/** Asks a carrier how their promises are that are due on this day. */
export const askOne = ({ carrier, day }: { readonly carrier: string; readonly day: Day }) =>
  withViewer(house, (tx) => askHowItIs(tx, carrier, day));

/** Tells who carries a promise that help is offered. */
export const tellOffer = ({ help }: { readonly help: string }) =>
  withViewer(house, (tx) => tellHelpOffered(tx, help, today()));

/** Asks who offers help from outside the gathering for a yes by mail. */
export const askOffer = ({ help }: { readonly help: string }) =>
  withViewer(house, (tx) => askForYes(tx, help, today()));

declare module '#platform/jobs/put-off.server.ts' {
  interface Jobs {
    'follow-promises': Record<string, never>;
    'ask-how-it-is': { readonly carrier: string; readonly day: Day };
  }
}

/**
 * Every night: ends rests whose day came, asks what is due today, asks once more after two weeks, shows silence as silence after four,
 * ends agendas whose year is over and forgets addresses a month later. The letters leave at nine in the morning. A night that was
 * missed is caught up with.
 */
export async function followPromises(): Promise<void> {
  const on = today();
  await withViewer(house, async (tx) => {
    const moved = new Set([
      ...(await endRests(tx, on)),
      ...(await fallSilent(tx, on)),
      ...(await askWhatIsDue(tx, on)),
      ...(await endYears(tx, on)),
    ]);
    for (const agenda of moved) await sql`select core.lay_agenda_open(${agenda}::uuid)`.execute(tx);
    await forget(tx, on);
    const wait = Math.max(0, Math.round((nineInTheMorning(on).getTime() - now().getTime()) / 1000));
    for (const carrier of await carriersToAsk(tx, on))
      await putOff(
        tx,
        'ask-how-it-is',
        { carrier, day: on },
        { startAfterSeconds: wait, onlyOnce: `${carrier} ${on}` },
      );
  });
}

const agendasOf = (rows: readonly { readonly agenda: string }[]) => rows.map(({ agenda }) => agenda);

async function endRests(tx: Tx, on: Day): Promise<string[]> {
  const { rows } = await sql<{ id: string; agenda: string }>`
    update core.promise set state = 'underway', paused_until = null where state = 'paused' and paused_until <= ${on}
    returning id, agenda`.execute(tx);
  for (const { id } of rows) {
    await tx
      .insertInto('core.promise_news')
      .values({
        promise: id,
        day: on,
        kind: 'went-on',
        language: null,
        text: null,
        by_day: null,
        told_by: 'house',
      })
      .execute();
  }
  return agendasOf(rows);
}

async function fallSilent(tx: Tx, on: Day): Promise<string[]> {
  const { rows } = await sql<{ agenda: string }>`
    update core.promise_check_in k set state = 'silent' from core.promise p
    where p.id = k.promise and k.state = 'asked' and k.asked_on <= ${daysLater(on, -daysUntilSilence)}
    returning p.agenda`.execute(tx);
  return agendasOf(rows);
}

/** Of several questions that are due about one promise only the last is asked. */
async function askWhatIsDue(tx: Tx, on: Day): Promise<string[]> {
  const { rows: rested } = await sql<{ agenda: string }>`
    update core.promise_check_in k set state = 'rested' from core.promise p
    where p.id = k.promise and k.state = 'coming' and k.due_on <= ${on}
      and (p.state <> 'underway' or exists (select from core.agenda a where a.id = p.agenda and a.until_day <= ${daysLater(on, -daysToFinish)})
        or exists (select from core.promise_check_in l where l.promise = k.promise and l.state = 'coming'
        and l.due_on <= ${on} and l.due_on > k.due_on))
    returning p.agenda`.execute(tx);
  const { rows: asked } = await sql<{ agenda: string }>`
    with due as (update core.promise_check_in k set state = 'asked', asked_on = ${on} from core.promise p
      where p.id = k.promise and k.state = 'coming' and k.due_on <= ${on} returning k.promise, k.number, p.agenda),
    former as (update core.promise_check_in k set state = 'silent' from due where k.promise = due.promise and k.state = 'asked' and k.number <> due.number)
    select agenda from due`.execute(tx);
  await sql`update core.promise_check_in k set reminded_on = ${on} from core.promise p
    where p.id = k.promise and p.state = 'underway' and k.state = 'asked' and k.reminded_on is null
      and k.asked_on <= ${daysLater(on, -daysUntilReminder)}`.execute(tx);
  return agendasOf([...rested, ...asked]);
}

async function endYears(tx: Tx, on: Day): Promise<string[]> {
  const ended = await tx
    .updateTable('core.agenda')
    .set({ ended_on: on })
    .where('until_day', '<', on)
    .where('ended_on', 'is', null)
    .returning('id as agenda')
    .execute();
  return agendasOf(ended);
}

/** A month after the year nobody can be written to any more, and who did not wish to be named has no name left. */
async function forget(tx: Tx, on: Day): Promise<void> {
  const over = sql`(select a.session from core.agenda a where a.until_day < ${daysLater(on, -daysToFinish)})`;
  await sql`delete from vault.carrier_address where session in ${over}`.execute(tx);
  await sql`delete from vault.promise_word where until_day < ${on}`.execute(tx);
  await sql`delete from core.promise_help h using core.promise p where p.id = h.promise and h.kind = 'offered' and p.session in ${over}`.execute(
    tx,
  );
  await sql`update core.promise_carrier c set called = null from core.promise p
    where p.id = c.promise and not c.named and c.called is not null and p.session in ${over}`.execute(tx);
  // An offer that nobody said yes to by mail.
  await sql`delete from core.promise_help where state = 'waiting' and day < ${daysLater(on, -7)}`.execute(tx);
  // A voice waits two months to be written down.
  await sql`delete from core.promise_voice v using core.promise p where p.id = v.promise
    and (p.state = 'withdrawn' or p.made_on < ${daysLater(on, -daysToWriteDown)})`.execute(tx);
}

async function carriersToAsk(tx: Tx, on: Day): Promise<string[]> {
  const { rows } = await sql<{ carrier: string }>`
    select distinct c.id as carrier from core.carrier c join core.promise_carrier t on t.carrier = c.id and t.state = 'confirmed'
    join core.promise_check_in k on k.promise = t.promise and k.state = 'asked' and (k.asked_on = ${on} or k.reminded_on = ${on})
    where c.stopped_on is null and c.written_on is distinct from ${on} and exists (select from vault.carrier_address a where a.carrier = c.id)`.execute(
    tx,
  );
  return rows.map(({ carrier }) => carrier);
}
