import { sql } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import type { KeptCall, SentInvitation } from '../keeping/model.ts';
import '../tables.ts';
import { whoNext, type AskedBefore, type Fellow, type Turns } from './model.ts';

/** The experts of a pool who can be asked, for who keeps it. */
async function fellowsOf(tx: Tx, pool: string): Promise<Fellow[]> {
  const rows = await tx
    .selectFrom('core.pool_expert')
    .select(['id', 'languages', 'dayparts', 'away_until', 'hours_a_year', 'since'])
    .where('pool', '=', pool)
    .where('state', '=', 'in')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    languages: row.languages,
    dayparts: row.dayparts,
    awayUntil: row.away_until,
    hoursAYear: row.hours_a_year,
    since: row.since ?? '',
  }));
}

async function askedOf(tx: Tx, pool: string): Promise<AskedBefore[]> {
  const { rows } =
    await sql<AskedBefore>`select i.expert, i.call, i.asked_on as "askedOn", i.minutes_asked as "minutesAsked", i.answer, i.minutes_given as "minutesGiven"
    from core.pool_invitation i join core.pool_call c on c.id = i.call where c.pool = ${pool} and c.state <> 'called-off'`.execute(
      tx,
    );
  return rows;
}

type Wished = Pick<KeptCall, 'id' | 'minutes' | 'day' | 'daypart' | 'languages'>;

/** Whose turn it is for a call of this pool, for who keeps it. */
export async function turnsFor(
  tx: Tx,
  pool: string,
  call: Wished,
  rule: { readonly hoursAYear: number; readonly today: Day },
): Promise<Turns> {
  const wish = { ...call, call: call.id, hoursAYear: rule.hoursAYear };
  return whoNext(await fellowsOf(tx, pool), await askedOf(tx, pool), wish, rule.today);
}

/** Everything a pool was asked, newest first, with whose turn it is where it is open. */
export async function poolCalls(
  tx: Tx,
  pool: string,
  rule: { readonly hoursAYear: number; readonly today: Day },
): Promise<KeptCall[]> {
  const rows = await tx
    .selectFrom('core.pool_call')
    .selectAll()
    .where('pool', '=', pool)
    .orderBy('made_on', 'desc')
    .orderBy('id', 'desc')
    .execute();
  const sent = await sentIn(tx, pool);
  const calls: KeptCall[] = [];
  for (const row of rows) {
    const call = {
      id: row.id,
      what: row.what,
      language: row.language,
      minutes: row.minutes,
      people: row.people,
      day: row.day,
      daypart: row.daypart,
      languages: row.languages,
      answerBy: row.answer_by,
      state: row.state,
    };
    calls.push({
      ...call,
      invitations: sent.filter((each) => each.call === row.id),
      turns: row.state === 'open' ? await turnsFor(tx, pool, call, rule) : null,
    });
  }
  return calls;
}

async function sentIn(tx: Tx, pool: string): Promise<(SentInvitation & { call: string })[]> {
  const { rows } = await sql<
    SentInvitation & { call: string }
  >`select i.id, i.call, i.expert, e.called, e.pay_wish as "payWish", i.asked_on as "askedOn", i.minutes_asked as "minutesAsked",
    i.answer, i.minutes_given as "minutesGiven", i.given_told_by as "givenToldBy", i.paid_cents as "paidCents", i.paid_way as "paidWay", i.paid_on as "paidOn", i.received
    from core.pool_invitation i join core.pool_call c on c.id = i.call join core.pool_expert e on e.id = i.expert
    where c.pool = ${pool} order by i.asked_on, e.called nulls last, i.id`.execute(tx);
  return rows;
}
