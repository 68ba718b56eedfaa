import type { Tx } from '#platform/db.server.ts';
import '../../tables.ts';
import type { Draw } from '../merging/model.ts';

/** On what a block rests now. */
export const standingDraws = (tx: Tx, paragraph: string): Promise<Draw[]> =>
  tx
    .selectFrom('core.draw')
    .select(['piece', 'way'])
    .where('paragraph', '=', paragraph)
    .orderBy('piece')
    .orderBy('way')
    .execute();
