import type { Viewer } from '#platform/viewer.ts';

/** Someone who is signed in and proposes words. */
export interface Proposer {
  readonly person: string;
}

/** Who looks at proposed words: an editor or facilitator with their second factor. */
export interface Looker {
  readonly person: string;
  readonly looks: true;
}

/** The proof that someone is signed in, or null. */
export const proposerOf = (viewer: Viewer): Proposer | null =>
  viewer.kind === 'person' && viewer.id !== null ? { person: viewer.id } : null;

/** The proof that someone looks at proposed words, or null; the database asks it again. */
export function lookerOf(viewer: Viewer): Looker | null {
  const looks = viewer.entrusted.some(({ role }) => role === 'editor' || role === 'facilitator');
  return viewer.kind === 'person' && viewer.id !== null && looks ? { person: viewer.id, looks: true } : null;
}
