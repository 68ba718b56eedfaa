import { insistOnOperator } from '#platform/access.server.ts';
import { now } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import '../tables.ts';

/** Closes a receipt: every place was looked at again, and nothing was found. A receipt that was closed keeps its moment. */
export async function closeReceipt(tx: Tx, receipt: string): Promise<void> {
  await insistOnOperator(tx);
  await tx
    .updateTable('core.receipt')
    .set({ done_at: now() })
    .where('id', '=', receipt)
    .where('done_at', 'is', null)
    .execute();
}
