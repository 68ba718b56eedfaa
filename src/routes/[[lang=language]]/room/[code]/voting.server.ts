import type { RoomSeen } from '#modules/sessions/room/model.ts';
import type { Here } from './here.server.ts';

/** What the ballot of who fills in the page says already; asked as the ballot, in a transaction that does not know the phone. */
export async function votingSeen(_here: Here, _room: RoomSeen): Promise<null> {
  return null;
}

export const votingActions = {};
