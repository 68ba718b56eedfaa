import { inOrder, type VoteMatrix } from './votes.ts';

/** Why groups are shown, or why they are not. */
export type GroupsReason =
  | 'shown'
  | 'given'
  | 'too_few_people'
  | 'too_few_votes'
  | 'one_group'
  | 'not_stable'
  | 'like_chance'
  | 'below_minimum';

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
  const members = Object.fromEntries(
    matrix.people.flatMap((person, row) =>
      (member[row] as number) < 0 ? [] : [[person, member[row] as number]],
    ),
  );
  return {
    groups: {
      shown: names.length > 0,
      reason: 'given',
      k: Math.max(1, names.length),
      sizes: names.map((_, group) => member.reduce((sum, each) => sum + (each === group ? 1 : 0), 0)),
      members,
      stability: null,
      nullRate: null,
    },
    member,
    names,
    extremity: new Float64Array(matrix.statements.length),
  };
}

/** Decides whether the room has groups, and which. */
export function decideGroups(matrix: VoteMatrix, _minGroup: number): GroupsFound {
  return {
    groups: {
      shown: false,
      reason: 'one_group',
      k: 1,
      sizes: [matrix.people.length],
      members: {},
      stability: null,
      nullRate: null,
    },
    member: new Int8Array(matrix.people.length).fill(-1),
    names: [],
    extremity: new Float64Array(matrix.statements.length),
  };
}
