import { withViewer } from '#platform/db.server.ts';
import { house } from '#platform/viewer.ts';
import { indexStories } from './finding/commands.server.ts';

declare module '#platform/jobs/put-off.server.ts' {
  interface Jobs {
    'index-story': { readonly story: string };
  }
}

/** Makes an open story findable by its words, and a closed one no longer. */
export async function indexStory({ story }: { readonly story: string }): Promise<void> {
  await withViewer(house, (tx) => indexStories(tx, [story]));
}
