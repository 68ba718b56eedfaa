import type { Viewer } from '#platform/viewer.ts';
import { isEntrusted } from '../people/model.ts';

/** Someone who may lead sessions; which, the walls look up (core.facilitates). */
export interface Facilitator extends Viewer {
  readonly kind: 'person';
  readonly id: string;
  readonly leads: true;
}

/** A phone that came into a room; which, and who on it was let in, the walls look up (core.in_room). */
export interface RoomPhone extends Viewer {
  readonly kind: 'phone';
  readonly id: string;
}

/** The proof that someone may lead sessions, or null. */
export function facilitatorOf(viewer: Viewer): Facilitator | null {
  const leads =
    viewer.kind === 'person' && viewer.id !== null && isEntrusted(viewer.entrusted, ['facilitator']);
  return leads ? ({ ...viewer, leads: true } as Facilitator) : null;
}

/** The proof that this is a phone in a room, or null. */
export function phoneOf(viewer: Viewer): RoomPhone | null {
  return viewer.kind === 'phone' && viewer.id !== null ? (viewer as RoomPhone) : null;
}
