import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { Facilitator, RoomPhone } from '../access.ts';
import { tellRoom } from '../live/commands.server.ts';
import { nextNumber } from '../saying/queries.server.ts';
import '../saying/tables.ts';
import type { Laying, Named, Sitting } from './input.ts';
import { mostIssues, type GroupingReason } from './model.ts';

/** Names a heap, new in the room. The walls look whether who asks is in it or leads it. */
export async function nameIssue(
  tx: Tx,
  _who: RoomPhone | Facilitator,
  session: string,
  named: Named,
): Promise<Result<string, GroupingReason>> {
  const made = await makeIssue(tx, session, named);
  if (made.ok) await tellRoom(tx, session, 'issue', {});
  return made;
}

async function makeIssue(
  tx: Tx,
  session: string,
  { title, language }: Named,
): Promise<Result<string, GroupingReason>> {
  const closed = await whyNot(tx, session);
  if (closed) return refused(closed);
  const number = await nextNumber(tx, session, 'issue');
  const { now } = await tx
    .selectFrom('core.issue')
    .select(({ fn }) => fn.countAll<number>().as('now'))
    .where('session', '=', session)
    .where('ended', '=', false)
    .executeTakeFirstOrThrow();
  if (Number(now) >= mostIssues) return refused('not_now');
  const { id } = await tx
    .insertInto('core.issue')
    .values({ session, number, title: { [language]: title }, language })
    .returning('id')
    .executeTakeFirstOrThrow();
  return ok(id);
}

/** Why the room cannot be changed now by who asks; null when it can. */
async function whyNot(tx: Tx, session: string): Promise<'not_now' | 'not_here' | null> {
  const { rows } = await sql<{ open: boolean; inside: boolean }>`select s.state in ('live', 'paused') as open,
      core.in_room(s.id) or core.facilitates(s.id) as inside
    from core.session s where s.id = ${session}::uuid`.execute(tx);
  const [room] = rows;
  if (!room?.inside) return 'not_here';
  return room.open ? null : 'not_now';
}

/** Gives a heap another name, or its name in another language; the names in other languages stay. */
export async function renameIssue(
  tx: Tx,
  _who: RoomPhone | Facilitator,
  session: string,
  issue: string,
  { title, language }: Named,
): Promise<Result<null, GroupingReason>> {
  const closed = await whyNot(tx, session);
  if (closed) return refused(closed);
  const { numUpdatedRows } = await tx
    .updateTable('core.issue')
    .set({ title: sql`title || ${JSON.stringify({ [language]: title })}::jsonb` })
    .where('id', '=', issue)
    .where('session', '=', session)
    .where('ended', '=', false)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return refused('not_here');
  await tellRoom(tx, session, 'issue', {});
  return ok(null);
}

/** Lets go of a heap on which nothing lies any more. */
export async function letIssueGo(
  tx: Tx,
  _who: RoomPhone | Facilitator,
  session: string,
  issue: string,
): Promise<Result<null, GroupingReason>> {
  const closed = await whyNot(tx, session);
  if (closed) return refused(closed);
  const { numUpdatedRows } = await tx
    .updateTable('core.issue')
    .set({ ended: true })
    .where('id', '=', issue)
    .where('session', '=', session)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('core.statement')
            .select('core.statement.id')
            .where('core.statement.issue', '=', issue)
            .where('core.statement.standing', '=', 'open'),
        ),
      ),
    )
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return refused('not_here');
  await tellRoom(tx, session, 'issue', {});
  return ok(null);
}

/** Lays statements on a heap, on a new one, or off every heap; what is not there any more stays where it is. */
export async function layUnder(
  tx: Tx,
  _who: RoomPhone | Facilitator,
  session: string,
  { statements, on }: Laying,
): Promise<Result<null, GroupingReason>> {
  const closed = await whyNot(tx, session);
  if (closed) return refused(closed);
  const heap = on === null ? ok(null) : 'issue' in on ? ok(on.issue) : await makeIssue(tx, session, on.named);
  if (!heap.ok) return heap;
  const { rows } = await sql<{
    laid: number;
  }>`select count(*) filter (where core.lay_under(s.id, ${heap.value}::uuid))::integer as laid
    from core.statement s where s.session = ${session}::uuid and s.id = any(${[...statements].sort()}::uuid[])`.execute(
    tx,
  );
  const isNew = on !== null && 'named' in on;
  // A new heap stands, also when what would lie on it went meanwhile.
  if (!isNew && !rows[0]?.laid) return refused('not_here');
  await tellRoom(tx, session, isNew ? 'issue' : 'grouped', {});
  return ok(null);
}

/** Sits someone on this phone down in a small group, in place of where they sat; null gets up. */
export async function sit(
  tx: Tx,
  phone: RoomPhone,
  session: string,
  { who, number }: Sitting,
): Promise<Result<null, GroupingReason>> {
  const closed = await whyNot(tx, session);
  if (closed) return refused(closed);
  const person = await tx
    .selectFrom('core.participant')
    .select('id')
    .where('id', '=', who)
    .where('phone', '=', phone.id)
    .where('session', '=', session)
    .where('state', '=', 'in')
    .executeTakeFirst();
  const group =
    number === null ||
    (await tx
      .selectFrom('core.room_group')
      .select('number')
      .where('session', '=', session)
      .where('number', '=', number)
      .executeTakeFirst());
  if (!person || !group) return refused('not_here');
  await tx.deleteFrom('core.room_group_seat').where('participant', '=', who).execute();
  if (number !== null)
    await tx.insertInto('core.room_group_seat').values({ participant: who, session, number }).execute();
  await tellRoom(tx, session, 'groups', {});
  return ok(null);
}
