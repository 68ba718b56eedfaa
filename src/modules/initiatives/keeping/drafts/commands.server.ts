import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { withViewer } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { Typed } from '../model.ts';
import { holderOf, type DraftHolder } from './access.ts';
import { hashOf } from './queries.server.ts';

// Letters and digits that nobody takes for one another when they write them over.
const letters = 'abcdefghjkmnpqrstvwxyz23456789';

/** A word of 16 signs in groups of four, over 78 bits. */
function newWord(): string {
  const signs: string[] = [];
  while (signs.length < 16)
    for (const byte of randomBytes(32))
      if (byte < 240 && signs.length < 16) signs.push(letters[byte % 30] ?? '');
  return [0, 4, 8, 12].map((at) => signs.slice(at, at + 4).join('')).join('-');
}

/** Keeps what was typed under a new word, which is kept nowhere else; it opens until nobody came back for a year. */
export async function beginDraft(
  typed: Typed,
  language: Language,
  by: Viewer,
): Promise<{ holder: DraftHolder; word: string }> {
  const holder = holderOf(randomUUID());
  const word = newWord();
  await withViewer(holder.viewer, (tx) =>
    tx
      .insertInto('vault.draft')
      .values({
        id: holder.draft,
        word_hash: hashOf(word),
        typed: JSON.stringify(typed),
        language,
        person_id: by.kind === 'person' ? by.id : null,
      })
      .execute(),
  );
  return { holder, word };
}

/** Keeps in a draft what is typed now, for another year. */
export async function keepDraft(holder: DraftHolder, typed: Typed, language: Language): Promise<void> {
  await withViewer(holder.viewer, (tx) =>
    tx
      .updateTable('vault.draft')
      .set({
        typed: JSON.stringify(typed),
        language,
        saved_at: sql<Date>`now()`,
        until: sql<Date>`now() + interval '12 months'`,
      })
      .where('id', '=', holder.draft)
      .execute(),
  );
}

/** Throws a draft away: it is on the map now, or its holder wants it gone. */
export async function dropDraft(holder: DraftHolder): Promise<void> {
  await withViewer(holder.viewer, (tx) =>
    tx.deleteFrom('vault.draft').where('id', '=', holder.draft).execute(),
  );
}
