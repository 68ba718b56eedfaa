import { sql } from 'kysely';
import { hasRight } from '#platform/access.server.ts';
import type { Tx } from '#platform/db.server.ts';

/**
 * Writes down that the verifier who is asking looks at the exact place of an entry; whoever keeps the entry can read it.
 * False when they do not watch over it.
 */
export async function lookAtPlace(tx: Tx, id: string): Promise<boolean> {
  if (!(await hasRight(tx, 'watch', [id]))) return false;
  await tx
    .insertInto('core.place_look')
    .values({ initiative_id: id, person_id: sql<string>`core.viewer_person()`, purpose: 'verify' })
    .execute();
  return true;
}
