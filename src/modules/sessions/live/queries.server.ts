import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import type { RoomEventKind } from '../model.ts';
import '../tables.ts';
import type { RoomCounts, RoomEvent } from './model.ts';

/** What happened in a room after this number, in order; none is ever passed over, because a room's events are numbered in the order of their commits. */
export async function eventsAfter(tx: Tx, session: string, number: number): Promise<RoomEvent[]> {
  const events = await tx
    .selectFrom('core.room_event')
    .select(['number', 'kind', 'about'])
    .where('session', '=', session)
    .where('number', '>', number)
    .orderBy('number')
    .execute();
  return events.map((event) => ({ ...event, kind: event.kind as RoomEventKind }));
}

/** The number of the last event in a room, 0 before the first. */
export async function lastEvent(tx: Tx, session: string): Promise<number> {
  const { last } = await tx
    .selectFrom('core.session')
    .select('last_event as last')
    .where('id', '=', session)
    .executeTakeFirstOrThrow();
  return last;
}

/** How many people are in the room, and how many answered each statement that lies open. */
export async function roomCounts(tx: Tx, session: string): Promise<RoomCounts> {
  const { people } = await tx
    .selectFrom('core.participant')
    .select(({ fn }) => fn.countAll<number>().as('people'))
    .where('session', '=', session)
    .where('state', '=', 'in')
    .executeTakeFirstOrThrow();
  const { rows } = await sql<{
    number: number;
    seen: number;
  }>`select number, seen from core.count_votes(${session}::uuid) where seen > 0 order by number`.execute(tx);
  return { people, seen: Object.fromEntries(rows.map(({ number, seen }) => [number, seen])) };
}
