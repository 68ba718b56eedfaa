import { sql } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { putOff } from '#platform/jobs/put-off.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { Oneself } from '../../people/access.ts';
import { expertAfter, type ExpertWords, type Told } from '../model.ts';
import '../tables.ts';
import './jobs.server.ts';

const columnsOf = (words: ExpertWords) => ({
  called: words.called,
  name_form: words.nameForm,
  language: words.language,
  languages: [...words.languages],
  experience: words.experience,
  dayparts: [...words.dayparts],
  away_until: words.awayUntil,
  hours_a_year: words.hoursAYear,
  learned: words.learned,
  pay_wish: words.payWish,
});

/** Asks to be an expert of an open pool, with what someone tells it of themselves; answers the key of their line. */
export async function askToJoin(
  tx: Tx,
  { person }: Oneself,
  { pool, words, told }: { readonly pool: string; readonly words: ExpertWords; readonly told: Told },
): Promise<Result<string, 'pool_not_open' | 'already_there' | 'keeps_it'>> {
  const { rows } = await sql<{
    open: boolean;
    kept: boolean;
  }>`select exists (select from pub.pool p where p.id = ${pool} and p.state = 'open') as open, core.keeps_pool(${pool}::uuid) as kept`.execute(
    tx,
  );
  if (!rows[0]?.open) return refused('pool_not_open');
  if (rows[0].kept) return refused('keeps_it');
  const id = crypto.randomUUID();
  // No RETURNING: whether there is a line already is told by the number of rows.
  const made = await tx
    .insertInto('core.pool_expert')
    .values({ id, pool, person_id: person, ...columnsOf(words) })
    .onConflict((conflict) => conflict.columns(['pool', 'person_id']).doNothing())
    .executeTakeFirst();
  if (Number(made.numInsertedOrUpdatedRows ?? 0) === 0) return refused('already_there');
  await tellAnew(tx, id, told);
  await putOff(tx, 'tell-keepers', { pool });
  return ok(id);
}

async function tellAnew(tx: Tx, expert: string, told: Told): Promise<void> {
  await tx.deleteFrom('core.expert_told').where('expert', '=', expert).execute();
  for (const [question, answer] of Object.entries(told))
    await sql`insert into core.expert_told (expert, question, answer) values (${expert}, ${question}, ${answer})`.execute(
      tx,
    );
}

const ownLine = (tx: Tx, { person }: Oneself, expert: string) =>
  tx
    .selectFrom('core.pool_expert')
    .select(['id', 'state'])
    .where('id', '=', expert)
    .where('person_id', '=', person)
    .forUpdate()
    .executeTakeFirst();

/** Changes what an expert says of themselves, and what they tell so that the pool can see whom it misses. */
export async function changeMyLine(
  tx: Tx,
  self: Oneself,
  { expert, words, told }: { readonly expert: string; readonly words: ExpertWords; readonly told: Told },
): Promise<Result<null, 'not_there'>> {
  if (!(await ownLine(tx, self, expert))) return refused('not_there');
  await tx.updateTable('core.pool_expert').set(columnsOf(words)).where('id', '=', expert).execute();
  await tellAnew(tx, expert, told);
  return ok(null);
}

/** Lets an expert rest, so that they are not asked, or come back. */
export async function restOrComeBack(
  tx: Tx,
  self: Oneself,
  { expert, deed }: { readonly expert: string; readonly deed: 'rest' | 'come-back' },
): Promise<Result<null, 'not_there' | 'expert_elsewhere'>> {
  const line = await ownLine(tx, self, expert);
  if (!line) return refused('not_there');
  const after = expertAfter(line.state, deed);
  if (!after.ok) return after;
  await tx.updateTable('core.pool_expert').set({ state: after.value }).where('id', '=', expert).execute();
  return ok(null);
}

/** Leaves a pool. Words and answers go at once; hours and pay stay without a name, or go too when `withAll`. */
export async function leavePool(
  tx: Tx,
  _self: Oneself,
  { expert, withAll }: { readonly expert: string; readonly withAll: boolean },
): Promise<Result<null, 'not_there'>> {
  const { rows } = await sql<{
    gone: boolean;
  }>`select core.leave_pool(${expert}::uuid, ${withAll}) as gone`.execute(tx);
  return rows[0]?.gone ? ok(null) : refused('not_there');
}

const ownInvitation = async (tx: Tx, _self: Oneself, invitation: string) => {
  const { rows } = await sql<{
    id: string;
    state: 'open' | 'closed' | 'called-off';
    answer: string | null;
    minutes_given: number | null;
    paid_cents: number | null;
  }>`select i.id, c.state, i.answer, i.minutes_given, i.paid_cents from core.pool_invitation i join core.pool_call c on c.id = i.call
    where i.id = ${invitation} and core.is_expert(i.expert) for update of i`.execute(tx);
  return rows[0];
};

/** Answers an invitation: yes, no or later. Nobody is asked why. */
export async function answerInvitation(
  tx: Tx,
  self: Oneself,
  {
    invitation,
    answer,
    on,
  }: { readonly invitation: string; readonly answer: 'yes' | 'no' | 'later'; readonly on: Day },
): Promise<Result<null, 'not_there' | 'not_now'>> {
  const held = await ownInvitation(tx, self, invitation);
  if (!held) return refused('not_there');
  if (held.state !== 'open' || held.minutes_given !== null || held.paid_cents !== null)
    return refused('not_now');
  await tx
    .updateTable('core.pool_invitation')
    .set({ answer, answered_on: on })
    .where('id', '=', invitation)
    .execute();
  return ok(null);
}

/** Says how many minutes an expert gave. It can be said anew until it was paid. */
export async function sayGiven(
  tx: Tx,
  self: Oneself,
  { invitation, minutes, on }: { readonly invitation: string; readonly minutes: number; readonly on: Day },
): Promise<Result<null, 'not_there' | 'not_now'>> {
  const held = await ownInvitation(tx, self, invitation);
  if (!held) return refused('not_there');
  if (held.answer !== 'yes' || held.state === 'called-off' || held.paid_cents !== null)
    return refused('not_now');
  await tx
    .updateTable('core.pool_invitation')
    .set({ minutes_given: minutes, given_on: on, given_told_by: 'expert' })
    .where('id', '=', invitation)
    .execute();
  return ok(null);
}

/** Says whether what was paid was received. What the keeper says stays beside it. */
export async function sayReceived(
  tx: Tx,
  self: Oneself,
  {
    invitation,
    received,
    on,
  }: { readonly invitation: string; readonly received: 'yes' | 'in-part' | 'not'; readonly on: Day },
): Promise<Result<null, 'not_there'>> {
  const held = await ownInvitation(tx, self, invitation);
  if (!held) return refused('not_there');
  await tx
    .updateTable('core.pool_invitation')
    .set({ received, received_on: on })
    .where('id', '=', invitation)
    .execute();
  return ok(null);
}
