import { withViewer } from '#platform/db.server.ts';
import { house } from '#platform/viewer.ts';
import { closeLeftRooms, forgetRooms } from './commands.server.ts';

declare module '#platform/jobs/put-off.server.ts' {
  interface Jobs {
    'forget-rooms': Record<string, never>;
  }
}

/** Closes what was left open, and forgets who was in rooms that closed two weeks ago. */
export async function forgetWhoWasThere(): Promise<void> {
  await withViewer(house, (tx) => closeLeftRooms(tx));
  await withViewer(house, (tx) => forgetRooms(tx));
}
