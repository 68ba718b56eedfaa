import { withViewer } from '#platform/db.server.ts';
import { aPerson } from '../../people/testing.ts';
import { circleOpenerOf, type AtCircle } from './access.ts';
import { doInCircle, openCircle } from './commands.server.ts';
import { newWord, seatOf } from './queries.server.ts';
import { comeIn } from './round/model.ts';

/** An open circle in the database of this test with so many phones in it, in the order in which they sit. */
export async function aCircle(people = 6): Promise<(AtCircle & { readonly seat: string })[]> {
  const opener = circleOpenerOf(await aPerson('Noor', [{ role: 'facilitator' }]));
  if (!opener) throw new Error('Nobody opens a circle.');
  const word = newWord();
  await withViewer(opener, (tx) => openCircle(tx, opener, word));
  const phones = Array.from({ length: people }, () => ({ word, own: newWord() }));
  for (const [at, phone] of phones.entries())
    await doInCircle(phone, (circle, seat) => comeIn(circle, seat, `Stem${at + 1}`));
  return phones.map((phone) => ({ ...phone, seat: seatOf(phone) }));
}
