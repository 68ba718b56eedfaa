import { measured, type Landscape } from './reckoning.ts';
import { fewestTold, tellable } from './protect.ts';
import { unseen, type VoteMatrix } from './votes.ts';

/** Why a new picture waits: too few people voted since, or some number in it would tell what one to four of them did. */
export type HeldReason = 'too_few_changed' | 'a_number_tells' | 'groups_tell';

/** What was published before: one, or all of them; the new picture is held against each. */
export type Published = Landscape | readonly Landscape[] | null;

const earlier = (previous: Published): readonly Landscape[] =>
  previous === null ? [] : 'matrix' in previous ? [previous] : previous;

/**
 * Whether a new picture may be published after those before it: the votes of nobody or of at least five people changed, and
 * between it and each of them no number differs by the deed of one to four people.
 */
export function mayPublish(previous: Published, next: Landscape): boolean {
  return whyHeld(previous, next) === null;
}

/** Why a new picture may not be published after those before it; null where it may. */
export function whyHeld(previous: Published, next: Landscape): HeldReason | null {
  for (const before of earlier(previous)) {
    const reason = heldAgainst(beside(before, next));
    if (reason) return reason;
  }
  return null;
}

/** Two landscapes laid on the same people and statements. */
interface Beside {
  readonly people: readonly string[];
  readonly statements: readonly string[];
  readonly cells: readonly [Int8Array, Int8Array];
  readonly member: readonly [Int8Array, Int8Array];
  readonly groups: readonly [number, number];
}

function beside(before: Landscape, next: Landscape): Beside {
  const people = [...new Set([...next.matrix.people, ...before.matrix.people])];
  const statements = [...new Set([...next.matrix.statements, ...before.matrix.statements])];
  const laid = [before, next].map((one) => laidOn(one, people, statements)) as [Laid, Laid];
  return {
    people,
    statements,
    cells: [laid[0].cells, laid[1].cells],
    member: [laid[0].member, laid[1].member],
    groups: [before.counts.groups, next.counts.groups],
  };
}

interface Laid {
  readonly cells: Int8Array;
  readonly member: Int8Array;
}

function laidOn(
  { matrix, member }: Landscape,
  people: readonly string[],
  statements: readonly string[],
): Laid {
  const row = new Map(matrix.people.map((person, at) => [person, at]));
  const column = new Map(matrix.statements.map((statement, at) => [statement, at]));
  const columns = statements.map((statement) => column.get(statement) ?? -1);
  const cells = new Int8Array(people.length * statements.length).fill(unseen);
  const belongs = new Int8Array(people.length).fill(-1);
  for (const [at, person] of people.entries()) {
    const from = row.get(person);
    if (from === undefined) continue;
    belongs[at] = member[from] as number;
    for (const [to, taken] of columns.entries())
      if (taken >= 0)
        cells[at * columns.length + to] = matrix.cells[from * matrix.statements.length + taken] as number;
  }
  return { cells, member: belongs };
}

function heldAgainst(both: Beside): HeldReason | null {
  const [before, next] = both.cells;
  const wide = both.statements.length;
  const here = new Int32Array(wide);
  let changed = 0;
  let joined = 0;
  for (let person = 0; person < both.people.length; person++) {
    let did = false;
    let [was, is] = [false, false];
    for (let cell = person * wide; cell < (person + 1) * wide; cell++) {
      was ||= before[cell] !== unseen;
      is ||= next[cell] !== unseen;
      if (before[cell] === next[cell]) continue;
      (here[cell - person * wide] as number)++;
      did = true;
    }
    if (did) changed++;
    if (was !== is) joined++;
  }
  if (!tellable(changed)) return 'too_few_changed';
  if (!tellable(joined) || !here.every(tellable)) return 'a_number_tells';
  return groupsTell(both) ? 'groups_tell' : null;
}

/** Whether any group of before, laid beside any group of next, shows a size or an answer that one to four people made differ. */
function groupsTell({ people, statements, cells, member, groups }: Beside): boolean {
  const wide = statements.length;
  for (let one = 0; one < groups[0]; one++)
    for (let other = 0; other < groups[1]; other++) {
      const differ = new Int32Array(wide);
      let moved = 0;
      for (let person = 0; person < people.length; person++) {
        const was = member[0][person] === one;
        const is = member[1][person] === other;
        if (was !== is) moved++;
        if (!was && !is) continue;
        for (let at = 0; at < wide; at++) {
          const cell = person * wide + at;
          if ((was ? cells[0][cell] : unseen) !== (is ? cells[1][cell] : unseen)) (differ[at] as number)++;
        }
      }
      if (!tellable(moved) || !differ.every(tellable)) return true;
    }
  return false;
}

/**
 * What may be published now: the new landscape where it may; else the last one with only those votes brought up to date, statement by
 * statement and group by group, of which at least five changed; else the last one as it was.
 */
export function publishable(previous: Published, next: Landscape): Landscape {
  const before = earlier(previous);
  const last = before.at(-1);
  if (!last || whyHeld(before, next) === null) return next;
  const some = broughtUpToDate(last, next);
  return whyHeld(before, some) === null ? some : last;
}

function broughtUpToDate(last: Landscape, next: Landscape): Landscape {
  const both = beside(last, next);
  const { people, statements, cells, member } = both;
  const wide = statements.length;
  let mixed = mixedOf(both, last.counts.groups, new Set());
  const came = people.flatMap((_, at) =>
    isSilent(cells[0], at, wide) !== isSilent(mixed, at, wide) ? [at] : [],
  );
  // One to four who came (or went) wait for the fifth; what others changed need not wait for them.
  if (!tellable(came.length)) mixed = mixedOf(both, last.counts.groups, new Set(came));
  if (mixed.every((each, cell) => each === cells[0][cell])) return last;
  const matrix = withoutTheSilent(people, statements, mixed, next.matrix);
  const row = new Map(people.map((person, at) => [person, at]));
  const belongs = Int8Array.from(matrix.people, (person) => member[0][row.get(person) as number] as number);
  const column = new Map(next.matrix.statements.map((statement, at) => [statement, at]));
  const found = {
    groups: last.groups,
    member: belongs,
    names: last.names,
    extremity: Float64Array.from(matrix.statements, (one) => next.extremity[column.get(one) ?? -1] ?? 0),
  };
  return { ...measured(matrix, found, last.minGroup), elapsedMs: next.elapsedMs };
}

const isSilent = (cells: Int8Array, person: number, wide: number): boolean =>
  cells.subarray(person * wide, (person + 1) * wide).every((cell) => cell === unseen);

/** The answers of before, with those of next where at least five in the same group, not counting `waiting`, answered anew. */
function mixedOf(
  { statements, cells, member }: Beside,
  groups: number,
  waiting: ReadonlySet<number>,
): Int8Array {
  const wide = statements.length;
  const changed = new Int32Array((groups + 1) * wide);
  const place = (cell: number) => ((member[0][Math.floor(cell / wide)] as number) + 1) * wide + (cell % wide);
  const isChanged = (cell: number) =>
    cells[0][cell] !== cells[1][cell] && !waiting.has(Math.floor(cell / wide));
  for (let cell = 0; cell < cells[0].length; cell++) if (isChanged(cell)) (changed[place(cell)] as number)++;
  return cells[0].map((was, cell) =>
    isChanged(cell) && (changed[place(cell)] as number) >= fewestTold ? (cells[1][cell] as number) : was,
  );
}

/** Only people who answered and statements that were answered: that there is another says what somebody did. */
function withoutTheSilent(
  people: readonly string[],
  statements: readonly string[],
  cells: Int8Array,
  { given }: VoteMatrix,
): VoteMatrix {
  const wide = statements.length;
  const rows = people.flatMap((_, at) => (isSilent(cells, at, wide) ? [] : [at]));
  const columns = statements.flatMap((_, j) =>
    rows.some((at) => cells[at * wide + j] !== unseen) ? [j] : [],
  );
  const kept = Int8Array.from(rows.flatMap((at) => columns.map((j) => cells[at * wide + j] as number)));
  return {
    people: rows.map((row) => people[row] as string),
    statements: columns.map((j) => statements[j] as string),
    cells: kept,
    given,
    counted: kept.reduce((sum, cell) => sum + (cell === unseen ? 0 : 1), 0),
  };
}
