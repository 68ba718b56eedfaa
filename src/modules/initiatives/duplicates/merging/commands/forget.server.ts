import { sql } from 'kysely';
import { insistOnOperator } from '#platform/access.server.ts';
import type { Tx } from '#platform/db.server.ts';
import { daysToUndo } from '../model.ts';

/** Forgets what was kept only to undo mergers that can no longer be undone. Asks a transaction of the house or the operator. */
export async function forgetMergers(tx: Tx): Promise<void> {
  await insistOnOperator(tx);
  await sql`delete from vault.merger_memory v using core.merger m
    where m.id = v.merger_id and m.merged_at < now() - make_interval(days => ${daysToUndo})`.execute(tx);
}
