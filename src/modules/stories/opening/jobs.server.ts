import { sql } from 'kysely';
import { forgetTexts, indexTexts } from '#modules/languages/search/commands.server.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { catalogueOnDisk } from '#platform/i18n/catalogue-on-disk.ts';
import { putOff } from '#platform/jobs/put-off.server.ts';
import { house } from '#platform/viewer.ts';
import { nextTurn, searchTextsOf, turnedByDay } from './queries.server.ts';

declare module '#platform/jobs/put-off.server.ts' {
  interface Jobs {
    'index-telling': { readonly telling: string };
    'turn-tellings': Record<string, never>;
  }
}

const layOpen = (tx: Tx, telling: string) =>
  sql`select core.lay_tellings_open(array[${telling}::uuid])`.execute(tx);

/**
 * Makes what anyone may read of a telling equal to what its teller consents to, in this transaction; soon after, the search follows.
 * Whoever asks it, it only ever follows consent.
 */
export async function settleTelling(tx: Tx, telling: string): Promise<void> {
  await layOpen(tx, telling);
  await putOff(tx, 'index-telling', { telling }, { onlyOnce: `telling ${telling}` });
}

/** Makes an open telling findable in every language it can be read in, forgets one that is not open, and comes back when a day turns it. */
export async function indexTelling({ telling }: { readonly telling: string }): Promise<void> {
  const catalogue = await catalogueOnDisk();
  await withViewer(house, async (tx) => {
    await layOpen(tx, telling);
    const texts = await searchTextsOf(tx, telling, catalogue);
    await forgetTexts(tx, 'telling', [telling]);
    await indexTexts(tx, texts);
    await putOff(tx, 'count-words', {}, { onlyOnce: 'field', startAfterSeconds: 10 });
    const seconds = await nextTurn(tx, telling);
    if (seconds !== null)
      await putOff(
        tx,
        'index-telling',
        { telling },
        {
          onlyOnce: `turn of ${telling} ${Math.round(Date.now() / 1000) + seconds}`,
          startAfterSeconds: seconds + 1,
        },
      );
  });
}

/** Opens every night what has been slept on, and ends what its consent ended; what turns by day is mostly done at midnight already. */
export async function turnTellings(): Promise<void> {
  const turned = await withViewer(house, turnedByDay);
  for (const telling of turned) await withViewer(house, (tx) => settleTelling(tx, telling));
}
