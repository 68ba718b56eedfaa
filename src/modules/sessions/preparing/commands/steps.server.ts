import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { refused, ok, type Result } from '#platform/result.ts';
import type { Facilitator } from '../../access.ts';
import { tellRoom } from '../../live/commands.server.ts';
import type { StepKind, Words } from '../../model.ts';
import '../../tables.ts';
import type { StepWish } from '../input.ts';
import { fitsOneMore, isOpen, isOver, moved, plainStep, without, type StandingStep } from '../model.ts';
import { holdSession, stepsOf } from '../queries.server.ts';
import { laySteps } from './session.server.ts';

export type StepRefusal =
  'not_yours' | 'not_now' | 'step_was_open' | 'too_many_steps' | 'last_step' | 'no_such_step';

/** Does something to the steps of a session that is not over, and lets those who are in the room know. */
async function withSteps(
  tx: Tx,
  session: string,
  work: (steps: StandingStep[]) => Promise<Result<null, StepRefusal>>,
): Promise<Result<null, StepRefusal>> {
  const held = await holdSession(tx, session);
  if (!held) return refused('not_yours');
  if (isOver(held.state)) return refused('not_now');
  const done = await work(await stepsOf(tx, session));
  if (done.ok && isOpen(held.state)) await tellRoom(tx, session, 'step');
  return done;
}

/** Gives a step other words, time or positions; those of the house show again where a word is left empty. */
export function changeStep(
  tx: Tx,
  _facilitator: Facilitator,
  session: string,
  position: number,
  wish: StepWish,
): Promise<Result<null, StepRefusal>> {
  return withSteps(tx, session, async () => {
    const { numUpdatedRows } = await tx
      .updateTable('core.session_step')
      .set({
        prompt: wish.prompt,
        purpose: wish.purpose,
        minutes: wish.minutes,
        sides: sql<readonly Words[]>`${JSON.stringify(wish.sides)}::jsonb`,
      })
      .where('session', '=', session)
      .where('position', '=', position)
      .executeTakeFirstOrThrow();
    return numUpdatedRows === 0n ? refused('no_such_step') : ok(null);
  });
}

/** Adds a step at the end, with the words of the house. */
export function addStep(
  tx: Tx,
  facilitator: Facilitator,
  session: string,
  kind: StepKind,
): Promise<Result<null, StepRefusal>> {
  return withSteps(tx, session, async (steps) => {
    const fits = fitsOneMore(steps);
    if (fits.ok) await laySteps(tx, facilitator, session, [plainStep(kind)], steps.at(-1)?.position ?? 0);
    return fits;
  });
}

/** Lets a step that was not open yet change places with the one before or after it. */
export function moveStep(
  tx: Tx,
  facilitator: Facilitator,
  session: string,
  position: number,
  way: 'up' | 'down',
): Promise<Result<null, StepRefusal>> {
  return withSteps(tx, session, async (steps) => {
    const order = moved(steps, position, way);
    return order.ok ? layWaiting(tx, facilitator, session, order.value) : order;
  });
}

/** Leaves out a step that was not open yet. */
export function dropStep(
  tx: Tx,
  facilitator: Facilitator,
  session: string,
  position: number,
): Promise<Result<null, StepRefusal>> {
  return withSteps(tx, session, async (steps) => {
    const rest = without(steps, position);
    return rest.ok ? layWaiting(tx, facilitator, session, rest.value) : rest;
  });
}

/** Lays the steps that wait anew in this order; what was open stays untouched, for votes and words hang on its number. */
async function layWaiting(
  tx: Tx,
  facilitator: Facilitator,
  session: string,
  steps: readonly StandingStep[],
): Promise<Result<null, StepRefusal>> {
  await tx
    .deleteFrom('core.session_step')
    .where('session', '=', session)
    .where('state', '=', 'waiting')
    .execute();
  for (const step of steps)
    if (step.state === 'waiting') await laySteps(tx, facilitator, session, [step], step.position - 1);
  return ok(null);
}
