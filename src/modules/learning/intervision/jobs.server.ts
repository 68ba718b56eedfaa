import { sql } from 'kysely';
import { withViewer } from '#platform/db.server.ts';
import { house } from '#platform/viewer.ts';
import './tables.ts';

declare module '#platform/jobs/put-off.server.ts' {
  interface Jobs {
    'forget-circles': Record<string, never>;
  }
}

/** Takes away the sealed letters of circles whose time is over. */
export async function forgetCircles(): Promise<void> {
  await withViewer(house, (tx) =>
    tx
      .deleteFrom('core.circle')
      .where('until', '<=', sql<Date>`now()`)
      .execute(),
  );
}
