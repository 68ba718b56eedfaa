import { insistOnOperator } from '#platform/access.server.ts';
import { withViewer } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import { putOff } from '#platform/jobs/put-off.server.ts';
import { house } from '#platform/viewer.ts';
import type { DraftHolder } from '../drafts/access.ts';

/**
 * Asks for a link to the entry with this word in its address, mailed to the address we hold of it. Does the same, and takes
 * as long, whether there is such an entry and whether we hold an address or not. `home` is where the house is: 'https://example.org'.
 */
export async function askForKeepLink(slug: string, language: Language, home: string): Promise<void> {
  await withViewer(house, async (tx) => {
    await insistOnOperator(tx);
    await putOff(tx, 'mail-keep-link', { slug, language, home });
  });
}

/** Asks for a link that lays what was typed in this draft, mailed to the address that was typed in it. */
export async function askForAddLink(holder: DraftHolder, home: string): Promise<void> {
  await withViewer(holder.viewer, (tx) => putOff(tx, 'mail-add-link', { draft: holder.draft, home }));
}
