import { withViewer, type Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { byPhone, house } from '#platform/viewer.ts';
import { phoneOf, type RoomPhone } from '../access.ts';
import { tellRoom } from '../live/commands.server.ts';
import '../tables.ts';
import { fitsOnPhone, type Coming } from './model.ts';
import { doorOf, phoneFingerprint } from './queries.server.ts';

/**
 * Does this deed of the phone once: the same key again answers what the first answered, also when both come at the same time.
 * What was refused may be tried again.
 */
export async function onceFor<Value extends string | null, Reason extends string>(
  tx: Tx,
  phone: RoomPhone,
  deed: string,
  work: () => Promise<Result<Value, Reason>>,
): Promise<Result<Value, Reason>> {
  const taken = await tx
    .insertInto('core.room_deed')
    .values({ phone: phone.id, deed })
    .onConflict((conflict) => conflict.doNothing())
    .returning('deed')
    .executeTakeFirst();
  if (!taken) {
    const { outcome } = await tx
      .selectFrom('core.room_deed')
      .select('outcome')
      .where('phone', '=', phone.id)
      .where('deed', '=', deed)
      .executeTakeFirstOrThrow();
    return ok((outcome as { readonly value: Value }).value);
  }
  const answer = await work();
  if (answer.ok)
    await tx
      .updateTable('core.room_deed')
      .set({ outcome: JSON.stringify({ value: answer.value }) })
      .where('phone', '=', phone.id)
      .where('deed', '=', deed)
      .execute();
  else await tx.deleteFrom('core.room_deed').where('phone', '=', phone.id).where('deed', '=', deed).execute();
  return answer;
}

/**
 * Brings a phone with this word into the room that is open under this code, with one person on it; the room is told. Who comes
 * again on the same phone is who they were: nobody is two people by pressing twice.
 */
export async function comeIn(
  code: string,
  word: string,
  language: Language,
  coming: Coming,
): Promise<Result<{ readonly session: string }, 'no_room'>> {
  const door = await doorOf(code);
  if (!door) return refused('no_room');
  const { session } = door;
  // Nobody reads or makes a phone but the house; the word itself is not kept.
  const id = await withViewer(house, async (tx) => {
    const reads = { language, beside: coming.beside === language ? null : coming.beside };
    const made = await tx
      .insertInto('core.room_phone')
      .values({ session, word_hash: phoneFingerprint(session, word), ...reads })
      .onConflict((conflict) => conflict.column('word_hash').doUpdateSet(reads))
      .returning('id')
      .executeTakeFirstOrThrow();
    return made.id;
  });
  const phone = phoneOf(byPhone(id));
  if (!phone) throw new Error('A phone that came in is no phone.');
  await withViewer(phone, async (tx) => {
    await alone(tx, phone);
    if ((await peopleOn(tx, phone)) === 0) await putOn(tx, phone, session, coming);
  });
  return ok({ session });
}

/** Two taps at the same moment wait for each other. */
const alone = (tx: Tx, phone: RoomPhone) =>
  tx.selectFrom('core.room_phone').select('id').where('id', '=', phone.id).forUpdate().executeTakeFirst();

async function peopleOn(tx: Tx, phone: RoomPhone): Promise<number> {
  const { people } = await tx
    .selectFrom('core.participant')
    .select(({ fn }) => fn.countAll<number>().as('people'))
    .where('phone', '=', phone.id)
    .executeTakeFirstOrThrow();
  return people;
}

// Whether they are let in at once or wait at the door, the walls decide by the door of the room.
async function putOn(tx: Tx, phone: RoomPhone, session: string, { called, role }: Coming): Promise<void> {
  await tx.insertInto('core.participant').values({ session, phone: phone.id, called, role }).execute();
  await tellRoom(tx, session, 'people');
}

interface OfSomeone {
  readonly session: string;
  readonly who: string;
}

/** Someone else sits down at this phone: they share the screen, each with a ballot of their own. */
export async function sitTogether(
  tx: Tx,
  phone: RoomPhone,
  session: string,
  coming: Coming,
): Promise<Result<null, 'full' | 'over'>> {
  if (!(await isOpen(tx, session))) return refused('over');
  await alone(tx, phone);
  if (!fitsOnPhone(await peopleOn(tx, phone))) return refused('full');
  await putOn(tx, phone, session, coming);
  return ok(null);
}

/** Someone on this phone goes out; what they said and voted stays. */
export const leaveRoom = (tx: Tx, phone: RoomPhone, of: OfSomeone) => moves(tx, phone, of, 'out');

/** Someone who went out comes back on the same phone: in, or to the door when the room lets people in one by one. */
export const comeBack = (tx: Tx, phone: RoomPhone, of: OfSomeone) => moves(tx, phone, of, 'back');

async function moves(
  tx: Tx,
  phone: RoomPhone,
  { session, who }: OfSomeone,
  where: 'out' | 'back',
): Promise<Result<null, 'over' | 'not_here'>> {
  // Who went out just before the close still comes back to read and mend the minutes.
  if (!(await isOpen(tx, session, where === 'back'))) return refused('over');
  const [{ door = 'open' } = {}] = await tx
    .selectFrom('core.session')
    .select('door')
    .where('id', '=', session)
    .execute();
  const { numUpdatedRows } = await tx
    .updateTable('core.participant')
    .set({ state: where === 'out' ? 'out' : door === 'open' ? 'in' : 'waiting' })
    .where('id', '=', who)
    .where('phone', '=', phone.id)
    .where('state', 'in', where === 'out' ? ['in', 'waiting'] : ['out'])
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return refused('not_here');
  await tellRoom(tx, session, 'people');
  return ok(null);
}

async function isOpen(tx: Tx, session: string, orClosed = false): Promise<boolean> {
  const found = await tx
    .selectFrom('core.session')
    .select('id')
    .where('id', '=', session)
    .where('state', 'in', ['lobby', 'live', 'paused', ...(orClosed ? (['closed'] as const) : [])])
    .executeTakeFirst();
  return found !== undefined;
}

/** Someone on this phone is called otherwise from now on, or is here as something else. */
export async function beCalled(
  tx: Tx,
  phone: RoomPhone,
  { session, who, called, role }: OfSomeone & Pick<Coming, 'called' | 'role'>,
): Promise<Result<null, 'over' | 'not_here'>> {
  if (!(await isOpen(tx, session))) return refused('over');
  const { numUpdatedRows } = await tx
    .updateTable('core.participant')
    .set({ called, role })
    .where('id', '=', who)
    .where('phone', '=', phone.id)
    .executeTakeFirst();
  return numUpdatedRows === 0n ? refused('not_here') : ok(null);
}

/** The phone reads in another language, or with another beside it. */
export async function readIn(
  tx: Tx,
  phone: RoomPhone,
  language: Language,
  beside: string | null,
): Promise<Result<null, never>> {
  await tx
    .updateTable('core.room_phone')
    .set({ language, beside: beside === language ? null : beside })
    .where('id', '=', phone.id)
    .execute();
  return ok(null);
}
