import { unseen, type VoteMatrix } from './votes.ts';

/** The votes that were given, statement by statement: those of statement j lie from `from[j]` to `from[j + 1]`. */
export interface Given {
  readonly people: number;
  readonly statements: number;
  readonly from: Int32Array;
  readonly person: Int32Array;
  readonly vote: Int8Array;
  /** How many statements each person saw. */
  readonly saw: Int32Array;
}

/** Picks the given votes of some people (their rows in the matrix) out of a matrix; person i is the i-th of `rows`. */
export function givenBy(matrix: VoteMatrix, rows: ArrayLike<number>): Given {
  const statements = matrix.statements.length;
  const from = new Int32Array(statements + 1);
  const saw = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const start = (rows[i] as number) * statements;
    for (let j = 0; j < statements; j++)
      if (matrix.cells[start + j] !== unseen) {
        (from[j + 1] as number)++;
        (saw[i] as number)++;
      }
  }
  for (let j = 0; j < statements; j++) (from[j + 1] as number) += from[j] as number;
  const person = new Int32Array(from[statements] as number);
  const vote = new Int8Array(person.length);
  const next = from.slice();
  for (let i = 0; i < rows.length; i++) {
    const start = (rows[i] as number) * statements;
    for (let j = 0; j < statements; j++) {
      const cell = matrix.cells[start + j] as number;
      if (cell === unseen) continue;
      const at = (next[j] as number)++;
      person[at] = i;
      vote[at] = cell;
    }
  }
  return { people: rows.length, statements, from, person, vote, saw };
}

/** Where the statements' means and the directions of most difference lie; `directions[d * statements + j]`, each of length one. */
export interface Axes {
  readonly centre: Float64Array;
  readonly directions: Float64Array;
  readonly count: number;
}

/** The mean answer to each statement among those in `taken` (all where null) who saw it. */
export function centreOf(given: Given, taken: Uint8Array | null = null): Float64Array {
  const centre = new Float64Array(given.statements);
  for (let j = 0; j < given.statements; j++) {
    let sum = 0;
    let seen = 0;
    for (let at = given.from[j] as number; at < (given.from[j + 1] as number); at++)
      if (!taken || taken[given.person[at] as number]) {
        sum += given.vote[at] as number;
        seen++;
      }
    centre[j] = seen > 0 ? sum / seen : 0;
  }
  return centre;
}
