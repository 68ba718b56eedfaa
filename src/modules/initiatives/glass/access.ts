import { isEntrusted } from '#modules/people/model.ts';
import type { Viewer } from '#platform/viewer.ts';

/** One of the two who may break glass together: an admin or a privacy officer, with a second factor. */
export interface Breaker {
  readonly person: string;
  readonly breaks: true;
}

/** The proof that someone may ask for glass to be broken, or agree to it; null when they may not. */
export function breakerOf(viewer: Viewer): Breaker | null {
  const holds = isEntrusted(viewer.entrusted, ['admin', 'privacy-officer']);
  return viewer.kind === 'person' && viewer.id !== null && viewer.sure && holds
    ? { person: viewer.id, breaks: true }
    : null;
}
