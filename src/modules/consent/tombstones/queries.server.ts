import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import '../tables.ts';
import type { Tombstone } from './model.ts';

/** Every tombstone, the oldest first; only the house and the operator see them. */
export async function tombstones(tx: Tx): Promise<Tombstone[]> {
  const { rows } = await sql<Tombstone>`
    select kind, encode(id_hash, 'hex') as hash, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, reason
    from core.tombstone order by core.tombstone.at, id_hash`.execute(tx);
  return rows;
}
