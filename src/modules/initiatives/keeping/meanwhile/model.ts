import { asked, questions, type Question, type Typed } from '../model.ts';

/** The same answer to a question, whatever the order in which its boxes were ticked. */
function answered(typed: Typed, question: Question): string {
  return JSON.stringify(
    asked[question].map((field) => (typed[field] ?? []).filter((value) => value !== '').toSorted()),
  );
}

/** The questions that are answered differently. */
export const changedBetween = (now: Typed, typed: Typed): Question[] =>
  questions.filter((question) => answered(now, question) !== answered(typed, question));

export interface Joined {
  /** What stands when both are kept. */
  readonly typed: Typed;
  /** What only this person changed. */
  readonly mine: readonly Question[];
  /** What only someone else changed meanwhile. */
  readonly theirs: readonly Question[];
  /** What both changed, each otherwise: here `typed` holds what this person typed. */
  readonly clashes: readonly Question[];
}

/**
 * Joins what someone typed with what someone else saved meanwhile, question by question. `before` is what the person began
 * with; where it is not known, everything that differs is a clash, so that nothing is lost.
 */
export function joined(before: Typed | null, now: Typed, typed: Typed): Joined {
  const differs = changedBetween(now, typed);
  const mine = before === null ? differs : changedBetween(before, typed);
  const others = before === null ? differs : changedBetween(before, now);
  const byMe = (question: Question) => mine.includes(question);
  const byThem = (question: Question) => others.includes(question);
  const theirs = differs.filter((question) => !byMe(question));
  const from = (question: Question) => (theirs.includes(question) ? now : typed);
  return {
    typed: {
      ...typed,
      ...Object.fromEntries(
        questions.flatMap((question) =>
          asked[question].map((field) => [field, from(question)[field] ?? []] as const),
        ),
      ),
    },
    mine: differs.filter((question) => byMe(question) && !byThem(question)),
    theirs,
    clashes: differs.filter((question) => byMe(question) && byThem(question)),
  };
}
