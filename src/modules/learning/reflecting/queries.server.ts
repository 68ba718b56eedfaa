import type { Tx } from '#platform/db.server.ts';
import type { Reflection } from './model.ts';
import './tables.ts';

/** What who is asking wrote for themselves, oldest first; the walls show nobody anything else. */
export async function myReflections(tx: Tx): Promise<Reflection[]> {
  return tx
    .selectFrom('core.reflection')
    .select(['id', 'facing', 'about', 'language', 'words', 'written_on as on'])
    .orderBy('written_on')
    .orderBy('id')
    .execute();
}
