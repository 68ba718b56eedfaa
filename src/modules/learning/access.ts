import type { Viewer } from '#platform/viewer.ts';
import { oneself, type Oneself } from '../people/access.ts';
import { isEntrusted } from '../people/model.ts';

/** Someone who tells something of their own; or, out of an intervision that everyone present agreed to, nobody who is known. */
export interface Teller {
  readonly tells: true;
  readonly person: string | null;
  readonly origin: 'told' | 'circle';
}

/** Who may look at what others told before it opens. */
export interface Looker extends Oneself {
  readonly looks: true;
}

/** Who may bring works in and ask the questions that insights speak to. */
export interface Librarian extends Oneself {
  readonly keepsLibrary: true;
}

/** Who may hold learning trajectories; which, the walls look up (core.keeps_trajectory). */
export interface Guide extends Oneself {
  readonly guides: true;
}

/** The proof that someone tells as themselves, or null. */
export function tellerOf(viewer: Viewer): Teller | null {
  const self = oneself(viewer);
  return self && { tells: true, person: self.person, origin: 'told' };
}

/**
 * The proof that a dilemma comes out of an intervision in which everyone present agreed. Only the house tells it: whoever gave the
 * case is not known to it.
 */
export function circleOf(viewer: Viewer): Teller | null {
  return viewer.kind === 'house' ? { tells: true, person: null, origin: 'circle' } : null;
}

/** The proof that someone may look at what others told, or null. */
export function lookerOf(viewer: Viewer): Looker | null {
  const self = oneself(viewer);
  return self && isEntrusted(viewer.entrusted, ['editor', 'facilitator']) ? { ...self, looks: true } : null;
}

/** The proof that someone keeps the library, or null. */
export function librarianOf(viewer: Viewer): Librarian | null {
  const self = oneself(viewer);
  return self && isEntrusted(viewer.entrusted, ['editor', 'facilitator', 'researcher'])
    ? { ...self, keepsLibrary: true }
    : null;
}

/** The proof that someone may hold trajectories, or null. */
export function guideOf(viewer: Viewer): Guide | null {
  const self = oneself(viewer);
  return self && isEntrusted(viewer.entrusted, ['facilitator', 'editor']) ? { ...self, guides: true } : null;
}
