import { withViewer } from '#platform/db.server.ts';
import { house } from '#platform/viewer.ts';
import { tellBringer } from './commands/tell-bringer.server.ts';

declare module '#platform/jobs/put-off.server.ts' {
  interface Jobs {
    'tell-bringer': { readonly proposal: string };
  }
}

/** Writes, once, to whoever brought a new entry or a proposal what became of it. */
export async function tellBringerOf({ proposal }: { readonly proposal: string }): Promise<void> {
  await withViewer(house, (tx) => tellBringer(tx, proposal));
}
