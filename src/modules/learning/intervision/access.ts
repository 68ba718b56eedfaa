import { isEntrusted } from '#modules/people/model.ts';
import type { Viewer } from '#platform/viewer.ts';

/** Someone who may open a circle: trusted with something here, as a member, expert of a pool, partner or facilitator. */
export interface CircleOpener extends Viewer {
  readonly kind: 'person';
  readonly opens: true;
}

/** A phone that holds the word of a circle, and a word of its own by which it is known in it. Neither is ever written down. */
export interface AtCircle {
  readonly word: string;
  readonly own: string;
}

/** The proof that someone may open a circle, or null. */
export function circleOpenerOf(viewer: Viewer): CircleOpener | null {
  const opens =
    viewer.kind === 'person' &&
    isEntrusted(viewer.entrusted, ['member', 'facilitator', 'pool-member', 'partner']);
  return opens ? ({ ...viewer, opens: true } as CircleOpener) : null;
}

/** 192 random bits in the signs of an address. */
export const isWord = (word: string): boolean => /^[\w-]{32}$/.test(word);

/** What the cookie of a circle says: its word and the phone's own, or null when it is none. */
export function atCircle(cookie: string | undefined): AtCircle | null {
  const [word = '', own = '', more] = cookie?.split('.') ?? [];
  return more === undefined && isWord(word) && isWord(own) ? { word, own } : null;
}
