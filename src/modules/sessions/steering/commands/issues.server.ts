import type { Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { Theme } from '../../../initiatives/model.ts';
import type { Facilitator } from '../../access.ts';
import { showOnStreet } from '../../preparing/commands/session.server.ts';
import { holdSession } from '../../preparing/queries.server.ts';
import '../../saying/tables.ts';

/**
 * Says which themes of the field the issues of a room touch, so that a region can be read across sessions. The words of the room
 * stay as they are; once the minutes are public, so is this.
 */
export async function tieToThemes(
  tx: Tx,
  facilitator: Facilitator,
  session: string,
  ties: ReadonlyMap<string, readonly Theme[]>,
): Promise<Result<null, 'not_yours'>> {
  const held = await holdSession(tx, session);
  if (!held) return refused('not_yours');
  for (const [issue, themes] of ties)
    await tx
      .updateTable('core.issue')
      .set({ themes: [...themes] })
      .where('id', '=', issue)
      .where('session', '=', session)
      .execute();
  if (held.state === 'shared') await showOnStreet(tx, facilitator, session);
  return ok(null);
}
