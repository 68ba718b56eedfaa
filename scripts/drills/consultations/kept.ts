import { sql } from 'kysely';
import { aPerson } from '#modules/people/testing.ts';
import { layBefore, redraft, sayOfWhole, sign } from '#modules/pools/advising/agreeing/commands.server.ts';
import { adviceStates, type AdviceDeed } from '#modules/pools/advising/model.ts';
import { answerPoint } from '#modules/pools/answering/commands.server.ts';
import { decide } from '#modules/pools/consulting/commands.server.ts';
import { consultationStates, type ConsultationDeed } from '#modules/pools/consulting/model.ts';
import {
  aConsultation,
  aKeeper,
  aParty,
  aPoint,
  type MadeConsultation,
} from '#modules/pools/consulting/testing.ts';
import { followAdvice } from '#modules/pools/following/commands.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { house, operator, visitor, type Viewer } from '#platform/viewer.ts';
import { chance as chanceOf } from '../consent/model.ts';
import { diagramOf, drawn, inTurns, type Diagram } from '../sequences/diagram.ts';

export interface WalkedKept {
  readonly sequences: number;
  readonly deeds: number;
  readonly refused: number;
  readonly disagreements: readonly string[];
}

type Deed =
  | 'lay-before'
  | 'redraft'
  | 'say'
  | 'sign-keeper'
  | 'sign-expert'
  | 'answer'
  | 'decide-again'
  | 'finish'
  | 'stop'
  | 'take'
  | 'withdraw';
const deeds: readonly Deed[] = [
  'lay-before',
  'lay-before',
  'say',
  'say',
  'sign-keeper',
  'sign-keeper',
  'sign-expert',
  'sign-expert',
  'redraft',
  'answer',
  'answer',
  'decide-again',
  'finish',
  'stop',
  'take',
  'withdraw',
];
const on = '2026-11-25';
const length = 16;

/** Which ways of the two diagrams each deed may take. */
const takes: Readonly<
  Record<Deed, { readonly advice?: AdviceDeed; readonly consultation?: ConsultationDeed }>
> = {
  'lay-before': { advice: 'lay-before' },
  redraft: { advice: 'redraft' },
  say: { advice: 'agree' },
  'sign-keeper': { advice: 'hand-over', consultation: 'hand-over' },
  'sign-expert': { advice: 'hand-over', consultation: 'hand-over' },
  answer: { consultation: 'answer' },
  'decide-again': { consultation: 'decide-again' },
  finish: { consultation: 'finish' },
  stop: { consultation: 'stop' },
  take: { consultation: 'take' },
  withdraw: { consultation: 'withdraw' },
};

/** Walks random deeds of all sides through PostgreSQL, also past the deeds with raw writes, and looks whether each step is drawn on its page. */
export async function walkKeptConsultations(times: number, seed: number, atOnce = 4): Promise<WalkedKept> {
  const pages = { advice: await diagramOf('advice'), consultation: await diagramOf('consultation') };
  const keeper = await aPerson('Noor', [{ role: 'facilitator' }]);
  const client = await aPerson('Piet', [{ role: 'partner', scope: { kind: 'province', id: 'PV25' } }]);
  const sums = { deeds: 0, refused: 0 };
  const disagreements: string[] = [];
  await inTurns(times, atOnce, async (sequence) => {
    const made = await aConsultation(on, { keeper, client, experts: ['Samira'] });
    const point = await aPoint(made, 'Geef mensen een kamer.');
    await walkOne(made, point, pages, chanceOf(seed + sequence), sums, disagreements);
  });
  return { sequences: times, ...sums, disagreements };
}

const stand = ({ consultation }: MadeConsultation) =>
  withViewer(operator, async (tx) => {
    const { rows } = await sql<{ advice: string; consultation: string; open: boolean }>`
      select a.state as advice, c.state as consultation, exists (select from pub.advice o where o.id = c.id) as open
      from core.consultation c join core.advice a on a.consultation = c.id where c.id = ${consultation}`.execute(
      tx,
    );
    return rows[0] ?? { advice: '', consultation: '', open: false };
  });

const isDrawn = (page: Diagram, from: string, to: string, deed?: string) =>
  from === to ||
  (deed === undefined
    ? [...(page.get(from)?.values() ?? [])].includes(to)
    : page.get(from)?.get(deed) === to);

async function walkOne(
  made: MadeConsultation,
  point: string,
  pages: { readonly advice: Diagram; readonly consultation: Diagram },
  chance: () => number,
  sums: { deeds: number; refused: number },
  disagreements: string[],
): Promise<void> {
  const told: string[] = [];
  let before = await stand(made);
  for (let step = 0; step < length; step++) {
    const isForced = chance() < 0.2;
    const deed = drawn(deeds, chance);
    const did = isForced
      ? await force(made, chance, pages, before)
      : await doDeed(made, point, deed, before.advice);
    told.push(isForced ? 'force' : deed);
    sums.deeds++;
    if (did === 'refused') sums.refused++;
    const after = await stand(made);
    const way = isForced ? {} : takes[deed];
    const fits =
      did !== 'past the page' &&
      isDrawn(pages.advice, before.advice, after.advice, way.advice ?? 'none') &&
      isDrawn(pages.consultation, before.consultation, after.consultation, way.consultation ?? 'none') &&
      (did === 'done' || (before.advice === after.advice && before.consultation === after.consultation)) &&
      after.open === (after.advice === 'handed-over');
    if (!fits) {
      disagreements.push(
        `${told.join(', ')}: ${did}, from ${JSON.stringify(before)} to ${JSON.stringify(after)}`,
      );
      return;
    }
    before = after;
  }
}

type Did = 'done' | 'refused' | 'past the page';

async function doDeed(made: MadeConsultation, point: string, deed: Deed, advice: string): Promise<Did> {
  const { consultation, keeper, client } = made;
  const expert = made.experts[0]?.viewer ?? visitor;
  const keeps = aKeeper(keeper);
  const here = { consultation, language: 'nl' };
  const as = <Answer>(viewer: Viewer, work: Parameters<typeof withViewer<Answer>>[1]) =>
    withViewer(viewer, work);
  const answer = (said: 'done' | 'deciding') =>
    as(client, (tx) =>
      answerPoint(
        tx,
        aParty(client),
        here,
        { point, said, text: 'Zo staat het.', untilDay: said === 'done' ? null : '2027-01-01' },
        on,
      ),
    );
  const decided = (viewer: Viewer, what: 'stop' | 'take' | 'withdraw') =>
    as(viewer, (tx) => decide(tx, aParty(viewer), { consultation, deed: what, why: 'Daarom.' }, on));
  if (deed === 'finish') {
    // A year and a month after the handover.
    await as(house, (tx) => followAdvice(tx, advice === 'handed-over' ? '2028-01-01' : on));
    return 'done';
  }
  const ways: Record<Exclude<Deed, 'finish'>, () => Promise<{ readonly ok: boolean }>> = {
    'lay-before': () => as(keeps, (tx) => layBefore(tx, keeps, { consultation, days: 10 }, on)),
    redraft: () => as(keeps, (tx) => redraft(tx, keeps, consultation)),
    say: () => as(expert, (tx) => sayOfWhole(tx, aParty(expert), here, { said: 'yes', text: null }, on)),
    'sign-keeper': () => as(keeper, (tx) => sign(tx, aParty(keeper), consultation, on)),
    'sign-expert': () => as(expert, (tx) => sign(tx, aParty(expert), consultation, on)),
    answer: () => answer('done'),
    'decide-again': () => answer('deciding'),
    stop: () => decided(keeper, 'stop'),
    take: () => decided(keeper, 'take'),
    withdraw: () => decided(client, 'withdraw'),
  };
  return (await ways[deed]()).ok ? 'done' : 'refused';
}

/** Writes a state as it comes, as the house, and takes it back: what the walls let through must be drawn on the page. */
async function force(
  { consultation }: MadeConsultation,
  chance: () => number,
  pages: { readonly advice: Diagram; readonly consultation: Diagram },
  before: { readonly advice: string; readonly consultation: string },
): Promise<Did> {
  const ofAdvice = chance() < 0.5;
  const to: string = ofAdvice ? drawn(adviceStates, chance) : drawn(consultationStates, chance);
  const back = new Error('taken back');
  const passed = await withViewer(house, async (tx) => {
    await (
      ofAdvice
        ? sql`update core.advice set state = ${to}, until_day = ${on}, agreed_on = ${on} where consultation = ${consultation}`
        : sql`update core.consultation set state = ${to}, why = 'Daarom.' where id = ${consultation}`
    ).execute(tx);
    throw back;
  }).catch((error: unknown) => {
    if (error === back) return true;
    // Refused by its way, or by what a state asks of its row.
    if (['42501', '23514'].includes((error as { code?: string }).code ?? '')) return false;
    throw error;
  });
  if (!passed) return 'refused';
  const isFine = ofAdvice
    ? isDrawn(pages.advice, before.advice, to)
    : isDrawn(pages.consultation, before.consultation, to);
  return isFine ? 'done' : 'past the page';
}
