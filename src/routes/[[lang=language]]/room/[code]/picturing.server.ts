import type { RoomSeen } from '#modules/sessions/room/model.ts';
import type { Tx } from '#platform/db.server.ts';
import type { Here } from './here.server.ts';

/** The last picture of the room, in a step that shows it and after the close; else null. */
export async function picturingSeen(_tx: Tx, _here: Here, _room: RoomSeen): Promise<null> {
  return null;
}
