import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { Oneself } from '../../people/access.ts';
import type { Guide, Looker } from '../access.ts';
import '../tables.ts';
import type { ToldKind } from './model.ts';

const tables = {
  dilemma: 'core.dilemma',
  position: 'core.dilemma_position',
  insight: 'core.insight_card',
  change: 'core.trajectory_change',
} as const satisfies Record<ToldKind, string>;

interface Looked {
  readonly kind: ToldKind;
  readonly id: string;
  /** Why it is given back, to who told it; null opens it. */
  readonly why: string | null;
}

/**
 * Opens what somebody told, or gives it back with the reason. Refuses what does not wait, what is not theirs to look at, and their own
 * words: those wait for somebody else.
 */
export async function lookAt(
  tx: Tx,
  looker: Looker | Guide,
  { kind, id, why }: Looked,
): Promise<Result<null, 'learning.refused.not-there'>> {
  const { numAffectedRows } =
    await sql`update ${sql.table(tables[kind])} set standing = ${why === null ? 'open' : 'returned'},
    why = ${why}, looked_by = ${looker.person}, looked_on = core.today()
    where id = ${id} and standing = 'waiting' and told_by is distinct from ${looker.person}`.execute(tx);
  return numAffectedRows === 0n ? refused('learning.refused.not-there') : ok(null);
}

/** Takes back what someone told themselves, wherever it stands; it is gone from the street at once. */
export async function takeBackTold(
  tx: Tx,
  self: Oneself,
  kind: ToldKind,
  id: string,
): Promise<Result<null, 'learning.refused.not-there'>> {
  const { numAffectedRows } =
    await sql`delete from ${sql.table(tables[kind])} where id = ${id} and told_by = ${self.person}`.execute(
      tx,
    );
  return numAffectedRows === 0n ? refused('learning.refused.not-there') : ok(null);
}
