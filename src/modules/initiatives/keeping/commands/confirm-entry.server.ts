import { sql } from 'kysely';
import { hasRight } from '#platform/access.server.ts';
import { today } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { layOpen } from '../../commands.server.ts';
import { entryToKeep } from '../queries.server.ts';
import { layTellings } from '../telling/commands.server.ts';

/**
 * Says in the initiative's own voice that everything is still right, as an event of its own, once a day. False when who is
 * asking does not keep the entry.
 */
export async function confirmEntry(tx: Tx, id: string): Promise<boolean> {
  if (!(await hasRight(tx, 'keep', [id]))) return false;
  await sql`select from core.initiative where id = ${id} for update`.execute(tx);
  const entry = await entryToKeep(tx, id, 'nl');
  if (!entry) return false;
  await tx
    .updateTable('core.initiative')
    .set({ confirmed_on: sql<string>`core.today()`, last_sign: 'seen', changed_at: sql<Date>`now()` })
    .where('id', '=', id)
    .execute();
  const isTold = entry.events.some((event) => event.kind === 'confirmed' && event.day === today());
  // What rests or has ended, and is right so, does not begin again by saying it.
  if (!isTold && entry.state === 'active')
    await layTellings(
      tx,
      id,
      'own',
      [
        {
          kind: 'confirmed',
          day: today(),
          precision: 'day',
          change: {},
          of: null,
          insteadOf: null,
          sources: [],
        },
      ],
      entry.atFirst,
    );
  await layOpen(tx, [id]);
  return true;
}
