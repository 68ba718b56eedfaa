import { sql } from 'kysely';
import { withViewer } from '#platform/db.server.ts';
import { byPhone, type Viewer } from '#platform/viewer.ts';
import { phoneOf, type RoomPhone } from '../../access.ts';
import { nobodyYet, phoneFingerprint, roomBehind } from '../../joining/queries.server.ts';
import '../../tables.ts';
import { hearsRooms, noteRooms } from './hub.server.ts';

/** A phone at the door of its room or inside, and who on it is in. */
export interface Presence {
  readonly phone: RoomPhone;
  readonly session: string;
  readonly people: ReadonlySet<string>;
}

const mostKept = 20_000;
/** What was looked up, by a fingerprint of session and word; nothing of a ballot is ever in it. */
const kept = new Map<string, Presence>();
const sessions = new Map<string, string>();
let happened = 0;
let notes = false;

/** Keeps nothing that may have changed: when someone comes or goes in a room, or it opens or closes, its phones are looked up again. */
function takeNote(): void {
  if (notes) return;
  notes = true;
  noteRooms((session) => {
    happened++;
    for (const [key, presence] of kept)
      if (session === null || presence.session === session) kept.delete(key);
    for (const [code, room] of sessions) if (session === null || room === session) sessions.delete(code);
  });
}

/** The phone with this word in the room with this code, and who on it is in; null when there is none. */
export async function presenceOf(code: string, word: string): Promise<Presence | null> {
  takeNote();
  const [heardAll, since] = [hearsRooms(), happened];
  const session =
    (heardAll ? sessions.get(code) : undefined) ??
    (await withViewer(nobodyYet, (tx) => roomBehind(tx, code)));
  if (!session) return null;
  const fingerprint = phoneFingerprint(session, word);
  const key = fingerprint.toString('base64url');
  const known = heardAll ? kept.get(key) : undefined;
  if (known) return known;
  const presence = await withViewer(nobodyYet, async (tx) => {
    const { rows } = await sql<{
      phone: string;
      people: string[];
    }>`select phone, people from core.presence_of(${fingerprint})`.execute(tx);
    const phone = rows[0] ? phoneOf(byPhone(rows[0].phone)) : null;
    return phone && { phone, session, people: new Set(rows[0]?.people) };
  });
  // Nobody came or went anywhere while we looked, and we would have heard it.
  if (!presence || !heardAll || !hearsRooms() || happened !== since) return presence;
  if (kept.size >= mostKept) kept.clear();
  if (sessions.size >= mostKept) sessions.clear();
  kept.set(key, presence);
  sessions.set(code, session);
  return presence;
}

/** The room with this code, for who leads it; else null. */
export async function ledRoom(viewer: Viewer, code: string): Promise<string | null> {
  if (viewer.kind !== 'person') return null;
  return withViewer(viewer, async (tx) => {
    const room = await roomBehind(tx, code);
    const { rows } = await sql<{ leads: boolean }>`select core.facilitates(${room}::uuid) as leads`.execute(
      tx,
    );
    return rows[0]?.leads ? room : null;
  });
}
