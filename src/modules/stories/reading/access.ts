import type { Viewer } from '#platform/viewer.ts';
import { oneself, type Oneself } from '../../people/access.ts';
import type { Voice } from './model.ts';

/** Someone who is signed in and has this telling before them: the database found that they may read it. */
export interface Reader extends Oneself {
  readonly telling: string;
}

/** The proof that someone reads this telling under their own name, or null. */
export function readerOf(viewer: Viewer, voice: Pick<Voice, 'id'>): Reader | null {
  const self = oneself(viewer);
  return self && { ...self, telling: voice.id };
}
