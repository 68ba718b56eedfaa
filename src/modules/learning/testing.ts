import { withViewer } from '#platform/db.server.ts';
import { operator, type Viewer } from '#platform/viewer.ts';
import { tellerOf } from './access.ts';
import { tellDilemma } from './dilemmas/commands.server.ts';
import type { DilemmaWish } from './dilemmas/model.ts';

/** A dilemma as someone would tell it: `aDilemmaWish({ title: 'Wachten of doen?' })`. */
export const aDilemmaWish = (words: Partial<DilemmaWish> = {}): DilemmaWish => ({
  level: 'internal',
  title: 'Wachten of doen?',
  what: 'Wie wacht verliest tijd. Wie doet, doet het voor een ander.',
  questions: ['Wie kiest het tempo?'],
  language: 'nl',
  themes: ['social-bridges'],
  called: 'Samira',
  goesAlong: true,
  ...words,
});

/** A dilemma in the database of this test, told by someone who is signed in; open at once unless it should wait. */
export async function aDilemma(
  teller: Viewer,
  { waits = false, ...words }: Partial<DilemmaWish> & { readonly waits?: boolean } = {},
): Promise<{ id: string; slug: string }> {
  const tells = tellerOf(teller);
  if (!tells) throw new Error('Nobody tells.');
  const told = await withViewer(teller, (tx) => tellDilemma(tx, tells, aDilemmaWish(words)));
  if (!waits)
    await withViewer(operator, (tx) =>
      tx.updateTable('core.dilemma').set({ standing: 'open' }).where('id', '=', told.id).execute(),
    );
  return told;
}
