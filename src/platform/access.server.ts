import { sql } from 'kysely';
import type { Tx } from './db.server.ts';

const proven = new WeakSet<Tx>();

/**
 * Throws unless the database knows this transaction to be the operator's. A deed that only the person at the terminal
 * of the machine may do begins with it; anyone else who gets this far is a mistake in our code.
 */
export async function insistOnOperator(tx: Tx): Promise<void> {
  if (proven.has(tx)) return;
  const { rows } = await sql<{ mine: boolean }>`select core.is_operator() as mine`.execute(tx);
  if (!rows[0]?.mine) throw new Error('Only the operator may do this.');
  proven.add(tx);
}
