import { sql } from 'kysely';
import { withViewer } from '#platform/db.server.ts';
import { house } from '#platform/viewer.ts';
import { seekLikenesses } from './commands.server.ts';
import { forgetMergers } from './merging/commands/forget.server.ts';

declare module '#platform/jobs/put-off.server.ts' {
  interface Jobs {
    'seek-likenesses': Record<string, never>;
  }
}

/** Looks every night for entries that may be one, and forgets what only served to undo mergers of more than 30 days ago. */
export async function seekEveryNight(): Promise<void> {
  await withViewer(house, async (tx) => {
    // Two nights that overlap would find the same twice.
    await sql`select pg_advisory_xact_lock(20151128)`.execute(tx);
    await seekLikenesses(tx);
    await forgetMergers(tx);
  });
}
