import { sql } from 'kysely';
import { today } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { Facilitator } from '../../access.ts';
import { methodNames } from '../../model.ts';
import '../../tables.ts';
import { preparedSession } from '../queries.server.ts';

/** Keeps the steps of a session as a method of one's own, for facilitators to begin from; answers its key. */
export async function keepMethod(
  tx: Tx,
  facilitator: Facilitator,
  session: string,
  title: string,
): Promise<Result<string, 'not_yours'>> {
  const from = await preparedSession(tx, session);
  const came_from = methodNames.find((name) => name === from?.kind);
  if (!from || !came_from) return refused('not_yours');
  const steps = from.steps.map(({ kind, fromHouse, purpose, prompt, sides, minutes }) => ({
    ...{ kind, fromHouse, purpose, prompt, sides, minutes },
  }));
  const { id } = await tx
    .insertInto('core.method')
    .values({
      made_by: facilitator.id,
      came_from,
      title,
      language: from.language,
      steps: sql`${JSON.stringify(steps)}::jsonb`,
      ended_on: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return ok(id);
}

/** Offers an own method no longer; sessions made from it stay as they are. */
export async function endMethod(
  tx: Tx,
  facilitator: Facilitator,
  method: string,
): Promise<Result<null, 'not_yours'>> {
  const { numUpdatedRows } = await tx
    .updateTable('core.method')
    .set({ ended_on: today() })
    .where('id', '=', method)
    .where('made_by', '=', facilitator.id)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 0n ? refused('not_yours') : ok(null);
}
