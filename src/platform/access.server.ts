import { sql } from 'kysely';
import type { Tx } from './db.server.ts';

const proven = new WeakSet<Tx>();

/** Whether this transaction is the operator's, or the house's own. */
export async function isOperator(tx: Tx): Promise<boolean> {
  if (proven.has(tx)) return true;
  const { rows } = await sql<{ mine: boolean }>`select core.is_operator() as mine`.execute(tx);
  if (!rows[0]?.mine) return false;
  proven.add(tx);
  return true;
}

/**
 * Throws unless the database knows this transaction to be the operator's, or the house's own. A deed that only the person
 * at the terminal of the machine may do begins with it; anyone else who gets this far is a mistake in our code.
 */
export async function insistOnOperator(tx: Tx): Promise<void> {
  if (!(await isOperator(tx))) throw new Error('Only the operator may do this.');
}

/** The rights the database knows by name: to see an entry at all, to keep it, to watch over it, to change it (keeping or watching). */
export type Right = 'see' | 'keep' | 'watch' | 'change';

/** Whether this transaction's viewer has this right over every one of these entries; the operator and the house have all. */
export async function hasRight(tx: Tx, right: Right, entries: readonly string[]): Promise<boolean> {
  if (entries.length === 0 || (await isOperator(tx))) return true;
  const { rows } = await sql<{ has: boolean }>`select bool_and(core.may(${right}, one.id)) as has
    from unnest(${[...new Set(entries)]}::uuid[]) as one(id)`.execute(tx);
  return rows[0]?.has ?? false;
}

/**
 * Throws unless this transaction's viewer has this right over all these entries. Deeds that answer a refusal ask
 * `hasRight` first; what gets this far without the right is a mistake in our code.
 */
export async function insistOnRight(tx: Tx, right: Right, entries: readonly string[]): Promise<void> {
  if (!(await hasRight(tx, right, entries))) throw new Error(`This viewer may not ${right} this entry.`);
}
