import type { RoomSeen } from '#modules/sessions/room/model.ts';
import type { Tx } from '#platform/db.server.ts';
import type { Here } from './here.server.ts';

/** What the page shows of it, in the transaction of the phone; null where there is nothing. */
export async function sayingSeen(_tx: Tx, _here: Here, _room: RoomSeen): Promise<null> {
  return null;
}

export const sayingActions = {};
