import { ok, refused, type Result } from '#platform/result.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { MatterName } from './model.ts';

declare const verifier: unique symbol;

/** A person who verifies or edits somewhere, signed in with a second factor; where exactly the database asks for each entry. */
export interface Verifier extends Viewer {
  readonly id: string;
  readonly [verifier]: true;
}

/** This viewer as a verifier, or null when they are none. */
export function asVerifier(viewer: Viewer): Verifier | null {
  const holds = viewer.entrusted.some(({ role }) => role === 'verifier' || role === 'editor');
  return viewer.kind === 'person' && viewer.sure && holds ? (viewer as Verifier) : null;
}

declare const watched: unique symbol;

/** A matter that waits and the entry it concerns, over which the database found that who is asking watches. */
export interface WatchedMatter extends MatterName {
  readonly initiative: string;
  readonly [watched]: true;
}

/** This matter as a proof when core.watches says so of its entry; else why not: it is one's own, or not there for this person. */
export function watchedMatter(
  matter: MatterName,
  initiative: string | null,
  rights: { readonly watches: boolean; readonly keeps: boolean },
): Result<WatchedMatter, 'own' | 'elsewhere'> {
  if (initiative === null) return refused('elsewhere');
  if (rights.watches) return ok({ ...matter, initiative } as WatchedMatter);
  return refused(rights.keeps ? 'own' : 'elsewhere');
}
