import { withViewer } from '#platform/db.server.ts';
import { operator, type Viewer } from '#platform/viewer.ts';
import { guideOf, tellerOf } from './access.ts';
import { tellDilemma } from './dilemmas/commands.server.ts';
import type { DilemmaWish } from './dilemmas/model.ts';
import { writeInsight } from './insight-cards/commands.server.ts';
import type { InsightWish } from './insight-cards/model.ts';
import { beginTrajectory, standTrajectory } from './trajectories/commands.server.ts';
import type { TrajectoryWish } from './trajectories/model.ts';

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

/** An insight as someone would write it. */
export const anInsightWish = (words: Partial<InsightWish> = {}): InsightWish => ({
  kind: 'lived',
  question: null,
  claim: 'Een vaste plek in de week maakt een vreemde stad kleiner.',
  grounds: 'Dat merkte ik in mijn eerste jaar hier.',
  holds: 'Voor wie alleen kwam.',
  against: 'Wie kleine kinderen heeft, komt niet elke week.',
  language: 'nl',
  themes: ['social-bonds'],
  called: 'Samira',
  goesAlong: true,
  authors: [],
  works: [],
  ...words,
});

/** An insight in the database of this test; open at once unless it should wait. */
export async function anInsight(
  teller: Viewer,
  { waits = false, ...words }: Partial<InsightWish> & { readonly waits?: boolean } = {},
): Promise<{ id: string; slug: string }> {
  const tells = tellerOf(teller);
  if (!tells) throw new Error('Nobody tells.');
  const told = await withViewer(teller, (tx) => writeInsight(tx, tells, anInsightWish(words)));
  if (!told.ok) throw new Error(`The insight was refused: ${told.reason}.`);
  if (!waits)
    await withViewer(operator, (tx) =>
      tx.updateTable('core.insight_card').set({ standing: 'open' }).where('id', '=', told.value.id).execute(),
    );
  return told.value;
}

/** A trajectory as a facilitator would set it up. */
export const aTrajectoryWish = (words: Partial<TrajectoryWish> = {}): TrajectoryWish => ({
  title: 'Drie jaar leren in de wijk',
  purpose: 'Wij willen weten wie er ontbreekt, en wat dat met ons te maken heeft.',
  language: 'nl',
  themes: ['social-bridges'],
  province: null,
  from: '2024-09-01',
  until: '2027-06-30',
  questions: ['Wie komt er nooit?', 'Wat vraagt dat van ons?'],
  gatherings: [],
  reading: [],
  ...words,
});

/** A trajectory in the database of this test, open to everyone unless it is a draft. */
export async function aTrajectory(
  guide: Viewer,
  { draft = false, ...words }: Partial<TrajectoryWish> & { readonly draft?: boolean } = {},
): Promise<{ id: string; slug: string }> {
  const guides = guideOf(guide);
  if (!guides) throw new Error('Nobody keeps it.');
  const { id } = await withViewer(guide, (tx) => beginTrajectory(tx, guides, aTrajectoryWish(words)));
  if (!draft) await withViewer(guide, (tx) => standTrajectory(tx, guides, id, 'open'));
  const { slug } = await withViewer(operator, (tx) =>
    tx.selectFrom('core.trajectory').select('slug').where('id', '=', id).executeTakeFirstOrThrow(),
  );
  return { id, slug };
}
