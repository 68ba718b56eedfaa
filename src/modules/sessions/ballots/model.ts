import { ballotWords, stonesEach, type BallotWord } from '../model.ts';

/** What a ballot says of a statement. `seq` is counted up by its phone, so that one sent late never passes a newer one. */
export interface Vote {
  readonly statement: string;
  readonly said: BallotWord;
  readonly seq: number;
}

/** Stones on an issue, one to three. */
export interface Laid {
  readonly issue: string;
  readonly stones: number;
}

/** What the number of a vote says: 1 agree, -1 disagree, 0 pass. */
export const wordFor = (vote: number): BallotWord =>
  (Object.keys(ballotWords) as BallotWord[]).find((word) => ballotWords[word] === vote) ?? 'pass';

/** Whether these stones can lie so: each issue once, one to three on it, and three in all. */
export function canLieSo(stones: readonly Laid[]): boolean {
  const issues = new Set(stones.map(({ issue }) => issue));
  const isWhole = stones.every(({ stones: many }) => Number.isInteger(many) && many >= 1);
  return (
    isWhole &&
    issues.size === stones.length &&
    stones.reduce((sum, { stones: many }) => sum + many, 0) <= stonesEach
  );
}
