import type { Viewer } from '#platform/viewer.ts';
import { oneself, type Oneself } from '../access.ts';
import { isEntrusted } from '../model.ts';

/** Who may hand out cards: for whom exactly is asked of the walls, person by person. */
export interface CardMaker extends Oneself {
  readonly makesCards: true;
}

/** The proof that someone may hand out cards, or null. */
export function cardMakerOf(viewer: Viewer): CardMaker | null {
  const self = oneself(viewer);
  return self && isEntrusted(viewer.entrusted, ['admin', 'verifier', 'facilitator', 'member'])
    ? { ...self, makesCards: true }
    : null;
}
