import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { Teller } from '../access.ts';
import type { Placing } from '../model.ts';
import '../tables.ts';

/** Writes down where the teller places their telling; a frame that is not said any more is forgotten. */
export async function placeTelling(
  tx: Tx,
  _teller: Teller,
  telling: string,
  placings: readonly Placing[],
): Promise<Result<null, 'telling_unknown'>> {
  const { rows } = await sql<{ tells: boolean }>`select core.tells(${telling}) as tells`.execute(tx);
  if (!rows[0]?.tells) return refused('telling_unknown');
  await tx.deleteFrom('core.signification').where('telling', '=', telling).execute();
  if (placings.length > 0)
    await tx
      .insertInto('core.signification')
      .values(
        placings.map((placing) => {
          const [a = null, b = null, c = null] = placing.fits ? placing.shares : [];
          return { telling, frame: placing.frame, fits: placing.fits, a, b, c };
        }),
      )
      .execute();
  return ok(null);
}
