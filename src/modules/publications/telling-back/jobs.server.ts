import { withViewer } from '#platform/db.server.ts';
import { house } from '#platform/viewer.ts';
import { writeOfUse } from './commands.server.ts';

declare module '#platform/jobs/put-off.server.ts' {
  interface Jobs {
    'tell-of-use': { readonly told: readonly string[]; readonly home: string };
  }
}

/** Writes to whose words are used how they are used. */
export const tellOfUse = ({ told, home }: { readonly told: readonly string[]; readonly home: string }) =>
  withViewer(house, (tx) => writeOfUse(tx, told, home));
