import type { Viewer } from '#platform/viewer.ts';

/** Who may speak for an initiative: signed in, or by a link that was mailed to it; for which, the walls look up (core.keeps). */
export interface Speaker extends Viewer {
  readonly kind: 'person' | 'link';
  readonly id: string;
}

/** The proof that someone may speak for an initiative, or null. */
export function speakerOf(viewer: Viewer): Speaker | null {
  const speaks = (viewer.kind === 'person' || viewer.kind === 'link') && viewer.id !== null;
  return speaks ? (viewer as Speaker) : null;
}
