import type { GroupsFound } from './groups.ts';
import {
  consensusOf,
  countsOf,
  groupInformedConsensus,
  representativeOf,
  type Counts,
  type Representative,
  type Shared,
} from './measures.ts';
import type { VoteMatrix } from './votes.ts';

/**
 * Everything the votes say, exact. It holds who voted what: only `picture` of it may leave the house.
 */
export interface Landscape {
  /** People, statements, votes given, and votes that count (the latest of each person on each statement). */
  readonly participants: number;
  readonly statements: number;
  readonly votes: number;
  readonly counted: number;
  readonly groups: GroupsFound['groups'];
  /** What the groups are called, by index. */
  readonly names: readonly string[];
  /** By the name of the group, its index as a word where groups were found here. */
  readonly representative: Readonly<Record<string, readonly Representative[]>>;
  readonly groupInformedConsensus: Readonly<Record<string, number>>;
  readonly consensus: { readonly agree: readonly Shared[]; readonly disagree: readonly Shared[] };
  readonly elapsedMs: number;
  readonly matrix: VoteMatrix;
  /** Counts of each group, and of everyone, in the order of `matrix.statements`; which group each of `matrix.people` is in, or -1. */
  readonly counts: Counts;
  readonly everyone: Counts;
  readonly member: Int8Array;
  /** How far out each statement lies in the projection, in the order of `matrix.statements`. */
  readonly extremity: Float64Array;
  readonly minGroup: number;
}

/** The sums that every measure is made of: of each group (none where none are shown), and of everyone. */
export interface Sums {
  readonly counts: Counts;
  readonly everyone: Counts;
}

export function sumsOf(matrix: VoteMatrix, { groups, member, names }: GroupsFound): Sums {
  return {
    counts: countsOf(matrix, member, groups.shown ? names.length : 0),
    everyone: countsOf(matrix, new Int8Array(matrix.people.length), 1),
  };
}

/** What the votes of a matrix say where the groups are known. */
export function measured(
  matrix: VoteMatrix,
  found: GroupsFound,
  minGroup: number,
  { counts, everyone }: Sums = sumsOf(matrix, found),
): Omit<Landscape, 'elapsedMs'> {
  const { groups, member, names } = found;
  // Without groups the room is one group.
  const shared = groupInformedConsensus(groups.shown ? counts : everyone);
  return {
    participants: matrix.people.length,
    statements: matrix.statements.length,
    votes: matrix.given,
    counted: matrix.counted,
    groups,
    names,
    representative: Object.fromEntries(
      groups.shown ? names.map((name, group) => [name, representativeOf(matrix, counts, group)]) : [],
    ),
    groupInformedConsensus: Object.fromEntries(
      matrix.statements.map((statement, at) => [statement, shared[at] as number]),
    ),
    consensus: consensusOf(matrix, everyone),
    matrix,
    counts,
    everyone,
    member,
    extremity: found.extremity,
    minGroup,
  };
}
