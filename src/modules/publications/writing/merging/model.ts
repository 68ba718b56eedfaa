import { diff3Merge } from 'node-diff3';
import type { Way } from '../../model.ts';

/** That a block rests on a piece, and how. */
export interface Draw {
  readonly piece: string;
  readonly way: Way;
}

const keyOf = ({ piece, way }: Draw): string => `${way} ${piece}`;
const byKey = (draws: readonly Draw[]): Map<string, Draw> =>
  new Map(draws.map((draw) => [keyOf(draw), draw]));

/**
 * What a block rests on after two people changed that at once: all of what stands now, with what this writer added since they looked and
 * without what they took away themselves.
 */
export function mergedDraws(base: readonly Draw[], mine: readonly Draw[], now: readonly Draw[]): Draw[] {
  const [before, wished, standing] = [byKey(base), byKey(mine), byKey(now)];
  const kept = [...standing].filter(([key]) => wished.has(key) || !before.has(key));
  const added = [...wished].filter(([key]) => !standing.has(key) && !before.has(key));
  return [...kept, ...added].map(([, draw]) => draw);
}

/** Whether two lists say the same, in whatever order. */
export const restTheSame = (one: readonly Draw[], other: readonly Draw[]): boolean =>
  one.length === other.length && one.every((draw) => byKey(other).has(keyOf(draw)));

/** A text in words, each with what stands after it up to the next; joined again they are the text. */
export const wordsOf = (text: string): string[] => text.match(/^\s+|[^\s]+\s*/gu) ?? [];

/** More pairs of equal words than this take too long to lay beside each other; people then look themselves. */
export const mostPairs = 400_000;

/** How many pairs of equal words two texts have. */
export const pairs = (one: readonly string[], other: readonly string[]): number => {
  const counted = new Map<string, number>();
  for (const word of one) counted.set(word, (counted.get(word) ?? 0) + 1);
  return other.reduce((sum, word) => sum + (counted.get(word) ?? 0), 0);
};

/**
 * The words of two writers who both began from `base`, word by word. Null when both changed the same place, or neighbouring words: then
 * only people can tell.
 */
export function mergedText(base: string, mine: string, now: string): string | null {
  if (mine === now || mine === base) return now;
  if (now === base) return mine;
  const [was, wished, stands] = [wordsOf(base), wordsOf(mine), wordsOf(now)];
  if (pairs(was, wished) > mostPairs || pairs(was, stands) > mostPairs) return null;
  const regions = diff3Merge(wished, was, stands, { excludeFalseConflicts: true });
  return regions.some(({ conflict }) => conflict)
    ? null
    : regions.flatMap(({ ok: words }) => words ?? []).join('');
}
