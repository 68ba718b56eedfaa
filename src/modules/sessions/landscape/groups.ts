import { seedOf } from './chance.ts';
import { decide, untested, type Against, type Tested } from './deciding.ts';
import type { Sorted } from './likeness.ts';
import { axesOf, extremityOf, givenBy } from './projection.ts';
import { inOrder, unseen, type VoteMatrix } from './votes.ts';

/** Why groups are shown, or why they are not. */
export type GroupsReason = 'shown' | 'given' | 'too_few_people' | 'too_few_votes' | Against;

export interface Groups {
  readonly shown: boolean;
  readonly reason: GroupsReason;
  /** How many groups; 1 where none are shown. */
  readonly k: number;
  /** People in each group, the largest first; where none are shown, the people who could have been grouped. */
  readonly sizes: readonly number[];
  /** The index of each person's group; empty where none are shown. */
  readonly members: Readonly<Record<string, number>>;
  /** How alike the groups are when one in ten is left out (adjusted Rand index, mean), 1 is the same; null when not tried. */
  readonly stability: number | null;
  /** The share of shuffled rooms that give groups as good as these; null when not tried. */
  readonly nullRate: number | null;
}

export interface GroupsFound {
  readonly groups: Groups;
  /** By row of the matrix: the index of the group or -1. */
  readonly member: Int8Array;
  readonly names: readonly string[];
  readonly extremity: Float64Array;
}

/** Groups as somebody else gave them, in the order of their names. */
export function givenGroups(matrix: VoteMatrix, given: ReadonlyMap<string, string>): GroupsFound {
  const names = [...new Set(matrix.people.flatMap((person) => given.get(person) ?? []))].sort(inOrder);
  const index = new Map(names.map((name, at) => [name, at]));
  const member = Int8Array.from(matrix.people, (person) => index.get(given.get(person) ?? '') ?? -1);
  return {
    groups: {
      shown: names.length > 0,
      reason: 'given',
      k: Math.max(1, names.length),
      sizes: names.map((_, group) => member.reduce((sum, each) => sum + (each === group ? 1 : 0), 0)),
      members: membersOf(matrix, member),
      stability: null,
      nullRate: null,
    },
    member,
    names,
    extremity: extremityOf(axesOf(givenBy(matrix, qualified(matrix)), mostTurns)),
  };
}

const membersOf = (matrix: VoteMatrix, member: Int8Array): Record<string, number> =>
  Object.fromEntries(
    matrix.people.flatMap((person, row) =>
      (member[row] as number) < 0 ? [] : [[person, member[row] as number]],
    ),
  );

/** Enough for the axes to stand still in every room tried. */
export const mostTurns = 100;
const fewestAnswers = 7;
const fewestQualified = 15;

/**
 * Decides whether the room has groups, and which. Groups are shown only when (a) they hold when one in ten people is left out,
 * (b) they foretell the answers clearly better than groups in shuffled votes do, and (c) none has fewer than `minGroup` people.
 * The same votes give the same answer: nothing is drawn but from a seed that is made of the votes.
 */
export function decideGroups(matrix: VoteMatrix, minGroup: number): GroupsFound {
  const rows = qualified(matrix);
  const given = givenBy(matrix, rows);
  const axes = axesOf(given, mostTurns);
  const extremity = extremityOf(axes);
  const none = (reason: GroupsReason, tested: Tested = untested): GroupsFound => ({
    groups: { shown: false, reason, k: 1, sizes: [rows.length], members: {}, ...tested },
    member: new Int8Array(matrix.people.length).fill(-1),
    names: [],
    extremity,
  });
  if (rows.length < 2 * minGroup)
    return none(matrix.people.length < 2 * minGroup ? 'too_few_people' : 'too_few_votes');
  const decided = decide(given, axes, minGroup, seedOf(matrix));
  if (!decided.sorted) return none(decided.reason, decided.tested);
  const { member, sizes } = bySize(decided.sorted);
  const belongs = new Int8Array(matrix.people.length).fill(-1);
  rows.forEach((row, at) => (belongs[row] = member[at] as number));
  return {
    groups: {
      shown: true,
      reason: 'shown',
      k: sizes.length,
      sizes,
      members: membersOf(matrix, belongs),
      ...decided.tested,
    },
    member: belongs,
    names: sizes.map((_, group) => String(group)),
    extremity,
  };
}

/** Who answered enough to be placed: at least seven statements (or all there are); the fifteen most active where fewer did. */
export function qualified({ people, statements, cells }: VoteMatrix): number[] {
  const wide = statements.length;
  const saw = people.map((_, row) => {
    let many = 0;
    for (let cell = row * wide; cell < (row + 1) * wide; cell++) if (cells[cell] !== unseen) many++;
    return many;
  });
  const every = people.map((_, row) => row);
  const enough = every.filter((row) => (saw[row] as number) >= Math.min(fewestAnswers, wide));
  if (enough.length >= fewestQualified) return enough;
  return every
    .sort((one, other) => (saw[other] as number) - (saw[one] as number) || one - other)
    .slice(0, fewestQualified)
    .sort((one, other) => one - other);
}

/** The groups in order of size, the largest first; of two as large the one with the first person. */
function bySize({ member, sizes }: Sorted): { member: Int8Array; sizes: number[] } {
  const order = sizes
    .map((size, group) => ({ size, group, first: member.indexOf(group) }))
    .sort((one, other) => other.size - one.size || one.first - other.first);
  const place = new Map(order.map(({ group }, at) => [group, at]));
  return { member: member.map((group) => place.get(group) as number), sizes: order.map(({ size }) => size) };
}
