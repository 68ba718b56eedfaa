import { sql } from 'kysely';
import { insistOnOperator } from '#platform/access.server.ts';
import type { Tx } from '#platform/db.server.ts';
import { putOff } from '#platform/jobs/put-off.server.ts';
import { leaveHouse } from '../../people/commands/leave.server.ts';
import '../tables.ts';
import type { Tombstone } from './model.ts';

/** What was there again, and is taken away anew. */
export interface Replayed {
  readonly tellings: readonly { readonly item: string; readonly receipt: string }[];
  readonly people: readonly string[];
}

/**
 * Takes away again whatever these tombstones say was taken away before and an older backup brought back, and remembers the tombstones.
 * A second time it changes nothing.
 */
export async function replayTombstones(tx: Tx, stones: readonly Tombstone[]): Promise<Replayed> {
  await insistOnOperator(tx);
  await sql`insert into core.tombstone (kind, id_hash, at, reason)
    select s.kind, decode(s.hash, 'hex'), s.at::timestamptz, s.reason
    from json_to_recordset(${JSON.stringify(stones)}::json) as s (kind text, hash text, at text, reason text) on conflict do nothing`.execute(
    tx,
  );
  const back = await sql<{ item: string; receipt: string }>`
    select i.id as item, core.take_back(i.id, 'nl', 'screen') as receipt from core.consent_item i
    where i.taken_back_at is null and exists (select from core.tombstone t where t.kind = 'telling' and t.id_hash = sha256(convert_to(i.id::text, 'UTF8')))`.execute(
    tx,
  );
  const left = await sql<{ id: string }>`
    select p.id from core.person p where p.left_on is null
      and exists (select from core.tombstone t where t.kind = 'person' and t.id_hash = sha256(convert_to(p.id::text, 'UTF8')))`.execute(
    tx,
  );
  for (const { item, receipt } of back.rows) await putOff(tx, 'look-everywhere', { item, receipt });
  for (const { id } of left.rows) await leaveHouse(tx, { person: id });
  return { tellings: back.rows, people: left.rows.map(({ id }) => id) };
}

/** Lays the tombstone of someone who left, so that no older backup brings them back. Who did not leave gets none. */
export async function buryPerson(tx: Tx, person: string): Promise<void> {
  await insistOnOperator(tx);
  await sql`insert into core.tombstone (kind, id_hash, reason)
    select 'person', sha256(convert_to(p.id::text, 'UTF8')), 'left' from core.person p where p.id = ${person} and p.left_on is not null
    on conflict do nothing`.execute(tx);
}
