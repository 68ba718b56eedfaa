import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { ok, type Result } from '#platform/result.ts';
import { layOpen } from '../../commands.server.ts';
import type { WatchedMatter } from '../access.ts';
import { forgetAssignment } from './assign.server.ts';

/** Says what a verifier found of a relation of which both sides differ. Their voices stay beside it; it waits no longer. */
export async function weighRelation(
  tx: Tx,
  matter: WatchedMatter,
  stance: 'confirms' | 'disputes',
): Promise<Result<null>> {
  await sql`insert into core.relation_voice (relation_id, who, stance, said_on) values (${matter.subject}, 'verifier', ${stance}, core.today())
    on conflict (relation_id, who) do update set stance = excluded.stance, said_on = excluded.said_on`.execute(
    tx,
  );
  await forgetAssignment(tx, matter);
  await layOpen(tx, [matter.initiative]);
  return ok(null);
}
