import { dice, only, placesByStatement, shuffled, someOf } from './chance.ts';
import { guessesForMore, guessesForTwo } from './guesses.ts';
import { Sorting, type Sorted } from './likeness.ts';
import { axesOf, placesOf, type Axes, type Given } from './projection.ts';

/** What speaks against groups: they are not clearly better than in shuffled votes, do not hold, or one is too small. */
export type Against = 'like_chance' | 'not_stable' | 'below_minimum';

export interface Tested {
  readonly stability: number | null;
  readonly nullRate: number | null;
}

export const untested: Tested = { stability: null, nullRate: null };

/**
 * The rules, chosen on made-up rooms with known groups, not on any real conversation. Votes are shuffled `few` times, and `many` times
 * where that leaves a doubt; the groups must foretell the votes `surely` or `clearly` many standard deviations better than in
 * shuffled rooms, and at least `atLeast` in log-likelihood (twenty times likelier). One group more must be `more` times as good,
 * beyond chance. Of `leavings` times that `leftOut` of the people are left out, the groups must on average be as much alike as `holds`
 * (adjusted Rand index). A room of more than `tested` people is tested by so many of them, drawn by chance.
 */
const rules = {
  mostGroups: 5,
  few: 5,
  many: 20,
  surely: 12,
  clearly: 4,
  atLeast: 3,
  more: 1.25,
  leavings: 10,
  leftOut: 0.1,
  holds: 0.85,
  tested: 1_000,
} as const;

export interface Decided {
  readonly sorted: Sorted | null;
  readonly reason: Against | 'shown';
  readonly tested: Tested;
}

interface Way {
  readonly sorted: Sorted;
  readonly beyond: number;
  readonly nullRate: number;
}

/** Tries two to five groups and keeps the most that pass all three tests; or says what spoke against them. */
export function decide(given: Given, axes: Axes, minGroup: number, seed: number): Decided {
  if (given.people <= rules.tested) return decideBy(given, axes, minGroup, seed);
  const drawn = someOf(given.people, 1 - rules.tested / given.people, dice(seed + 1));
  const decided = decideBy(only(given, drawn), axes, minGroup, seed);
  if (!decided.sorted) return decided;
  const sorted = new Sorting(given, decided.sorted.k).from(
    guessOf(given.people, drawn, decided.sorted.member),
  );
  if (Math.min(...sorted.sizes) < minGroup) return { ...decided, sorted: null, reason: 'below_minimum' };
  return { ...decided, sorted };
}

/** Where some people were sorted, the first guess for all. */
function guessOf(people: number, some: Int32Array, member: Int8Array): Int8Array {
  const guess = new Int8Array(people).fill(-1);
  for (let at = 0; at < some.length; at++) guess[some[at] as number] = member[at] as number;
  return guess;
}

function decideBy(given: Given, axes: Axes, minGroup: number, seed: number): Decided {
  const { ways, nullRate: first } = waysBeyondChance(given, axes, dice(seed));
  let [against, stability, nullRate]: [Against, number | null, number] = ['like_chance', null, first];
  for (const way of ways.reverse()) {
    const held = holding(given, axes, way.sorted, seed);
    const small = Math.min(...held.sorted.sizes) < minGroup;
    const tested = { stability: held.stability, nullRate: way.nullRate };
    if (!small && held.stability >= rules.holds) return { sorted: held.sorted, reason: 'shown', tested };
    against = small ? 'below_minimum' : 'not_stable';
    ({ stability, nullRate } = tested);
  }
  return { sorted: null, reason: against, tested: { stability, nullRate } };
}

/** The ways to sort into two groups, three and so on, as long as each is clearly better than chance and than the one before. */
function waysBeyondChance(given: Given, axes: Axes, draw: () => number): { ways: Way[]; nullRate: number } {
  const alone = new Sorting(given, 1).from(new Int8Array(given.people), 1).fits;
  const chance = new Chance(given, axes, alone, draw);
  const ways: Way[] = [];
  let nullRate = 1;
  for (const sorted of waysToSort(given, axes)) {
    const gain = sorted.fits - alone;
    const before = ways.at(-1);
    // Shuffled rooms gain by a group more too, so this much less is known before they are asked.
    if (before && gain - chance.mean(before.sorted.k) < rules.more * before.beyond) break;
    const compared = chance.compared(sorted.k, gain);
    if (!before) nullRate = compared.nullRate;
    if (!compared.clearly || (before && compared.beyond < rules.more * before.beyond)) break;
    ways.push({ sorted, beyond: compared.beyond, nullRate: compared.nullRate });
  }
  return { ways, nullRate };
}

/** Two groups, then three from those two, and so on. */
function* waysToSort(given: Given, axes: Axes): Generator<Sorted> {
  const places = placesOf(given, axes);
  let so = new Sorting(given, 2).best(guessesForTwo(places));
  yield so;
  while (so.k < rules.mostGroups) {
    so = new Sorting(given, so.k + 1).best(guessesForMore(places, so));
    yield so;
  }
}

function sortedInto(k: number, given: Given, start: Axes): Sorted {
  for (const so of waysToSort(given, axesOf(given, 8, start))) if (so.k === k) return so;
  throw new RangeError(`a room is not sorted into ${k} groups`);
}

interface ShuffledRoom {
  readonly ways: Iterator<Sorted>;
  readonly gains: number[];
}

/** How well the best groups foretell votes that were shuffled, as often as is needed. */
class Chance {
  readonly #rooms: ShuffledRoom[] = [];
  readonly #make: () => ShuffledRoom;
  readonly #alone: number;

  constructor(given: Given, axes: Axes, alone: number, draw: () => number) {
    this.#alone = alone;
    const places = placesByStatement(given);
    this.#make = () => {
      const room = shuffled(given, places, draw);
      return { ways: waysToSort(room, axesOf(room, 8, axes)), gains: [] };
    };
  }

  /** What k groups gain in shuffled rooms, on average of the few that were asked first. */
  mean(k: number): number {
    return mean(this.#gains(k, rules.few));
  }

  /** Beside shuffled rooms: whether the gain lies clearly above theirs, how far, and the share of them that do as well. */
  compared(k: number, gain: number): { clearly: boolean; beyond: number; nullRate: number } {
    let theirs = this.#gains(k, rules.few);
    let needed: number = rules.surely;
    if (!clearlyAbove(gain, theirs, needed) && gain > mean(theirs)) {
      theirs = this.#gains(k, rules.many);
      needed = rules.clearly;
    }
    return {
      clearly: clearlyAbove(gain, theirs, needed),
      beyond: gain - mean(theirs),
      nullRate: theirs.filter((each) => each >= gain).length / theirs.length,
    };
  }

  #gains(k: number, rooms: number): number[] {
    return Array.from({ length: rooms }, (_, at) => {
      const room = (this.#rooms[at] ??= this.#make());
      while (room.gains.length < k - 1)
        room.gains.push((room.ways.next().value as Sorted).fits - this.#alone);
      return room.gains[k - 2] as number;
    });
  }
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, each) => sum + each, 0) / values.length;

function clearlyAbove(gain: number, theirs: readonly number[], deviations: number): boolean {
  const middle = mean(theirs);
  const spread = Math.sqrt(theirs.reduce((sum, each) => sum + (each - middle) ** 2, 0) / (theirs.length - 1));
  return gain - middle > Math.max(rules.atLeast, deviations * spread) && gain > Math.max(...theirs);
}

/**
 * Leaves one in ten people out, several times, and finds the groups anew each time. What was found so is also a first guess for all,
 * and the best of those is kept; how alike the others are to it is the stability.
 */
function holding(given: Given, axes: Axes, so: Sorted, seed: number): { sorted: Sorted; stability: number } {
  const draw = dice(seed ^ 0x5bd1e995);
  const found: { readonly kept: Int32Array; readonly member: Int8Array }[] = [];
  const all = new Sorting(given, so.k);
  let best = so;
  for (let time = 0; time < rules.leavings; time++) {
    const kept = someOf(given.people, rules.leftOut, draw);
    const { member } = sortedInto(so.k, only(given, kept), axes);
    found.push({ kept, member });
    const carried = all.from(guessOf(given.people, kept, member));
    if (carried.fits > best.fits) best = carried;
  }
  const same = found.map(({ kept, member }) =>
    alike(
      member,
      Int8Array.from(kept, (who) => best.member[who] as number),
    ),
  );
  return { sorted: best, stability: mean(same) };
}

/** How alike two sortings of the same people are (adjusted Rand index): 1 the same, 0 as alike as by chance. */
export function alike(one: ArrayLike<number>, other: ArrayLike<number>): number {
  const wide = 1 + Math.max(highest(one), highest(other));
  const [mine, theirs, both] = [
    new Float64Array(wide),
    new Float64Array(wide),
    new Float64Array(wide * wide),
  ];
  for (let who = 0; who < one.length; who++) {
    const [a, b] = [one[who] as number, other[who] as number];
    (mine[a] as number)++;
    (theirs[b] as number)++;
    (both[a * wide + b] as number)++;
  }
  const pairs = (of: Float64Array) => of.reduce((sum, many) => sum + (many * (many - 1)) / 2, 0);
  const expected = (pairs(mine) * pairs(theirs)) / ((one.length * (one.length - 1)) / 2);
  const most = (pairs(mine) + pairs(theirs)) / 2;
  return most === expected ? 1 : (pairs(both) - expected) / (most - expected);
}

function highest(of: ArrayLike<number>): number {
  let most = 0;
  for (let at = 0; at < of.length; at++) most = Math.max(most, of[at] as number);
  return most;
}
