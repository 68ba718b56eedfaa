import type { Viewer } from '#platform/viewer.ts';
import type { RoomPhone } from '../access.ts';

/**
 * Someone in a room, as the phone before us says with its word. It lives as long as one request: from it the ballot is worked
 * out, and nothing that is kept, told or logged may hold two of these together.
 */
export interface AtTheBallot {
  readonly phone: RoomPhone;
  readonly session: string;
  readonly participant: string;
  readonly word: string;
}

/** A ballot that someone who is in the room fills in; whose it is stands nowhere. */
export interface Ballot {
  readonly session: string;
  readonly viewer: Viewer;
}
