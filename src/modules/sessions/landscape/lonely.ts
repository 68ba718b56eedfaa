import { differenceTest } from './measures.ts';
import { fewestTold } from './protect.ts';
import type { Landscape } from './reckoning.ts';
import { tell, type Told } from './told.ts';
import { unseen } from './votes.ts';

/** Lonely: at most one in four of those who saw it agree. */
const few = 1 / 4;
/** Weighty: how far above chance, 1, those who agree answer the other statements differently from the rest. */
const weighty = 2;
/** How many statements are looked into, those that most agree with first: each is held against all others. */
const mostTried = 40;

/**
 * Statements that at least five but at most one in four of those who saw them agree with, where those few answer the other statements
 * differently from the rest, twice as far as chance would have it: a voice, not a whim.
 */
export function lonelyButWeighty(landscape: Landscape): Told[] {
  const { agree, seen } = landscape.everyone;
  return landscape.matrix.statements
    .map((_, at) => at)
    .filter(
      (at) => (agree[at] as number) >= fewestTold && (agree[at] as number) <= few * (seen[at] as number),
    )
    .sort((one, other) => (agree[other] as number) - (agree[one] as number) || one - other)
    .slice(0, mostTried)
    .map((at) => ({ at, weight: standsApart(landscape, at) }))
    .filter(({ weight }) => weight >= weighty)
    .sort((one, other) => other.weight - one.weight || one.at - other.at)
    .map(({ at }) => tell(landscape, at, 'why.lonely'));
}

/** The mean square, over the other statements, of how far those who agree with this one answer differently from who saw it too; 1 by chance. */
function standsApart({ matrix }: Landscape, of: number): number {
  const wide = matrix.statements.length;
  const agree = [new Int32Array(wide), new Int32Array(wide)] as const;
  const seen = [new Int32Array(wide), new Int32Array(wide)] as const;
  for (let row = 0; row < matrix.people.length; row++) {
    const answer = matrix.cells[row * wide + of];
    if (answer === unseen) continue;
    const side = answer === 1 ? 0 : 1;
    for (let at = 0; at < wide; at++) {
      const vote = matrix.cells[row * wide + at] as number;
      if (vote === unseen) continue;
      (seen[side][at] as number)++;
      if (vote === 1) (agree[side][at] as number)++;
    }
  }
  let sum = 0;
  let many = 0;
  for (let at = 0; at < wide; at++) {
    const [mine, theirs] = [seen[0][at] as number, seen[1][at] as number];
    if (at === of || mine < fewestTold || theirs < fewestTold) continue;
    sum += differenceTest(agree[0][at] as number, mine, agree[1][at] as number, theirs) ** 2;
    many++;
  }
  return many > 0 ? sum / many : 0;
}
