import type { Tx } from '#platform/db.server.ts';
import type { Verifier } from '../access.ts';
import '../tables.ts';

/** Keeps a way of looking at the queue under a name; the same name again takes its place. */
export async function keepFilter(tx: Tx, who: Verifier, name: string, asked: string): Promise<void> {
  await tx
    .insertInto('core.desk_filter')
    .values({ person_id: who.id, name, asked: asked.slice(0, 500) })
    .onConflict((clash) =>
      clash.columns(['person_id', 'name']).doUpdateSet((row) => ({ asked: row.ref('excluded.asked') })),
    )
    .execute();
}

/** Forgets one of one's own filters. */
export async function forgetFilter(tx: Tx, who: Verifier, id: string): Promise<void> {
  await tx.deleteFrom('core.desk_filter').where('id', '=', id).where('person_id', '=', who.id).execute();
}
