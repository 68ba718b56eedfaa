import { sql } from 'kysely';
import { insistOnRight } from '#platform/access.server.ts';
import type { Tx } from '#platform/db.server.ts';
import type { Answers, ToldChange, Voice } from '../model.ts';
import '../tables.ts';

/**
 * Writes what an initiative does, in the language it was written in; null takes every text away. Renderings of words that no
 * longer stand go. Asks the transaction of someone who may change the entry.
 */
export async function settleText(tx: Tx, id: string, text: Answers['text'], voice: Voice): Promise<void> {
  await insistOnRight(tx, 'change', [id]);
  const texts = tx.deleteFrom('core.initiative_text').where('initiative_id', '=', id);
  if (!text) {
    await texts.execute();
    return;
  }
  await texts
    .where((eb) => eb.or([eb('origin', '=', 'rendering'), eb('language', '=', text.language)]))
    .execute();
  await tx
    .insertInto('core.initiative_text')
    .values({
      initiative_id: id,
      language: text.language,
      text: text.words,
      origin: voice === 'own' ? 'own' : 'public-sources',
      checked: false,
    })
    .execute();
}

/** Writes what of an entry not everyone may know, and why. Asks the transaction of someone who may change the entry. */
export async function settleKeptBack(tx: Tx, id: string, keptBack: Answers['keptBack']): Promise<void> {
  await insistOnRight(tx, 'change', [id]);
  await tx.deleteFrom('core.entry_field').where('initiative_id', '=', id).execute();
  if (keptBack.length > 0)
    await tx
      .insertInto('core.entry_field')
      .values(keptBack.map((kept) => ({ initiative_id: id, ...kept })))
      .execute();
}

/** Remembers what was told anew, with what stood there; of a place only that it was. Asks the transaction of someone who may change the entry. */
export async function noteChanges(
  tx: Tx,
  id: string,
  voice: Voice,
  changes: readonly {
    readonly field: ToldChange['field'];
    readonly was: unknown;
    readonly became: unknown;
  }[],
): Promise<void> {
  await insistOnRight(tx, 'change', [id]);
  if (changes.length === 0) return;
  await tx
    .insertInto('core.entry_change')
    .values(
      changes.map(({ field, was, became }) => ({
        initiative_id: id,
        field,
        was: field === 'place' ? null : JSON.stringify(was),
        became: field === 'place' ? null : JSON.stringify(became),
        said_by: voice,
        told_by: sql<string>`core.viewer()`,
      })),
    )
    .execute();
}
