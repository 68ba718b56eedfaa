import { sql } from 'kysely';
import { insistOnOperator } from '#platform/access.server.ts';
import { now } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { putOff } from '#platform/jobs/put-off.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { operator, type Operator } from '#platform/viewer.ts';
import type { Facilitator } from '../access.ts';
import '../ballots/drawing/jobs.server.ts';
import { tellRoom } from '../live/commands.server.ts';
import { draftMinutes } from '../minutes/commands.server.ts';
import { afterDeed, attendances, daysUntilForgotten } from '../model.ts';
import '../saying/tables.ts';
import '../tables.ts';
import { attendanceToTell, daysUntilClosed, type Attendances } from './model.ts';

export interface Closed {
  /** How many people were there, on phones and on paper. */
  readonly people: number;
  readonly ballots: number;
}

/**
 * Closes a room: ballots are laid down without a way back to whose they are, voices go, and who was there stays as counts of the
 * smallest size or more. `not_now` when it is not live or paused, or is led by others.
 */
export async function closeSession(
  tx: Tx,
  facilitator: Facilitator,
  session: string,
): Promise<Result<Closed, 'not_now'>> {
  return close(tx, facilitator, session);
}

async function close(
  tx: Tx,
  who: Facilitator | Operator,
  session: string,
): Promise<Result<Closed, 'not_now'>> {
  // Whoever votes at this moment is waited for, and whoever votes after it is too late.
  const room = await tx
    .selectFrom('core.session')
    .select(['state', 'door', 'smallest'])
    .where('id', '=', session)
    .forUpdate()
    .executeTakeFirst();
  const after = room ? afterDeed(room.state, 'close') : refused('not_now');
  if (!room || !after.ok) return refused('not_now');
  const roles = await rolesThere(tx, session, room.door);
  const cards = await sql<{
    cards: number;
  }>`select core.count_cards(${session}::uuid) as cards`.execute(tx);
  const people =
    Object.values(roles).reduce((sum, many) => sum + many, 0) + Number(cards.rows[0]?.cards ?? 0);
  const { unsaid: _unsaid, ...said } = roles;
  const attendance = attendanceToTell(said, people, room.smallest);
  const { rows } = await sql<{
    ballots: number;
  }>`select core.lay_ballots_down(${session}::uuid) as ballots`.execute(tx);
  await forgetWhoSaid(tx, session, attendance);
  await tx
    .updateTable('core.session_step')
    .set({ state: 'done', ends_at: null })
    .where('session', '=', session)
    .where('state', '=', 'open')
    .execute();
  await tx
    .updateTable('core.session')
    .set({
      state: after.value,
      closed_at: now(),
      step: null,
      people,
      attendance,
      held_on: sql`coalesce(held_on, (began_at at time zone 'Europe/Amsterdam')::date)`,
      held_precision: sql`case when held_on is null and began_at is not null then 'day' else held_precision end`,
    })
    .where('id', '=', session)
    .execute();
  await draftMinutes(tx, who, session, now());
  // What was announced is no longer coming.
  await sql`select core.lay_session_open(${session}::uuid)`.execute(tx);
  await putOff(tx, 'draw-picture', { session }, { onlyOnce: session });
  await tellRoom(tx, session, 'state', { state: after.value });
  return ok({ people, ballots: rows[0]?.ballots ?? 0 });
}

/** How many people were there as what; behind a door with admission who went out may never have been let in. */
async function rolesThere(
  tx: Tx,
  session: string,
  door: 'open' | 'admission',
): Promise<Record<keyof Attendances | 'unsaid', number>> {
  const rows = await tx
    .selectFrom('core.participant')
    .select(({ fn }) => ['role', fn.countAll<number>().as('many')])
    .where('session', '=', session)
    .where('state', 'in', door === 'open' ? ['in', 'out'] : ['in'])
    .groupBy('role')
    .execute();
  const counted = new Map(rows.map(({ role, many }) => [role ?? 'unsaid', Number(many)]));
  return Object.fromEntries(
    [...attendances, 'unsaid' as const].map((role) => [role, counted.get(role) ?? 0]),
  ) as Record<keyof Attendances | 'unsaid', number>;
}

async function forgetWhoSaid(tx: Tx, session: string, told: Attendances): Promise<void> {
  const few = attendances.filter((role) => told[role] === undefined);
  if (few.length > 0)
    await tx
      .updateTable('core.statement')
      .set({ as_role: null })
      .where('session', '=', session)
      .where('as_role', 'in', few)
      .execute();
  await tx
    .deleteFrom('core.room_voice')
    .where('statement', 'in', (of) =>
      of.selectFrom('core.statement').select('id').where('session', '=', session),
    )
    .execute();
}

/** Two weeks after the close, or once it was called off: forgets phones, people, authors and what the room heard, and lets the code go. */
export async function forgetRooms(tx: Tx): Promise<number> {
  await insistOnOperator(tx);
  const since = daysAgo(daysUntilForgotten);
  const rooms = await tx
    .selectFrom('core.session')
    .select('id')
    .where('origin', '=', 'room')
    .where((of) =>
      of.or([
        of('state', '=', 'called-off'),
        of.and([of('state', 'in', ['closed', 'shared']), of('closed_at', '<', since)]),
      ]),
    )
    .where((of) =>
      of.or([
        of('code', 'is not', null),
        of.exists(
          of.selectFrom('core.room_phone as p').select('p.id').whereRef('p.session', '=', 'core.session.id'),
        ),
      ]),
    )
    .forUpdate()
    .execute();
  for (const { id } of rooms) {
    await tx.deleteFrom('core.room_phone').where('session', '=', id).execute();
    // Until now their authors could still see what they took back.
    await tx
      .deleteFrom('core.statement')
      .where('session', '=', id)
      .where('standing', '=', 'withdrawn')
      .execute();
    await tx.deleteFrom('core.room_event').where('session', '=', id).execute();
    await tx.deleteFrom('core.room_picture_ballot').where('session', '=', id).execute();
    await tx.updateTable('core.session').set({ code: null }).where('id', '=', id).execute();
  }
  return rooms.length;
}

/** Closes rooms that nobody closed, and calls off lobbies in which nobody began, when nothing happened in them for long. */
export async function closeLeftRooms(tx: Tx): Promise<{ closed: number; calledOff: number }> {
  await insistOnOperator(tx);
  const left = await tx
    .selectFrom('core.session as s')
    .select(['s.id', 's.state'])
    .where('s.origin', '=', 'room')
    .where((of) =>
      of.or([
        of.and([of('s.state', 'in', ['live', 'paused']), quietSince(daysUntilClosed.room)]),
        of.and([
          of('s.state', '=', 'lobby'),
          quietSince(daysUntilClosed.lobby),
          of.or([of('s.starts_at', 'is', null), of('s.starts_at', '<', daysAgo(1))]),
        ]),
      ]),
    )
    .execute();
  let [closed, calledOff] = [0, 0];
  for (const { id, state } of left) {
    if (state !== 'lobby') {
      if ((await close(tx, operator, id)).ok) closed++;
      continue;
    }
    await tx.updateTable('core.session').set({ state: 'called-off' }).where('id', '=', id).execute();
    await sql`select core.lay_session_open(${id}::uuid)`.execute(tx);
    await tellRoom(tx, id, 'state', { state: 'called-off' });
    calledOff++;
  }
  return { closed, calledOff };
}

const daysAgo = (days: number): Date => new Date(now().getTime() - days * 86_400_000);

const quietSince = (days: number) =>
  sql<boolean>`greatest(s.made_at, s.began_at, (select max(e.at) from core.room_event e where e.session = s.id)) < ${daysAgo(days)}`;
