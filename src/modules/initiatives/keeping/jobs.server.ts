import { sql } from 'kysely';
import { withViewer } from '#platform/db.server.ts';
import { house } from '#platform/viewer.ts';
import './tables.ts';

declare module '#platform/jobs/put-off.server.ts' {
  interface Jobs {
    'forget-drafts': Record<string, never>;
  }
}

/** Throws away the drafts nobody came back to for a year. */
export async function forgetDrafts(): Promise<void> {
  await withViewer(house, (tx) =>
    tx
      .deleteFrom('vault.draft')
      .where('until', '<', sql<Date>`now()`)
      .execute(),
  );
}
