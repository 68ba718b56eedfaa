import type { Words } from '../model.ts';
import type { Said } from '../saying/model.ts';

/** Why a heap or a seat is not taken; each has a text under `said.refused`. */
export type GroupingReason = 'not_here' | 'not_now' | 'empty' | 'too_long' | 'no_language' | 'nothing_chosen';

/** An issue the room sees: a heap of statements with a name. */
export interface IssueSeen {
  readonly id: string;
  readonly number: number;
  readonly title: Words;
  /** The language it was named in. */
  readonly language: string;
}

/** A small group, with how many sit in it, and who on this phone does. */
export interface GroupSeen {
  readonly number: number;
  readonly called: string | null;
  readonly seats: number;
  /** Keys of those on this phone who sit here. */
  readonly here: readonly string[];
}

/** What the open step shows of heaps and small groups. */
export interface GroupingSeen {
  readonly issues: readonly IssueSeen[];
  /** What can lie on a heap. */
  readonly said: readonly Said[];
  readonly groups: readonly GroupSeen[];
}

/** Statements beside the heap they lie on; under null those that lie on none. */
export function heapsOf<Lying extends { readonly issue: string | null }>(
  issues: readonly IssueSeen[],
  said: readonly Lying[],
): { readonly issue: IssueSeen | null; readonly said: readonly Lying[] }[] {
  const known = new Set(issues.map(({ id }) => id));
  const loose = said.filter(({ issue }) => issue === null || !known.has(issue));
  return [
    { issue: null, said: loose },
    ...issues.map((issue) => ({ issue, said: said.filter((each) => each.issue === issue.id) })),
  ];
}

/** How many issues a room keeps an eye on; past it a heap is emptied first. */
export const mostIssues = 40;
