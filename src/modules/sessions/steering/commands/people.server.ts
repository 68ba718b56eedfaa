import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { Facilitator } from '../../access.ts';
import { tellRoom } from '../../live/commands.server.ts';
import { isOpen } from '../../preparing/model.ts';
import { holdSession } from '../../preparing/queries.server.ts';
import '../../saying/tables.ts';
import '../../tables.ts';
import { dealt, groupsOf } from '../model.ts';

type Done = Promise<Result<null, 'not_yours' | 'not_now' | 'nobody'>>;

async function change(
  tx: Tx,
  session: string,
  people: readonly string[],
  from: readonly ('waiting' | 'in' | 'out' | 'turned-away')[],
  to: { readonly state: 'in' | 'turned-away' } | { readonly helps: boolean },
): Done {
  const held = await holdSession(tx, session);
  if (!held) return refused('not_yours');
  if (!isOpen(held.state)) return refused('not_now');
  if (people.length === 0) return refused('nobody');
  const { numUpdatedRows } = await tx
    .updateTable('core.participant')
    .set(to)
    .where('session', '=', session)
    .where('id', 'in', people)
    .where('state', 'in', from)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) return refused('nobody');
  await tellRoom(tx, session, 'people');
  return ok(null);
}

/** Lets in who waits at the door, or who was turned away after all. */
export const letIn = (tx: Tx, _facilitator: Facilitator, session: string, people: readonly string[]): Done =>
  change(tx, session, people, ['waiting', 'turned-away'], { state: 'in' });

/** Lets someone not in, or asks them out. What they said stays as it is. */
export const turnAway = (
  tx: Tx,
  _facilitator: Facilitator,
  session: string,
  people: readonly string[],
): Done => change(tx, session, people, ['waiting', 'in'], { state: 'turned-away' });

/** Lets someone in the room type in paper cards, or no longer. */
export const letHelp = (
  tx: Tx,
  _facilitator: Facilitator,
  session: string,
  person: string,
  helps: boolean,
): Done => change(tx, session, person === '' ? [] : [person], ['in', 'out'], { helps });

/** Deals everyone who is in over small groups by lot, all anew; who shares a phone stays together. */
export async function dealGroups(tx: Tx, _facilitator: Facilitator, session: string, size: number): Done {
  const held = await holdSession(tx, session);
  if (!held) return refused('not_yours');
  if (!['live', 'paused'].includes(held.state)) return refused('not_now');
  const people = await tx
    .selectFrom('core.participant')
    .select(['id', 'phone'])
    .where('session', '=', session)
    .where('state', '=', 'in')
    .orderBy('id')
    .execute();
  if (people.length === 0) return refused('nobody');
  const groups = groupsOf(people.length, size);
  const seats = [...dealt(people, groups, Math.random)];
  await tx.deleteFrom('core.room_group').where('session', '=', session).execute();
  await tx
    .insertInto('core.room_group')
    .values(Array.from({ length: groups }, (_, at) => ({ session, number: at + 1, called: null })))
    .execute();
  await sql`insert into core.room_group_seat (participant, session, number) select x.p, ${session}::uuid, x.n
    from unnest(${seats.map(([person]) => person)}::uuid[], ${seats.map(([, number]) => number)}::smallint[]) x(p, n)`.execute(
    tx,
  );
  await tellRoom(tx, session, 'groups');
  return ok(null);
}
