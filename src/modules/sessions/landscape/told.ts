import type { GroupsReason } from './groups.ts';
import { tellableAnswers, type Answers } from './protect.ts';
import type { Landscape } from './reckoning.ts';

/** What a number means, as a message `landscape.<key>` and its values. */
export interface Said {
  readonly key: SaidKey;
  readonly values: Readonly<Record<string, string | number>>;
}

export type SaidKey =
  | 'why.shared'
  | 'why.shared_by_groups'
  | 'why.shared_against'
  | 'why.shared_against_by_groups'
  | 'why.differs_for'
  | 'why.differs_against'
  | 'why.lonely'
  | 'why.many_pass'
  | 'why.split'
  | 'why.split_in_groups'
  | 'groups.why.shown'
  | `groups.why.${Exclude<GroupsReason, 'shown'>}`
  | 'unsaid.too_few_people'
  | 'unsaid.too_few_saw'
  | 'unsaid.groups_too_few_saw'
  | 'unsaid.not_placed';

/** How people answered, in words: no shares, which would tell of the few in a small room. */
export type Leaning =
  'nearly_all_agree' | 'most_agree' | 'divided' | 'many_pass' | 'most_disagree' | 'nearly_all_disagree';

/** A statement as the page tells it, resting on the answers of `people` people. */
export interface Told {
  readonly statement: string;
  readonly people: number;
  readonly leaning: Leaning;
  /** One by one only where no answer was given by one to four people. */
  readonly answers: Answers | null;
  readonly why: Said;
}

/** A group and what it says differently from the others, the most telling statement first. */
export interface Voice {
  readonly group: number;
  readonly people: number;
  readonly best: Told | null;
  readonly others: readonly Told[];
}

/** What a page shows of a landscape: nothing about fewer than five people, no names, no shares. */
export interface Picture {
  /** People it rests on; null where fewer than five voted. */
  readonly people: number | null;
  readonly groups: { readonly shown: boolean; readonly sizes: readonly number[]; readonly why: Said };
  readonly sharedGround: readonly Told[];
  readonly differingVoices: readonly Voice[];
  readonly lonelyButWeighty: readonly Told[];
  readonly openQuestions: readonly Told[];
  readonly unsaid: readonly Said[];
}

/** Many passes: at least one in three. */
export const manyPass = 1 / 3;

/** How people (of one group, or all) answered a statement, and why it is told. */
export function tell(landscape: Landscape, at: number, why: SaidKey, group: number | null = null): Told {
  const counts = group === null ? landscape.everyone : landscape.counts;
  const cell = (group ?? 0) * counts.statements + at;
  const people = counts.seen[cell] as number;
  return {
    statement: landscape.matrix.statements[at] as string,
    people,
    leaning: leaningOf(counts.agree[cell] as number, counts.disagree[cell] as number, people),
    answers: tellableAnswers(counts, group ?? 0, at),
    why: { key: why, values: { people } },
  };
}

function leaningOf(agree: number, disagree: number, seen: number): Leaning {
  if (agree >= 0.9 * seen) return 'nearly_all_agree';
  if (disagree >= 0.9 * seen) return 'nearly_all_disagree';
  if (agree > 0.6 * seen) return 'most_agree';
  if (disagree > 0.6 * seen) return 'most_disagree';
  return seen - agree - disagree >= manyPass * seen ? 'many_pass' : 'divided';
}
