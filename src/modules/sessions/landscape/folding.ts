import { mostTurns, qualified, type GroupsFound } from './groups.ts';
import type { Counts } from './measures.ts';
import { axesOf, extremityOf, givenBy, type Axes } from './projection.ts';
import { measured, sumsOf, type Landscape, type Sums } from './reckoning.ts';
import { inOrder, unseen, type Vote, type VoteMatrix } from './votes.ts';

/** What a projection needs to follow a few votes. */
const turns = 4;

/**
 * A landscape that takes in one new or changed vote at a time and keeps its sums. Every count and every measure is as exact as in a full
 * run with the same groups, and the projection follows; but who belongs to which group is decided only by a full run (`landscape`):
 * until then groups stay as they were, and who is new is in none. `since` says how many votes came in since that run.
 */
export class Folding {
  #matrix: VoteMatrix;
  #found: GroupsFound;
  #sums: Sums;
  #axes: Axes;
  #since = 0;
  readonly #minGroup: number;

  constructor(whole: Landscape) {
    const { matrix, groups, member, names, extremity, minGroup } = whole;
    this.#matrix = { ...matrix, cells: matrix.cells.slice() };
    this.#found = { groups, member, names, extremity };
    this.#sums = { counts: copied(whole.counts), everyone: copied(whole.everyone) };
    this.#axes = axesOf(givenBy(matrix, qualified(matrix)), mostTurns);
    this.#minGroup = minGroup;
  }

  get since(): number {
    return this.#since;
  }

  /** Takes in one vote, which counts instead of an earlier one of the same person on the same statement. */
  fold({ person, statement, vote }: Vote): void {
    this.#makeRoomFor(person, statement);
    const { people, statements, cells, given, counted } = this.#matrix;
    const row = people.indexOf(person);
    const column = statements.indexOf(statement);
    const cell = row * statements.length + column;
    const before = cells[cell] as number;
    cells[cell] = vote;
    const group = this.#found.member[row] as number;
    if (group >= 0 && group < this.#sums.counts.groups)
      recount(this.#sums.counts, group, column, before, vote);
    recount(this.#sums.everyone, 0, column, before, vote);
    this.#matrix = { ...this.#matrix, given: given + 1, counted: counted + (before === unseen ? 1 : 0) };
    this.#since++;
  }

  /** The landscape as it is now; the groups as the last full run found them. */
  landscape(): Landscape {
    const started = performance.now();
    this.#axes = axesOf(givenBy(this.#matrix, qualified(this.#matrix)), turns, this.#axes);
    const found = { ...this.#found, extremity: extremityOf(this.#axes) };
    // Whoever keeps this landscape keeps it as it was.
    const matrix = { ...this.#matrix, cells: this.#matrix.cells.slice() };
    const sums = { counts: copied(this.#sums.counts), everyone: copied(this.#sums.everyone) };
    return { ...measured(matrix, found, this.#minGroup, sums), elapsedMs: performance.now() - started };
  }

  #makeRoomFor(person: string, statement: string): void {
    const { people, statements } = this.#matrix;
    const newPerson = !people.includes(person);
    const newStatement = !statements.includes(statement);
    if (!newPerson && !newStatement) return;
    const before = this.#matrix;
    this.#matrix = widened(
      before,
      newPerson ? [...people, person].sort(inOrder) : people,
      newStatement ? withStatement(statements, statement) : statements,
    );
    const place = new Map(people.map((each, at) => [each, at]));
    const { member } = this.#found;
    const moved = Int8Array.from(this.#matrix.people, (each) => member[place.get(each) ?? -1] ?? -1);
    this.#found = { ...this.#found, member: moved };
    if (!newStatement) return;
    this.#sums = sumsOf(this.#matrix, this.#found);
    const column = new Map(statements.map((each, at) => [each, at]));
    const carried = (of: Float64Array) =>
      Float64Array.from(this.#matrix.statements, (each) => of[column.get(each) ?? -1] ?? 0);
    const [first, second] = this.#axes.directions;
    this.#axes = { centre: carried(this.#axes.centre), directions: [carried(first), carried(second)] };
  }
}

const copied = (counts: Counts): Counts => ({
  ...counts,
  agree: counts.agree.slice(),
  disagree: counts.disagree.slice(),
  seen: counts.seen.slice(),
});

function recount(counts: Counts, group: number, column: number, before: number, vote: number): void {
  const cell = group * counts.statements + column;
  if (before === unseen) (counts.seen[cell] as number)++;
  if (before === 1) (counts.agree[cell] as number)--;
  if (before === -1) (counts.disagree[cell] as number)--;
  if (vote === 1) (counts.agree[cell] as number)++;
  if (vote === -1) (counts.disagree[cell] as number)++;
}

/** A new statement comes last, as the room met it last; where statements stand in the order of their names, in its place. */
function withStatement(statements: readonly string[], statement: string): string[] {
  const byName = statements.every((each, at) => at === 0 || inOrder(statements[at - 1] as string, each) < 0);
  return byName ? [...statements, statement].sort(inOrder) : [...statements, statement];
}

function widened(before: VoteMatrix, people: readonly string[], statements: readonly string[]): VoteMatrix {
  const wide = statements.length;
  const cells = new Int8Array(people.length * wide).fill(unseen);
  const row = new Map(people.map((person, at) => [person, at]));
  const column = new Map(statements.map((statement, at) => [statement, at]));
  const columns = before.statements.map((statement) => column.get(statement) as number);
  for (const [at, person] of before.people.entries()) {
    const start = (row.get(person) as number) * wide;
    for (let j = 0; j < columns.length; j++)
      cells[start + (columns[j] as number)] = before.cells[at * columns.length + j] as number;
  }
  return { ...before, people, statements, cells };
}
