import { withViewer } from '#platform/db.server.ts';
import { house } from '#platform/viewer.ts';
import { sweepFollowings } from './commands/answer.server.ts';
import { askForYes } from './commands/ask.server.ts';
import { nextToTell, tellFollower } from './commands/digest.server.ts';
import { daysToConfirm } from './model.ts';

declare module '#platform/jobs/put-off.server.ts' {
  interface Jobs {
    'tell-followers': Record<string, never>;
  }
}

/** Asks the address of someone who wishes to follow for a yes. */
export const askFollower = ({ following }: { readonly following: string }) =>
  withViewer(house, (tx) => askForYes(tx, following));

/**
 * Every night: tells everyone for whom a week has passed what changed, each in a transaction of their own, so that a night
 * that is broken off goes on where it was and nobody hears anything twice.
 */
export async function tellFollowers(): Promise<void> {
  await withViewer(house, (tx) => sweepFollowings(tx, daysToConfirm));
  for (let last: string | null = null; ;) {
    const follower: string | null = await withViewer(house, (tx) => nextToTell(tx, last));
    if (follower === null) return;
    await withViewer(house, (tx) => tellFollower(tx, follower));
    last = follower;
  }
}
