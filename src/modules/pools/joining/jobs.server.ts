import { daysLater, today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { house } from '#platform/viewer.ts';
import { daysToReadRefusal } from '../model.ts';
import '../tables.ts';

declare module '#platform/jobs/put-off.server.ts' {
  interface Jobs {
    'forget-askers': Record<string, never>;
  }
}

/** Forgets the words of who was turned away, once they had the time to read so. */
export async function forgetAskers(): Promise<void> {
  await withViewer(house, (tx) =>
    tx
      .deleteFrom('core.pool_expert')
      .where('state', '=', 'turned-away')
      .where('answered_on', '<=', daysLater(today(), -daysToReadRefusal))
      .execute(),
  );
}
