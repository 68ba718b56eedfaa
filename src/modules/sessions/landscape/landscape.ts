import { decideGroups, givenGroups } from './groups.ts';
import { nextWeight } from './measures.ts';
import { measured, type Landscape } from './reckoning.ts';
import { matrixOf, type Vote, type VoteMatrix } from './votes.ts';

export { picture } from './picture.ts';
export { mayPublish, publishable, whyHeld } from './publishing.ts';
export type { Shared } from './measures.ts';
export type { Landscape } from './reckoning.ts';
export type { Picture, Told } from './told.ts';
export type { Answer, Vote } from './votes.ts';

export interface LandscapeOptions {
  /** No group has fewer people than this, 5 to 8. */
  readonly minGroup?: number;
  /** The group of each person where groups are given from elsewhere; nothing is then decided about them. */
  readonly groups?: ReadonlyMap<string, string>;
}

const [fewest, mostMinimum] = [5, 8];

/** The landscape of these votes: the same for the same votes in any order. A minimum outside 5 to 8 is drawn to the nearest. */
export function landscape(votes: readonly Vote[], options: LandscapeOptions = {}): Landscape {
  const started = performance.now();
  const whole = landscapeFrom(matrixOf(votes), options);
  return { ...whole, elapsedMs: performance.now() - started };
}

/** The landscape of votes that lie in a matrix already. */
export function landscapeFrom(
  matrix: VoteMatrix,
  { minGroup = fewest, groups }: LandscapeOptions,
): Landscape {
  const started = performance.now();
  const minimum = Math.min(mostMinimum, Math.max(fewest, Math.round(minGroup)));
  const found = groups ? givenGroups(matrix, groups) : decideGroups(matrix, minimum);
  return { ...measured(matrix, found, minimum), elapsedMs: performance.now() - started };
}

/**
 * Which of the statements a person has not seen comes next, drawn by weight; `draw` is an even number from 0 to below 1.
 * Null where none is open. A statement that nobody answered yet comes early.
 */
export function nextStatement(
  landscape: Landscape | null,
  open: readonly string[],
  draw: number,
): string | null {
  const place = new Map(landscape?.matrix.statements.map((statement, at) => [statement, at]));
  const weights = open.map((statement) => {
    const at = place.get(statement);
    if (!landscape || at === undefined) return nextWeight(0, 0, 0, 0);
    const { agree, disagree, seen } = landscape.everyone;
    return nextWeight(
      agree[at] as number,
      disagree[at] as number,
      seen[at] as number,
      landscape.extremity[at] as number,
    );
  });
  let left = draw * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [at, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return open[at] ?? null;
  }
  return open.at(-1) ?? null;
}
