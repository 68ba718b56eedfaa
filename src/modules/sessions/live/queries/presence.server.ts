import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { withViewer } from '#platform/db.server.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { RoomPhone } from '../../access.ts';
import { phoneIn } from '../../joining/queries.server.ts';
import '../../tables.ts';
import { hearsRooms, noteRooms } from './hub.server.ts';

/** A phone at the door of its room or inside, and who on it is in. */
export interface Presence {
  readonly phone: RoomPhone;
  readonly session: string;
  readonly people: ReadonlySet<string>;
}

const mostKept = 20_000;
/** What was looked up, by a fingerprint of code and word; nothing of a ballot is ever in it. */
const kept = new Map<string, Presence>();
let happened = 0;
let notes = false;

/** Keeps nothing that may have changed: whatever happens in a room, its phones are looked up again. */
function takeNote(): void {
  if (notes) return;
  notes = true;
  noteRooms((session) => {
    happened++;
    for (const [key, presence] of kept)
      if (session === null || presence.session === session) kept.delete(key);
  });
}

/** The phone with this word in the room with this code, and who on it is in; null when there is none. */
export async function presenceOf(code: string, word: string): Promise<Presence | null> {
  takeNote();
  const key = createHash('sha256').update(`${code} ${word}`).digest('base64url');
  const known = hearsRooms() ? kept.get(key) : undefined;
  if (known) return known;
  const [heardAll, since] = [hearsRooms(), happened];
  const found = await phoneIn(code, word);
  if (!found) return null;
  const people = await withViewer(found.phone, (tx) =>
    tx
      .selectFrom('core.participant')
      .select('id')
      .where('phone', '=', found.phone.id)
      .where('session', '=', found.session)
      .where('state', '=', 'in')
      .execute(),
  );
  const presence = { ...found, people: new Set(people.map(({ id }) => id)) };
  if (kept.size >= mostKept) kept.clear();
  // Nothing happened anywhere while we looked, and we would have heard it.
  if (heardAll && hearsRooms() && happened === since) kept.set(key, presence);
  return presence;
}

/** The room with this code, for who leads it; else null. */
export async function ledRoom(viewer: Viewer, code: string): Promise<string | null> {
  if (viewer.kind !== 'person') return null;
  return withViewer(viewer, async (tx) => {
    const { rows } = await sql<{
      room: string | null;
    }>`select room from (select core.room_behind(${code}) as room) r
      where core.facilitates(room)`.execute(tx);
    return rows[0]?.room ?? null;
  });
}
