import type { Tx } from '#platform/db.server.ts';
import type { MunicipalityCode } from '../model.ts';
import '../tables.ts';
import type { Outline } from './model.ts';

/** The official outline of a municipality, where the operator imported one; null where not. */
export async function outlineOf(tx: Tx, code: MunicipalityCode): Promise<Outline | null> {
  const row = await tx
    .selectFrom('pub.boundary')
    .select('outline')
    .where('municipality_code', '=', code)
    .executeTakeFirst();
  return row?.outline.coordinates ?? null;
}
