import { withViewer } from '#platform/db.server.ts';
import { house } from '#platform/viewer.ts';
import { countWords } from './commands.server.ts';

declare module '#platform/jobs/put-off.server.ts' {
  interface Jobs {
    'count-words': Record<string, never>;
  }
}

/** Counts again how common each word is, after keepers changed what entries are found by. */
export async function countWordsAgain(): Promise<void> {
  await withViewer(house, (tx) => countWords(tx));
}
