import { setTimeout as pause } from 'node:timers/promises';
import { withViewer } from '#platform/db.server.ts';
import { house } from '#platform/viewer.ts';
import { countWords } from '../languages/search/commands.server.ts';
import { writeBook } from './tombstones/jobs.server.ts';
import { closeReceipt } from './withdrawal/commands.server.ts';
import { whereItStands } from './withdrawal/queries.server.ts';

declare module '#platform/jobs/put-off.server.ts' {
  interface Jobs {
    'look-everywhere': { readonly item: string; readonly receipt: string };
  }
}

const patience = 20;

/** Lets no word stay in the vocabulary of the search that no text holds any more; waits for who is counting already. */
async function forgetWords(): Promise<void> {
  for (let turn = 0; turn < patience; turn++) {
    if (await withViewer(house, countWords)) return;
    await pause(1_000);
  }
  throw new Error('The words of the search could not be counted again.');
}

/**
 * Looks in every table for what was taken back, after its words left the search, and closes the receipt when nothing of it is found
 * anywhere; its tombstone is then also outside the database. What still stands somewhere is a mistake: the receipt stays open, and it is tried again.
 */
export async function lookEverywhere({
  item,
  receipt,
}: {
  readonly item: string;
  readonly receipt: string;
}): Promise<void> {
  await writeBook();
  await forgetWords();
  await withViewer(house, async (tx) => {
    const found = await whereItStands(tx, item);
    if (found.length > 0) throw new Error(`What was taken back still stands in ${found.join(', ')}.`);
    await closeReceipt(tx, receipt);
  });
}
