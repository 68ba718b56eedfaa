import { sql } from 'kysely';
import { today } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import { putOff } from '#platform/jobs/put-off.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import '../../agendas/commands/draw-up.server.ts';
import type { Words } from '../../sessions/model.ts';
import type { TableGoer } from '../access.ts';
import type { Speaker } from './access.ts';
import type { SaidStep } from './input.ts';
import { afterAskDeed, type AskDeed, type AskDoer, type SaidAsk } from './model.ts';
import './tables.ts';

type Refusal = 'not_there' | 'not_now';

/** Asks a table to be connected, for an initiative that who asks keeps; while one ask waits there is no second. */
export async function askTable(
  tx: Tx,
  _who: Speaker,
  table: string,
  said: SaidAsk,
  language: Language,
): Promise<Result<{ readonly ask: string }, 'not_there' | 'asked_already'>> {
  const { rows } = await sql<{ called: string }>`
    select p.name as called from core.initiative_period p
    where p.initiative_id = ${said.initiative} and core.keeps(p.initiative_id) and core.may_ask_at(${table})
    order by p.valid @> core.today() desc, p.valid desc limit 1`.execute(tx);
  const [own] = rows;
  if (!own) return refused('not_there');
  const { initiative, wish, words, reach } = said;
  const made = await tx
    .insertInto('core.connection_ask')
    .values({
      table_id: table,
      initiative,
      called: own.called,
      wish,
      language,
      words,
      reach,
      answered_on: null,
    })
    .onConflict((clash) =>
      clash.columns(['table_id', 'initiative']).where('state', 'in', ['waiting', 'promised']).doNothing(),
    )
    .returning('id')
    .executeTakeFirst();
  return made ? ok({ ask: made.id }) : refused('asked_already');
}

async function move(
  tx: Tx,
  ask: string,
  [deed, doer]: readonly [AskDeed, AskDoer],
  answer: { readonly answer: string | null; readonly answer_language: string | null },
): Promise<Result<null, Refusal>> {
  const held = await tx
    .selectFrom('core.connection_ask')
    .select('state')
    .where('id', '=', ask)
    .forUpdate()
    .executeTakeFirst();
  if (!held) return refused('not_there');
  const after = afterAskDeed(held.state, deed, doer);
  if (!after.ok) return after;
  const connected = after.value === 'connected';
  const moved = await tx
    .updateTable('core.connection_ask')
    .set({
      state: after.value,
      answered_on: today(),
      ...answer,
      ...(!connected && { seat: null, promise: null }),
    })
    .where('id', '=', ask)
    .returning('id')
    .executeTakeFirst();
  return moved ? ok(null) : refused('not_there');
}

const silent = { answer: null, answer_language: null };

/** Who asked says that they are connected now. */
export const sayConnected = (tx: Tx, _who: Speaker, ask: string) =>
  move(tx, ask, ['connect', 'asker'], silent);

/** Who asked withdraws what they asked; a promise that was made of it stays with who made it. */
export const withdrawAsk = (tx: Tx, _who: Speaker, ask: string) =>
  move(tx, ask, ['withdraw', 'asker'], silent);

/** Erases an ask, with its words and how they could be reached. */
export async function eraseAsk(tx: Tx, _who: Speaker, ask: string): Promise<Result<null, 'not_there'>> {
  const gone = await tx
    .deleteFrom('core.connection_ask')
    .where('id', '=', ask)
    .returning('id')
    .executeTakeFirst();
  return gone ? ok(null) : refused('not_there');
}

/** Who keeps the table says no, with the reason. */
export const declineAsk = (
  tx: Tx,
  _who: TableGoer,
  { ask, why }: { readonly ask: string; readonly why: string },
  language: Language,
) => move(tx, ask, ['decline', 'table'], { answer: why, answer_language: language });

/** Who keeps the table lets an ask wait for another step. */
export const letWaitAgain = (tx: Tx, _who: TableGoer, ask: string) =>
  move(tx, ask, ['wait-again', 'table'], silent);

/**
 * A seated party promises a step towards who asked, by its own hand or that of who keeps the table. It is a promise like any other: who
 * carries it is asked to say yes, then asked how it goes for a year. `home` is where the house is, `title` what its agenda is called.
 */
export async function promiseStep(
  tx: Tx,
  _who: TableGoer,
  { ask, seat, what, byDay, carrier }: SaidStep,
  { language, home, title }: { readonly language: Language; readonly home: string; readonly title: Words },
): Promise<Result<null, Refusal>> {
  const held = await tx
    .selectFrom('core.connection_ask')
    .select('state')
    .where('id', '=', ask)
    .executeTakeFirst();
  if (!held) return refused('not_there');
  // The database asks once more, and holds the ask meanwhile.
  const after = afterAskDeed(held.state, 'promise', 'table');
  if (!after.ok) return after;
  const { rows } = await sql<{ carrier: string | null }>`
    select core.take_step(${ask}, ${seat}, ${what}, ${language}, ${byDay}, ${carrier.called}, ${carrier.mail},
      ${JSON.stringify(title)}::jsonb, ${home}) as carrier`.execute(tx);
  const who = rows[0]?.carrier ?? null;
  if (who === null) return refused('not_there');
  await putOff(tx, 'invite-carrier', { carrier: who }, { onlyOnce: who });
  return ok(null);
}
