import type { Viewer } from '#platform/viewer.ts';
import { oneself, type Oneself } from '../people/access.ts';

/** Someone who may speak about an item of their own; whose it is, the walls look up (core.speaks_for). */
export interface Speaker extends Oneself {
  readonly speaks: true;
}

/** The proof that someone is signed in and may be a teller, or null. */
export function speakerOf(viewer: Viewer): Speaker | null {
  const self = oneself(viewer);
  return self && { ...self, speaks: true };
}
