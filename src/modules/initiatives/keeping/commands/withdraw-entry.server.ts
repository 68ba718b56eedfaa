import { sql } from 'kysely';
import { hasRight } from '#platform/access.server.ts';
import type { Tx } from '#platform/db.server.ts';
import { layOpen } from '../../commands.server.ts';
import type { Standing } from '../../model.ts';
import { noteChanges } from './settle-parts.server.ts';

async function standAs(
  tx: Tx,
  id: string,
  from: readonly Standing[],
  to: 'withdrawn' | 'proposed',
): Promise<boolean> {
  const before = await tx
    .selectFrom('core.initiative')
    .select('standing')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!before || !from.includes(before.standing)) return false;
  await noteChanges(tx, id, 'own', [{ field: 'standing', was: before.standing, became: to }]);
  await tx
    .updateTable('core.initiative')
    .set({ standing: to, changed_at: sql<Date>`now()` })
    .where('id', '=', id)
    .execute();
  return true;
}

/** Takes an entry off the map for its keeper: gone at once from page, search, map and data. False when who is asking does not keep it. */
export async function withdrawEntry(tx: Tx, id: string): Promise<boolean> {
  if (!(await hasRight(tx, 'keep', [id]))) return false;
  if (!(await standAs(tx, id, ['laid', 'proposed'], 'withdrawn'))) return false;
  // Who brought a new entry keeps it as long as it waits; nothing of it was open.
  if (await hasRight(tx, 'change', [id])) await layOpen(tx, [id]);
  return true;
}

/** Asks for a withdrawn entry to be put back: it waits for a verifier again. False when who is asking does not keep it. */
export async function bringBackEntry(tx: Tx, id: string): Promise<boolean> {
  if (!(await hasRight(tx, 'keep', [id]))) return false;
  return standAs(tx, id, ['withdrawn'], 'proposed');
}
