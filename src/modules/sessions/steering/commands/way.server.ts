import { sql } from 'kysely';
import { now } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { Facilitator } from '../../access.ts';
import { tellRoom } from '../../live/commands.server.ts';
import { afterDeed, type SessionDeed } from '../../model.ts';
import { holdSession, stepsOf } from '../../preparing/queries.server.ts';
import '../../tables.ts';

export type SteeringRefusal = 'not_yours' | 'not_now' | 'no_such_step';
type Done = Promise<Result<null, SteeringRefusal>>;

/** Moves a session on; sharing and closing have deeds of their own. To begin opens the first step too. */
export async function moveOn(
  tx: Tx,
  facilitator: Facilitator,
  session: string,
  deed: Exclude<SessionDeed, 'close' | 'share'>,
): Done {
  const held = await holdSession(tx, session);
  if (!held) return refused('not_yours');
  const to = afterDeed(held.state, deed);
  if (!to.ok) return to;
  await tx
    .updateTable('core.session')
    .set({ state: to.value, ...(deed === 'begin' ? { began_at: now() } : {}) })
    .where('id', '=', session)
    .execute();
  if (deed === 'call-off') await sql`select core.lay_session_open(${session}::uuid)`.execute(tx);
  await tellRoom(tx, session, 'state');
  if (deed !== 'begin') return ok(null);
  const [first] = await stepsOf(tx, session);
  return first ? openStep(tx, facilitator, session, first.position) : ok(null);
}

/** Opens a step, and with it closes the one that was open; what was done can be opened again. */
export async function openStep(tx: Tx, _facilitator: Facilitator, session: string, position: number): Done {
  const held = await holdSession(tx, session);
  if (!held) return refused('not_yours');
  if (held.state !== 'live') return refused('not_now');
  await endOpen(tx, session);
  const { numUpdatedRows } = await tx
    .updateTable('core.session_step')
    .set({ state: 'open', ends_at: null })
    .where('session', '=', session)
    .where('position', '=', position)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) return refused('no_such_step');
  await tx.updateTable('core.session').set({ step: position }).where('id', '=', session).execute();
  await tellRoom(tx, session, 'step', { position });
  return ok(null);
}

/** Ends the open step; the room waits for the next. */
export async function closeStep(tx: Tx, _facilitator: Facilitator, session: string): Done {
  const held = await holdSession(tx, session);
  if (!held) return refused('not_yours');
  if (held.state !== 'live' || held.step === null) return refused('not_now');
  await endOpen(tx, session);
  await tx.updateTable('core.session').set({ step: null }).where('id', '=', session).execute();
  await tellRoom(tx, session, 'step');
  return ok(null);
}

async function endOpen(tx: Tx, session: string): Promise<void> {
  await tx
    .updateTable('core.session_step')
    .set({ state: 'done', ends_at: null })
    .where('session', '=', session)
    .where('state', '=', 'open')
    .execute();
}

/** Sets the timer of the open step to ring in so many minutes from now, or takes it away. */
export async function setTimer(
  tx: Tx,
  _facilitator: Facilitator,
  session: string,
  minutes: number | null,
): Done {
  const held = await holdSession(tx, session);
  if (!held) return refused('not_yours');
  if (held.step === null || !['live', 'paused'].includes(held.state)) return refused('not_now');
  await tx
    .updateTable('core.session_step')
    .set({ ends_at: minutes === null ? null : new Date(now().getTime() + minutes * 60_000) })
    .where('session', '=', session)
    .where('state', '=', 'open')
    .execute();
  await tellRoom(tx, session, 'timer');
  return ok(null);
}
