import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import '../saying/tables.ts';
import type { GroupSeen, IssueSeen } from './model.ts';

/** The heaps of the room, in the order they were named. */
export async function issuesIn(tx: Tx, session: string): Promise<IssueSeen[]> {
  return tx
    .selectFrom('core.issue')
    .select(['id', 'number', 'title', 'language'])
    .where('session', '=', session)
    .where('ended', '=', false)
    .orderBy('number')
    .execute();
}

/** The small groups of the room, with how many sit in each, and who on this phone. */
export async function groupsIn(tx: Tx, session: string): Promise<GroupSeen[]> {
  const { rows } = await sql<GroupSeen>`select g.number, g.called, c.seats,
      coalesce((select jsonb_agg(z.participant) from core.room_group_seat z where z.session = g.session and z.number = g.number
        and core.is_mine(z.participant)), '[]') as here
    from core.room_group g join core.count_seats(${session}::uuid) c on c.number = g.number
    where g.session = ${session}::uuid order by g.number`.execute(tx);
  return rows;
}
