import { sql } from 'kysely';
import type { Carrier } from '#modules/agendas/access.ts';
import { answerInvitation, takeUpAgain, tellHow } from '#modules/agendas/carrying/commands.server.ts';
import { carrierBy } from '#modules/agendas/access.ts';
import {
  answers,
  promiseDeeds,
  promiseStates,
  type Answer,
  type PromiseDeed,
} from '#modules/agendas/model.ts';
import { anAgenda, said } from '#modules/agendas/testing.ts';
import { aPerson } from '#modules/people/testing.ts';
import { daysLater, type Day } from '#platform/clock.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { house, operator, type Viewer } from '#platform/viewer.ts';
import { chance as chanceOf } from '../consent/model.ts';
import { diagramOf, drawn, inTurns, type Diagram } from '../sequences/diagram.ts';

interface WalkedKept {
  readonly sequences: number;
  readonly deeds: number;
  readonly refused: number;
  readonly disagreements: readonly string[];
}

const length = 12;
const first: Day = '2026-11-24';

/** Walks random deeds of a carrier through PostgreSQL, and beside them along the diagram; also past the deeds, with raw writes. */
export async function walkKeptPromises(times: number, seed: number, atOnce = 4): Promise<WalkedKept> {
  const diagram = await diagramOf('promise');
  const facilitator = await aPerson('Noor', [{ role: 'facilitator' }]);
  const sums = { deeds: 0, refused: 0 };
  const disagreements: string[] = [];
  await inTurns(times, atOnce, (sequence) =>
    walkOne(facilitator, diagram, chanceOf(seed + sequence), sums, disagreements),
  );
  return { sequences: times, ...sums, disagreements };
}

async function walkOne(
  facilitator: Viewer,
  diagram: Diagram,
  chance: () => number,
  sums: { deeds: number; refused: number },
  disagreements: string[],
): Promise<void> {
  const { session, promises } = await anAgenda(facilitator, first, [said({}, '2027-11-24')]);
  const promise = promises[0] ?? '';
  const carrier = await withViewer(operator, async (tx) => {
    const { id } = await tx
      .selectFrom('core.carrier')
      .select('id')
      .where('session', '=', session)
      .executeTakeFirstOrThrow();
    return carrierBy({ carrier: id, session });
  });
  let state = 'said';
  const told: string[] = [];
  for (let step = 0; step < length; step++) {
    const on = daysLater(first, step * 7);
    const isForced = chance() < 0.2;
    const to = drawn(promiseStates, chance);
    const deed = drawn(promiseDeeds, chance);
    const way = diagram.get(state)?.get(deed);
    const can = isForced
      ? to === state || [...(diagram.get(state)?.values() ?? [])].includes(to)
      : way !== undefined;
    const did = isForced
      ? await force(promise, to, on)
      : await withViewer(house, (tx) => doDeed(tx, carrier, promise, deed, on));
    told.push(isForced ? `force ${to}` : deed);
    sums.deeds++;
    if (!did) sums.refused++;
    if (can && !isForced) state = way ?? state;
    const stands = await standing(promise);
    if (did === can && stands === state) continue;
    disagreements.push(
      `${told.join(', ')}: the house ${did ? 'did' : 'refused'} it and has ${stands}; the page has ${state}`,
    );
    break;
  }
}

const isAnswer = (deed: string): deed is Answer => (answers as readonly string[]).includes(deed);

async function doDeed(
  tx: Tx,
  carrier: Carrier,
  promise: string,
  deed: PromiseDeed,
  on: Day,
): Promise<boolean> {
  const before = await stateIn(tx, promise);
  if (deed === 'confirm' || deed === 'withdraw') {
    // A later yes or no of the only carrier changes who carries it, not how it stands: the diagram draws no such way.
    if (before !== 'said') return false;
    const yes = deed === 'confirm';
    const invited = { promise, yes, named: false, called: null, what: null };
    return (await answerInvitation(tx, carrier, invited, 'nl', on)).ok;
  }
  if (isAnswer(deed)) {
    const how = { promise, answer: deed, text: 'Daarom.', what: null };
    const byDay = deed === 'paused' ? daysLater(on, 30) : null;
    return (await tellHow(tx, carrier, { ...how, byDay }, 'nl', on)).ok;
  }
  if ((deed === 'go-on') !== (before === 'paused')) return false;
  return (await takeUpAgain(tx, carrier, promise, 'nl', on)).ok;
}

/** Writes the state as it comes and takes it back, so that only what the walls say is heard. */
async function force(promise: string, to: string, on: Day): Promise<boolean> {
  const back = new Error('taken back');
  return withViewer(house, async (tx) => {
    await sql`update core.promise set state = ${to}, confirmed_on = ${on}, why = '{"nl": "Daarom."}',
      paused_until = case when ${to} = 'paused' then ${daysLater(on, 30)}::date end where id = ${promise}`.execute(
      tx,
    );
    throw back;
  }).catch((error: unknown) => {
    if (error === back) return true;
    if ((error as { code?: string }).code === '42501') return false;
    throw error;
  });
}

async function stateIn(tx: Tx, promise: string): Promise<string> {
  const { state } = await tx
    .selectFrom('core.promise')
    .select('state')
    .where('id', '=', promise)
    .executeTakeFirstOrThrow();
  return state;
}

/** How it stands, and that its line fits it: nothing is to be asked of what does not move. */
async function standing(promise: string): Promise<string> {
  return withViewer(operator, async (tx) => {
    const state = await stateIn(tx, promise);
    const { coming } = await tx
      .selectFrom('core.promise_check_in')
      .select(({ fn }) => fn.countAll<number>().as('coming'))
      .where('promise', '=', promise)
      .where('state', '=', 'coming')
      .executeTakeFirstOrThrow();
    const asks = state === 'underway' || state === 'paused';
    return asks === Number(coming) > 0 ? state : `${state} with ${coming} questions to come`;
  });
}
