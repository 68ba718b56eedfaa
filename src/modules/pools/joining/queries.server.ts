import { sql } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import type { Oneself } from '../../people/access.ts';
import { poolLines } from '../load/queries.server.ts';
import type { Told } from '../model.ts';
import '../tables.ts';
import type { MyInvitation, MyLine } from './model.ts';

/** Someone's own lines in pools, with what they were asked, what they gave and what was paid. */
export async function myLines(tx: Tx, { person }: Oneself, today: Day): Promise<MyLine[]> {
  const rows = await tx
    .selectFrom('core.pool_expert as e')
    .leftJoin('pub.pool as p', 'p.id', 'e.pool')
    .selectAll('e')
    .select(['p.slug', 'p.name', 'p.state as pool_state', 'p.cents_an_hour'])
    .where('e.person_id', '=', person)
    .orderBy('e.asked_on')
    .orderBy('e.id')
    .execute();
  const lines: MyLine[] = [];
  for (const row of rows)
    lines.push({
      id: row.id,
      state: row.state,
      words: {
        called: row.called ?? '',
        nameForm: row.name_form ?? 'pseudonym',
        language: row.language ?? 'nl',
        languages: row.languages,
        experience: row.experience,
        dayparts: row.dayparts,
        awayUntil: row.away_until,
        hoursAYear: row.hours_a_year,
        learned: row.learned,
        payWish: row.pay_wish,
      },
      told: await toldOf(tx, row.id),
      trainedOn: row.trained_on,
      pool: {
        id: row.pool,
        slug: row.slug ?? '',
        name: row.name ?? {},
        state: row.pool_state,
        centsAnHour: row.cents_an_hour ?? 0,
      },
      keptBy: await keptBy(tx, row.pool),
      invitations: await invitationsOf(tx, row.id),
      lines: await poolLines(tx, row.pool, today),
    });
  return lines;
}

async function toldOf(tx: Tx, expert: string): Promise<Told> {
  const rows = await tx
    .selectFrom('core.expert_told')
    .select(['question', 'answer'])
    .where('expert', '=', expert)
    .execute();
  return Object.fromEntries(rows.map(({ question, answer }) => [question, answer]));
}

/** How who keeps a pool is called, for who is in it, asks to be in it or keeps it; null did not say. */
export async function keptBy(tx: Tx, pool: string): Promise<(string | null)[]> {
  const { rows } = await sql<{
    called: string | null;
  }>`select called from core.pool_kept_by(${pool}::uuid) order by since, called`.execute(tx);
  return rows.map(({ called }) => called);
}

async function invitationsOf(tx: Tx, expert: string): Promise<MyInvitation[]> {
  const { rows } =
    await sql<MyInvitation>`select i.id, c.what, c.language, c.day, c.answer_by as "answerBy", c.state <> 'open' as over, i.asked_on as "askedOn",
    i.minutes_asked as "minutesAsked", i.answer, i.minutes_given as "minutesGiven", i.given_told_by as "givenToldBy", i.paid_cents as "paidCents",
    i.paid_way as "paidWay", i.paid_on as "paidOn", i.received
    from core.pool_invitation i join core.pool_call c on c.id = i.call where i.expert = ${expert} order by i.asked_on desc, i.id`.execute(
      tx,
    );
  return rows;
}
