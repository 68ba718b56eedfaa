import { sql } from 'kysely';
import { today, type Day } from '#platform/clock.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { house } from '#platform/viewer.ts';
import { isTimeToCount, smallest } from '../../people/counting/model.ts';
import { quarterOf } from '../../people/model.ts';
import '../tables.ts';
import {
  heldOfPool,
  toldLoads,
  toldOfPool,
  toldSameFive,
  type LoadDeed,
  type PoolCell,
  type ToldLoad,
} from './model.ts';
import { poolLines } from './queries.server.ts';

declare module '#platform/jobs/put-off.server.ts' {
  interface Jobs {
    'count-pools': Record<string, never>;
  }
}

/** Counts once a quarter who is in each pool and what was asked, given and paid, and lays open what may be told of it. */
export async function countPools(): Promise<void> {
  await withViewer(house, async (tx) => {
    await sql`select pg_advisory_xact_lock(20261125)`.execute(tx);
    const pools = await tx.selectFrom('pub.pool').select(['id', 'counted_on', 'same_five']).execute();
    for (const { id, counted_on, same_five } of pools)
      if (isTimeToCount(counted_on, today())) await countPool(tx, id, same_five, today());
  });
}

async function countPool(tx: Tx, pool: string, fiveBefore: number | null, on: Day): Promise<void> {
  const before = await tx
    .selectFrom('core.pool_held')
    .select(['question', 'answer', 'people'])
    .where('pool', '=', pool)
    .execute();
  const { rows: counted } = await sql<PoolCell>`select * from core.count_pool(${pool}::uuid)`.execute(tx);
  const held = heldOfPool(before, counted);
  // Held against the fewest it can be: were the true number asked here, one person more or less would show.
  const people = (held.find(({ question }) => question === 'all')?.people ?? 0) - (smallest - 1);
  const told = toldOfPool(held, people).map(({ question, answer, atLeast }) => ({
    question,
    answer,
    at_least: atLeast,
  }));
  const loads = toldLoads(await laidLoads(tx, pool), await deedsOf(tx, pool), quarterOf(on));
  // The share of the same five moves with the hours that were asked, so that it never tells of one call.
  const moved = loads.some(({ measure, until }) => measure === 'asked' && until === quarterOf(on));
  const five = moved ? await fiveNow(tx, pool, on) : fiveBefore;
  const laid = loads.map(({ measure, amount, until }) => ({ measure, amount, until_day: until }));
  await sql`select core.lay_pool_counted(${pool}::uuid, ${JSON.stringify(held)}::jsonb, ${JSON.stringify(told)}::jsonb,
    ${JSON.stringify(laid)}::jsonb, ${five}::smallint, ${on}::date)`.execute(tx);
}

async function fiveNow(tx: Tx, pool: string, on: Day): Promise<number | null> {
  const lines = (await poolLines(tx, pool, on)).filter(({ state }) => state !== 'left');
  return toldSameFive(lines.map(({ asked }) => asked));
}

async function laidLoads(tx: Tx, pool: string): Promise<ToldLoad[]> {
  const rows = await tx
    .selectFrom('pub.pool_load')
    .select(['measure', 'amount', 'until_day'])
    .where('pool', '=', pool)
    .execute();
  return rows.map(({ measure, amount, until_day }) => ({ measure, amount, until: until_day }));
}

async function deedsOf(tx: Tx, pool: string): Promise<LoadDeed[]> {
  const { rows } = await sql<LoadDeed>`
    select x.measure, i.expert, x.day, x.amount from core.pool_invitation i join core.pool_expert e on e.id = i.expert join core.pool_call c on c.id = i.call
    cross join lateral (values ('asked', i.asked_on, i.minutes_asked), ('given', i.given_on, i.minutes_given), ('paid', i.paid_on, i.paid_cents)) x(measure, day, amount)
    where e.pool = ${pool} and x.day is not null and (x.measure <> 'asked' or c.state <> 'called-off')`.execute(
    tx,
  );
  return rows;
}
