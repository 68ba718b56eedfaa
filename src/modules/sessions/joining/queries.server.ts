import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { byBallot, byPhone, type Viewer } from '#platform/viewer.ts';
import { phoneOf, type RoomPhone } from '../access.ts';
import '../tables.ts';
import { codeAsTyped, type RoomDoor } from './model.ts';

/** Whoever has not said yet which phone they are. */
export const nobodyYet = byPhone(null);
const hashed = (...words: readonly string[]) => createHash('sha256').update(words.join(' ')).digest();

/** The fingerprint by which a room knows a phone; another in every room, so that no two rooms can be joined by it. */
export const phoneFingerprint = (session: string, word: string): Buffer => hashed('room', session, word);

/**
 * The viewer of the ballot of someone on the phone with this word. Only the phone has the word, and the house keeps neither the
 * word nor what is worked out here, so nothing that is kept joins a person to a ballot.
 */
export const ballotOf = (session: string, participant: string, word: string): Viewer =>
  byBallot(hashed('ballot', session, participant, word).toString('hex'));

/** The key of the room behind this code, also after the close, or null. */
export async function roomBehind(tx: Tx, code: string): Promise<string | null> {
  const { rows } = await sql<{ room: string | null }>`select core.room_behind(${code}) as room`.execute(tx);
  return rows[0]?.room ?? null;
}

async function openPhone(tx: Tx, session: string, word: string): Promise<RoomPhone | null> {
  const { rows } = await sql<{
    phone: string;
  }>`select phone from core.open_phone(${phoneFingerprint(session, word)})`.execute(tx);
  return rows[0] ? phoneOf(byPhone(rows[0].phone)) : null;
}

/** The viewer of the phone that has this word in this room, or null. */
export const phoneWith = (session: string, word: string): Promise<RoomPhone | null> =>
  withViewer(nobodyYet, (tx) => openPhone(tx, session, word));

/** The phone with this word in the room that has this code, also after the close, or null. */
export async function phoneIn(
  code: string,
  word: string,
): Promise<{ readonly phone: RoomPhone; readonly session: string } | null> {
  if (codeAsTyped(code) !== code) return null;
  return withViewer(nobodyYet, async (tx) => {
    const session = await roomBehind(tx, code);
    const phone = session === null ? null : await openPhone(tx, session, word);
    return session !== null && phone ? { phone, session } : null;
  });
}

/** What stands on the door of the room that is open under this code, or null. */
export async function doorOf(code: string): Promise<RoomDoor | null> {
  return withViewer(nobodyYet, async (tx) => {
    const { rows } =
      await sql<RoomDoor>`select session, title, purpose, language, kind, door, place, starts_at as "startsAt"
      from core.room_door(${code})`.execute(tx);
    return rows[0] ?? null;
  });
}

/** Whether someone came into the room on this phone, also when they wait, left or were not let in. */
export const isInside = (phone: RoomPhone): Promise<boolean> =>
  withViewer(phone, async (tx) => {
    const someone = await tx
      .selectFrom('core.participant')
      .select('id')
      .where('phone', '=', phone.id)
      .executeTakeFirst();
    return someone !== undefined;
  });
