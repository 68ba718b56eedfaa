import type { Tx } from '#platform/db.server.ts';
import type { Remark } from '../model.ts';
import '../tables.ts';

/** What was said of a rendering to its translator, newest first; for the translator, the teller, and who said it. */
export async function remarksOn(tx: Tx, rendering: string): Promise<Remark[]> {
  return tx
    .selectFrom('core.rendering_remark')
    .select(['is_right as isRight', 'words', 'by_teller as byTeller'])
    .where('rendering', '=', rendering)
    .orderBy('said_at', 'desc')
    .limit(20)
    .execute();
}
