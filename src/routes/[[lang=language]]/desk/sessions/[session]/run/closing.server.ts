import { drawUpAgenda } from '#modules/agendas/commands/draw-up.server.ts';
import type { Facilitator } from '#modules/sessions/access.ts';
import { closeSession } from '#modules/sessions/closing/commands.server.ts';
import { holdSession } from '#modules/sessions/preparing/queries.server.ts';
import { today } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { refused, type Result } from '#platform/result.ts';

/**
 * Closes a session in one transaction: ballots are laid down for good, the minutes write themselves, and what was promised becomes
 * an agenda whose carriers are asked to confirm. A session in which nothing was promised has none.
 */
export async function closing(
  tx: Tx,
  facilitator: Facilitator,
  session: string,
  home: string,
): Promise<Result<unknown, 'not_yours' | 'not_now'>> {
  if (!(await holdSession(tx, session))) return refused('not_yours');
  const closed = await closeSession(tx, facilitator, session);
  if (!closed.ok) return closed;
  await drawUpAgenda(tx, facilitator, { session, home, on: today() });
  return closed;
}
