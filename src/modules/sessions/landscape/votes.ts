/** One person's answer to one statement: agree 1, pass 0, disagree -1; `at` is when, in any steady unit. */
export interface Vote {
  readonly person: string;
  readonly statement: string;
  readonly vote: Answer;
  readonly at?: number;
}

export type Answer = 1 | 0 | -1;

/** What stands in a cell of the matrix where someone did not see a statement. */
export const unseen = 2;

/**
 * Who answered what: `cells[person * statements.length + statement]` is an answer or `unseen`. People stand in the order of their
 * names, statements in the order in which the room first answered them, so the same votes give the same matrix in whatever order.
 */
export interface VoteMatrix {
  readonly people: readonly string[];
  readonly statements: readonly string[];
  readonly cells: Int8Array;
  /** Votes given, and votes that count (the latest of each person on each statement). */
  readonly given: number;
  readonly counted: number;
}

const numeral = /^\d{1,15}$/;

/** Orders names as people count: 2 before 10, numbers before words. */
export function inOrder(one: string, other: string): number {
  const [first, second] = [numeral.test(one), numeral.test(other)];
  if (first && second) return Number(one) - Number(other) || one.length - other.length;
  if (first !== second) return first ? -1 : 1;
  return one < other ? -1 : one > other ? 1 : 0;
}

/**
 * Lays votes in a matrix; of one person's votes on one statement the latest counts (by `at`, else by place in the list).
 * Two different answers of one person at the same instant count as a pass: nothing tells which of them came last.
 */
export function matrixOf(votes: readonly Vote[]): VoteMatrix {
  const timed = votes.every(({ at }) => at !== undefined);
  const people = [...new Set(votes.map(({ person }) => person))].sort(inOrder);
  const statements = inOrderOfAppearance(votes, timed);
  const row = new Map(people.map((person, at) => [person, at]));
  const column = new Map(statements.map((statement, at) => [statement, at]));
  const cells = new Int8Array(people.length * statements.length).fill(unseen);
  const when = timed ? new Float64Array(cells.length) : null;
  let counted = 0;
  for (const { person, statement, vote, at = 0 } of votes) {
    const cell = (row.get(person) ?? 0) * statements.length + (column.get(statement) ?? 0);
    const known = cells[cell] ?? unseen;
    if (known === unseen) counted++;
    else if (when && (when[cell] ?? 0) > at) continue;
    cells[cell] = when && known !== unseen && when[cell] === at && known !== vote ? 0 : vote;
    if (when) when[cell] = at;
  }
  return { people, statements, cells, given: votes.length, counted };
}

function inOrderOfAppearance(votes: readonly Vote[], timed: boolean): string[] {
  const first = new Map<string, number>();
  for (const { statement, at = 0 } of votes) {
    const known = first.get(statement);
    if (known === undefined || at < known) first.set(statement, at);
  }
  const byName = [...first.keys()].sort(inOrder);
  return timed ? byName.sort((one, other) => (first.get(one) ?? 0) - (first.get(other) ?? 0)) : byName;
}

/** The votes of a matrix as a list again, person by person. */
export function votesOf(matrix: VoteMatrix): Vote[] {
  const wide = matrix.statements.length;
  return matrix.people.flatMap((person, row) =>
    matrix.statements.flatMap((statement, column) => {
      const vote = matrix.cells[row * wide + column] ?? unseen;
      return vote === unseen ? [] : [{ person, statement, vote: vote as Answer }];
    }),
  );
}
