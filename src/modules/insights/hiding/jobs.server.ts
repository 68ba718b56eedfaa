import { sql } from 'kysely';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { house } from '#platform/viewer.ts';
import '../tables.ts';
import { isTimeToCount, toldOf } from '../../people/counting/model.ts';
import { heldCells, type Cell } from './model.ts';

declare module '#platform/jobs/put-off.server.ts' {
  interface Jobs {
    'count-tellers': Record<string, never>;
  }
}

/** Counts once a quarter how many people told of each theme, and lays open what may be told of it; the other nights it does nothing. */
export async function countTellers(): Promise<void> {
  await withViewer(house, async (tx) => {
    // Two nights that overlap would each lay their own count.
    await sql`select pg_advisory_xact_lock(20261124)`.execute(tx);
    const last = await tx
      .selectFrom('pub.told_counting')
      .select(({ fn }) => fn.max('day').as('day'))
      .executeTakeFirst();
    if (!isTimeToCount(last?.day ?? null, today())) return;
    const held = await tx
      .selectFrom('core.told_count')
      .select(['province', 'theme', 'year', 'people'])
      .execute();
    const { rows } = await sql<Cell>`select province, theme, year, people from core.count_tellers()`.execute(
      tx,
    );
    const cells = heldCells(held, rows);
    const told = cells.flatMap(({ people, ...cell }) => {
      const atLeast = toldOf(people);
      return atLeast === null ? [] : [{ ...cell, at_least: atLeast }];
    });
    await sql`select core.lay_told(${JSON.stringify(cells)}::jsonb, ${JSON.stringify(told)}::jsonb, ${today()}::date)`.execute(
      tx,
    );
  });
}
