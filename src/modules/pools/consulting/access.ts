import type { Viewer } from '#platform/viewer.ts';
import { isEntrusted } from '../../people/model.ts';

/** Someone who may ask a pool for an institution: a partner, or who keeps an entry. For which, the walls look up (core.may_ask_pool). */
export interface Asker extends Viewer {
  readonly kind: 'person';
  readonly id: string;
  readonly asks: true;
}

/** Someone who is signed in; on which side of a consultation they are, the walls look up (core.is_client, core.was_client, core.guides, core.counsel_of). */
export interface Party extends Viewer {
  readonly kind: 'person';
  readonly id: string;
}

/** The proof that someone may ask a pool for an institution, or null. */
export function askerOf(viewer: Viewer): Asker | null {
  const asks = partyOf(viewer) !== null && isEntrusted(viewer.entrusted, ['partner', 'member']);
  return asks ? ({ ...viewer, asks: true } as Asker) : null;
}

/** The proof that someone is signed in, or null. */
export function partyOf(viewer: Viewer): Party | null {
  return viewer.kind === 'person' && viewer.id !== null ? (viewer as Party) : null;
}
