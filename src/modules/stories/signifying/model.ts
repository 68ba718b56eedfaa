import { poles, triads, type Frame } from '../model.ts';

export const frames: readonly Frame[] = [...triads, ...poles];

/** How many corners or poles a frame has. */
export const cornersOf = (frame: Frame): 2 | 3 => ((triads as readonly Frame[]).includes(frame) ? 3 : 2);

/** How much of each corner a form can say, from nothing to very much. */
export const weights = ['0', '1', '2', '3'] as const;

/** Fewer tellings than this are never shown beside each other: a dot must not point at someone. */
export const fewestDots = 5;

/** Whole shares that sum to 1000, as near as can be to these weights (largest remainder; of equal ones the first); null when nothing weighs anything. */
export function sharesOf(weights: readonly number[]): number[] | null {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total <= 0 || weights.some((weight) => weight < 0 || !Number.isFinite(weight))) return null;
  const exact = weights.map((weight) => (weight * 1000) / total);
  const shares = exact.map(Math.floor);
  const left = 1000 - shares.reduce((sum, share) => sum + share, 0);
  const order = exact
    .map((share, at) => ({ at, rest: share - Math.floor(share) }))
    .sort((a, b) => b.rest - a.rest || a.at - b.at);
  for (const { at } of order.slice(0, left)) shares[at] = (shares[at] ?? 0) + 1;
  return shares;
}

/** Where a dot lies in a drawing 100 wide and 87 high: between three corners (first up, then the two below), or on a line. */
export function spotOf(shares: readonly number[]): { readonly x: number; readonly y: number } {
  const [a = 0, b = 0, c] = shares;
  return c === undefined ? { x: b / 10, y: 43.5 } : { x: (a / 2 + c) / 10, y: 87 - (87 * a) / 1000 };
}
