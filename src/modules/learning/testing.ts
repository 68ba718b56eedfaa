import { sql } from 'kysely';
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

export type Way = 'select' | 'insert' | 'update' | 'delete';

/** One table in one state: which rows, how they are touched, and who may, as names in one line; whoever is not named may not. */
export interface Wall {
  readonly where: string;
  readonly set: string;
  readonly add: string;
  /** Whether somebody looks at it before it opens: who did not tell it says, touching it, that they looked. */
  readonly looked?: boolean;
  readonly rule: Readonly<Record<Way, string>>;
}

class Undone extends Error {}

/** Whether someone sees or touches any row with this SQL, in which $me is their key; whatever they did is undone. */
export async function tries(viewer: Viewer, text: string): Promise<boolean> {
  let rows = 0;
  const id = viewer.kind === 'person' ? `'${viewer.id}'` : 'null';
  try {
    await withViewer(viewer, async (tx) => {
      const done = await sql.raw(text.replaceAll('$me', id)).execute(tx);
      rows = Number(done.numAffectedRows ?? done.rows.length);
      throw new Undone();
    });
  } catch (error) {
    if (error instanceof Undone) return rows > 0;
    if (/row-level security|permission denied|does not open it|changes no words/.test(String(error)))
      return false;
    throw error;
  }
  return false;
}

/** Every way in which a comer may do what they should not, or may not do what they should, as a sentence. */
export async function unexpectedAt(
  walls: Readonly<Record<string, Wall>>,
  comers: ReadonlyMap<string, Viewer>,
): Promise<string[]> {
  const unexpected: string[] = [];
  for (const [name, { where, set, add, looked, rule }] of Object.entries(walls))
    for (const [comer, viewer] of comers) {
      const table = name.split(' ')[0] ?? '';
      const looks = looked && comer !== 'teller' && viewer.kind === 'person';
      const ways: Record<Way, string> = {
        select: `select 1 from ${table} where ${where}`,
        insert: add,
        update: `update ${table} set ${looks ? 'looked_by = $me' : set} where ${where}`,
        delete: `delete from ${table} where ${where}`,
      };
      for (const [way, text] of Object.entries(ways) as [Way, string][]) {
        const may = await tries(viewer, text);
        const should = rule[way].split(', ').includes(comer);
        if (may !== should) unexpected.push(`${comer} ${may ? 'may' : 'may not'} ${way} ${name}`);
      }
    }
  return unexpected;
}
