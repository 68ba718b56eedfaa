import type { Viewer } from '#platform/viewer.ts';
import { isEntrusted, type Role, type Scope } from './model.ts';

/** Someone who is signed in, acting on what is their own. */
export interface Oneself {
  readonly person: string;
}

/** Who keeps the roles of everyone: an admin with a second factor. It proves no right to read what others keep to themselves. */
export interface Steward extends Oneself {
  readonly steward: true;
}

/** Who may entrust one role in one place: a steward, a member for their own initiative, or the operator, who is nobody in particular. */
export interface Giver {
  readonly person: string | null;
  readonly role: Role;
  readonly scope: Scope;
}

/** The proof that someone is signed in, or null. */
export function oneself(viewer: Viewer): Oneself | null {
  return viewer.kind === 'person' && viewer.id !== null ? { person: viewer.id } : null;
}

/** The proof that someone keeps the roles of everyone, or null. */
export function stewardOf(viewer: Viewer): Steward | null {
  const self = oneself(viewer);
  return self && isEntrusted(viewer.entrusted, ['admin']) ? { ...self, steward: true } : null;
}

/** The proof that someone may entrust this role there, or null; to whom is asked by the deed, for nobody gives themselves anything. */
export function giverOf(viewer: Viewer, role: Role, scope: Scope): Giver | null {
  if (viewer.kind === 'operator') return { person: null, role, scope };
  const self = oneself(viewer);
  const own =
    role === 'member' && scope.kind === 'initiative' && isEntrusted(viewer.entrusted, ['member'], scope);
  return self && (own || stewardOf(viewer)) ? { ...self, role, scope } : null;
}
