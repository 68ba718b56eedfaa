import { unseen, type VoteMatrix } from './votes.ts';

/**
 * The votes that were given, person by person: those of person i lie in `answer` from `from[i]` to `from[i + 1]`, each as
 * 3 * statement + vote + 1, so that a table with a place for each statement and vote can be read without asking.
 */
export interface Given {
  readonly people: number;
  readonly statements: number;
  readonly from: Int32Array;
  readonly answer: Int32Array;
  /** How many gave each answer. */
  readonly totals: Float64Array;
}

/** Picks the given votes of some people (their rows in the matrix) out of a matrix; person i is the i-th of `rows`. */
export function givenBy(matrix: VoteMatrix, rows: ArrayLike<number>): Given {
  const statements = matrix.statements.length;
  const from = new Int32Array(rows.length + 1);
  const answer = new Int32Array(matrix.counted);
  let filled = 0;
  for (let i = 0; i < rows.length; i++) {
    const start = (rows[i] as number) * statements;
    for (let j = 0; j < statements; j++) {
      const vote = matrix.cells[start + j] as number;
      if (vote !== unseen) answer[filled++] = 3 * j + vote + 1;
    }
    from[i + 1] = filled;
  }
  return givenOf(statements, from, answer.subarray(0, filled));
}

/** Given votes with their totals. */
export function givenOf(statements: number, from: Int32Array, answer: Int32Array): Given {
  const totals = new Float64Array(3 * statements);
  for (let at = 0; at < answer.length; at++) (totals[answer[at] as number] as number)++;
  return { people: from.length - 1, statements, from, answer, totals };
}

/** Where the statements' means and the directions of most difference lie: `directions[axis][statement]`, each of length one. */
export interface Axes {
  readonly centre: Float64Array;
  readonly directions: readonly [Float64Array, Float64Array];
}

/**
 * The two directions along which the answers differ most (principal components; a missing answer stands at the statement's mean), by
 * `rounds` of subspace iteration from a fixed start or from `start`. Each points so that its parts sum to no less than zero.
 */
export function axesOf(given: Given, rounds: number, start: Axes | null = null): Axes {
  const centre = centreOf(given.totals);
  const directions = [0, 1].map(
    (axis) => start?.directions[axis]?.slice() ?? fixedStart(axis, given.statements),
  );
  const [first, second] = directions as [Float64Array, Float64Array];
  straighten(first, second);
  for (let round = 0; round < rounds; round++) {
    const before = [first.slice(), second.slice()];
    turn(given, centre, first, second);
    straighten(first, second);
    if (away(first, before[0] as Float64Array) + away(second, before[1] as Float64Array) < still) break;
  }
  for (const part of [first, second])
    if (part.reduce((sum, each) => sum + each, 0) < 0) part.forEach((each, at) => (part[at] = -each));
  return { centre, directions: [first, second] };
}

/** How little the directions move when they are found. */
const still = 1e-20;

function away(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < one.length; j++) {
    const apart = (one[j] as number) - (other[j] as number);
    sum += apart * apart;
  }
  return sum;
}

function centreOf(totals: Float64Array): Float64Array {
  return Float64Array.from({ length: totals.length / 3 }, (_, j) => {
    const [against, passed, agreed] = [totals[3 * j], totals[3 * j + 1], totals[3 * j + 2]] as [
      number,
      number,
      number,
    ];
    const seen = against + passed + agreed;
    return seen > 0 ? (agreed - against) / seen : 0;
  });
}

/** Any start that favours no statement does; this one is the same for everyone. */
const fixedStart = (axis: number, wide: number): Float64Array =>
  Float64Array.from({ length: wide }, (_, j) => Math.sin(1 + j * (1 + axis)) + 0.01);

/** One step of the iteration: along the axes to people, and back across people to statements. */
function turn(
  { people, statements, from, answer }: Given,
  centre: Float64Array,
  first: Float64Array,
  second: Float64Array,
): void {
  const [one, two] = [new Float64Array(3 * statements), new Float64Array(3 * statements)];
  for (let j = 0; j < statements; j++)
    for (let vote = 0; vote < 3; vote++) {
      const apart = vote - 1 - (centre[j] as number);
      one[3 * j + vote] = apart * (first[j] as number);
      two[3 * j + vote] = apart * (second[j] as number);
    }
  const [backOne, backTwo] = [new Float64Array(3 * statements), new Float64Array(3 * statements)];
  for (let who = 0; who < people; who++) {
    const start = from[who] as number;
    const end = from[who + 1] as number;
    let [a, b] = [0, 0];
    for (let at = start; at < end; at++) {
      const cell = answer[at] as number;
      a += one[cell] as number;
      b += two[cell] as number;
    }
    for (let at = start; at < end; at++) {
      const cell = answer[at] as number;
      (backOne[cell] as number) += a;
      (backTwo[cell] as number) += b;
    }
  }
  for (let j = 0; j < statements; j++) {
    const mean = centre[j] as number;
    const back = (of: Float64Array) =>
      (-1 - mean) * (of[3 * j] as number) -
      mean * (of[3 * j + 1] as number) +
      (1 - mean) * (of[3 * j + 2] as number);
    first[j] = back(backOne);
    second[j] = back(backTwo);
  }
}

/** Makes both directions of length one and square to each other. */
function straighten(first: Float64Array, second: Float64Array): void {
  toLengthOne(first);
  let overlap = 0;
  for (let j = 0; j < first.length; j++) overlap += (first[j] as number) * (second[j] as number);
  for (let j = 0; j < first.length; j++) (second[j] as number) -= overlap * (first[j] as number);
  toLengthOne(second);
}

function toLengthOne(direction: Float64Array): void {
  let square = 0;
  for (let j = 0; j < direction.length; j++) square += (direction[j] as number) * (direction[j] as number);
  const length = Math.sqrt(square);
  for (let j = 0; j < direction.length; j++)
    direction[j] = length > 1e-12 ? (direction[j] as number) / length : 0;
}

/**
 * Where each person stands on the two axes, `[2 * person + axis]`, as far as their answers tell: the least-squares place of the
 * statements they saw, drawn to the middle by `caution`, so that who answered little stands near the middle and not far out.
 */
export function placesOf(given: Given, { centre, directions }: Axes, caution = 0.3): Float64Array {
  const { people, statements, from, answer } = given;
  // For each answer what it adds: to both sums of answers along the axes, and to the three of the axes' own squares.
  const adds = new Float64Array(15 * statements);
  for (let j = 0; j < statements; j++) {
    const mean = centre[j] as number;
    const x = directions[0][j] as number;
    const y = directions[1][j] as number;
    for (let vote = 0; vote < 3; vote++) {
      const cell = 5 * (3 * j + vote);
      adds[cell] = (vote - 1 - mean) * x;
      adds[cell + 1] = (vote - 1 - mean) * y;
      adds[cell + 2] = x * x;
      adds[cell + 3] = x * y;
      adds[cell + 4] = y * y;
    }
  }
  const places = new Float64Array(people * 2);
  for (let who = 0; who < people; who++) {
    let [a, b, p, q, r] = [0, 0, caution, 0, caution];
    for (let at = from[who] as number, end = from[who + 1] as number; at < end; at++) {
      const cell = 5 * (answer[at] as number);
      a += adds[cell] as number;
      b += adds[cell + 1] as number;
      p += adds[cell + 2] as number;
      q += adds[cell + 3] as number;
      r += adds[cell + 4] as number;
    }
    places[who * 2] = (a * r - b * q) / (p * r - q * q);
    places[who * 2 + 1] = (b * p - a * q) / (p * r - q * q);
  }
  return places;
}

/**
 * How far out each statement lies in the projection: where someone would stand who had disagreed with it and seen nothing else
 * (Polis's extremity): sqrt(m) * |-1 - c| * length of its part of the axes.
 */
export function extremityOf({ centre, directions }: Axes): Float64Array {
  const wide = centre.length;
  return centre.map(
    (mean, j) =>
      Math.sqrt(wide) *
      Math.abs(-1 - mean) *
      Math.hypot(directions[0][j] as number, directions[1][j] as number),
  );
}
