import { sql } from 'kysely';
import { daysLater, type Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import '../tables.ts';
import type { PoolLine } from './model.ts';

/** The load of a pool over twelve months, most asked first, for who is in it or keeps it; for anyone else nothing. */
export async function poolLines(tx: Tx, pool: string, today: Day): Promise<PoolLine[]> {
  const { rows } =
    await sql<PoolLine>`select l.expert, l.called, l.mine, l.state, l.languages, l.since, l.times_asked as times,
    l.minutes_asked::integer as asked, l.minutes_given::integer as given, l.cents_paid::integer as paid
    from core.pool_lines(${pool}::uuid, ${daysLater(today, -364)}::date) l order by asked desc, l.called nulls last, l.expert`.execute(
      tx,
    );
  return rows;
}
