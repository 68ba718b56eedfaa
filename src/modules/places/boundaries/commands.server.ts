import { insistOnOperator } from '#platform/access.server.ts';
import type { Tx } from '#platform/db.server.ts';
import '../tables.ts';
import type { Boundary } from './model.ts';

/** Puts these outlines in the place of all earlier ones; `source` names where they came from. Operator only. */
export async function replaceBoundaries(
  tx: Tx,
  boundaries: readonly Boundary[],
  source: string,
): Promise<void> {
  await insistOnOperator(tx);
  await tx.deleteFrom('pub.boundary').execute();
  // In portions, because one statement takes a limited number of values.
  for (let at = 0; at < boundaries.length; at += 500) {
    const rows = boundaries.slice(at, at + 500).map(({ code, outline }) => ({
      municipality_code: code,
      outline: JSON.stringify({ type: 'MultiPolygon', coordinates: outline }),
      source,
    }));
    await tx.insertInto('pub.boundary').values(rows).execute();
  }
}
