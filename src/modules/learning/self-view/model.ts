import type { Day } from '#platform/clock.ts';
import { ok, refused, type Result } from '#platform/result.ts';

/** What an initiative needs of someone: of whom, as an entry of the field or in words, and what. */
export interface Need {
  /** The word in the address of an entry of the field, or null. */
  readonly slug: string | null;
  readonly whom: string;
  readonly what: string;
}

/** How an initiative sees itself among others. It is never weighed: nothing of it is counted or compared. */
export interface SelfView {
  readonly brings: string;
  readonly needs: readonly Need[];
  readonly loses: string;
}

/** As it was written on a day. */
export interface SelfViewVersion extends SelfView {
  readonly id: string;
  readonly language: string;
  readonly on: Day;
}

/** Someone of the field an initiative has a relation with. */
export interface Other {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
}

export const selfViewLimits = { words: 3_000, whom: 120, what: 500, needs: 4 } as const;

/**
 * What may be kept of what was typed: something is said at one question at least, and each need says of whom and what. The details name
 * the how many-eth need is not whole.
 */
export function keepable(view: SelfView): Result<SelfView, 'no-words' | 'whom'> {
  const broken = view.needs.findIndex(
    ({ slug, whom, what }) => what === '' || (slug === null && whom === ''),
  );
  if (broken >= 0) return refused('whom', { number: broken + 1 });
  const isEmpty = view.brings === '' && view.loses === '' && view.needs.length === 0;
  return isEmpty ? refused('no-words') : ok(view);
}
