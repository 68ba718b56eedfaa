import type { Answer, Landscape } from '../../landscape/landscape.ts';
import { unseen } from '../../landscape/votes.ts';

/** What a ballot said in a picture, and in which voice of it it was counted. */
export interface Shown {
  readonly voter: string;
  readonly said: Readonly<Record<string, Answer>>;
  readonly voice: number | null;
}

/** What a picture of this landscape rests on, ballot by ballot. */
export function shownIn({ matrix, member }: Landscape): Shown[] {
  const wide = matrix.statements.length;
  return matrix.people.map((voter, row) => {
    const said = matrix.statements.flatMap((statement, at) => {
      const vote = matrix.cells[row * wide + at];
      return vote === undefined || vote === unseen ? [] : [[statement, vote as Answer] as const];
    });
    const voice = member[row] ?? -1;
    return { voter, said: Object.fromEntries(said), voice: voice < 0 ? null : voice };
  });
}

/** Whether two landscapes rest on the same answers in the same voices, so that one picture of them is enough. */
export function restsOnTheSame(one: Landscape, other: Landscape): boolean {
  const words = (landscape: Landscape) =>
    shownIn(landscape)
      .map(({ voter, said, voice }) => JSON.stringify([voter, voice, Object.entries(said).sort()]))
      .sort()
      .join();
  return words(one) === words(other);
}
