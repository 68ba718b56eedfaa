import type { Viewer } from '#platform/viewer.ts';
import { oneself, type Oneself } from '../../people/access.ts';
import { isEntrusted } from '../../people/model.ts';

/** Who may bring tellings together: members, editors and facilitators. Whose story it is, the walls look up. */
export interface Gatherer extends Oneself {
  readonly gathers: true;
}

/** The proof that someone may bring tellings together, or null. */
export function gathererOf(viewer: Viewer): Gatherer | null {
  const self = oneself(viewer);
  return self && isEntrusted(viewer.entrusted, ['member', 'editor', 'facilitator'])
    ? { ...self, gathers: true }
    : null;
}
