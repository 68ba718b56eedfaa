import { sql } from 'kysely';
import { withViewer } from '#platform/db.server.ts';
import { house } from '#platform/viewer.ts';

declare module '#platform/jobs/put-off.server.ts' {
  interface Jobs {
    'turn-editions': Record<string, never>;
  }
}

/** Takes out of every edition, and off every desk, what a consent carried until a day that has come; each night, and when such a day begins. */
export async function turnEditions(): Promise<void> {
  await withViewer(house, (tx) => sql`select core.turn_editions()`.execute(tx));
}
