import { sql } from 'kysely';
import { withViewer } from '#platform/db.server.ts';
import { house } from '#platform/viewer.ts';
import { countsEvery } from '../model.ts';

/** The channel on which processes tell each other that there are new votes in a room; not whose, how many or what. */
export const countsChannel = 'room-counts';

const resting = new Map<string, { again: boolean }>();

/**
 * Lets every process of the house know that something was counted in this room: at once, and then at most twice a second. A vote
 * itself tells nobody, so that many votes at once do not wait for each other.
 */
export function tellCounts(session: string): void {
  const rest = resting.get(session);
  if (rest) {
    rest.again = true;
    return;
  }
  resting.set(session, { again: false });
  // Who does not hear of it counts anyway, a little later.
  void withViewer(house, (tx) => sql`select pg_notify(${countsChannel}, ${session})`.execute(tx)).catch(
    () => undefined,
  );
  setTimeout(() => {
    const wants = resting.get(session)?.again === true;
    resting.delete(session);
    if (wants) tellCounts(session);
  }, countsEvery).unref();
}
