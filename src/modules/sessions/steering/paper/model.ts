import { ok, refused, type Result } from '#platform/result.ts';
import { formIn, type BallotWord, type StatementForm, type StepKind, type Words } from '../../model.ts';

/** What stands on a paper card: votes by the number of the statement, stones by the number of the issue. */
export interface CardWish {
  readonly card: number;
  readonly votes: readonly { readonly statement: string; readonly said: BallotWord }[];
}

export interface CardStones {
  readonly card: number;
  readonly stones: readonly { readonly issue: string; readonly stones: number }[];
}

/** A statement as it can be voted on from paper. */
export interface OnCard {
  readonly id: string;
  readonly number: number;
  readonly language: string;
  readonly text: string;
}

export interface IssueOnCard {
  readonly id: string;
  readonly number: number;
  readonly title: Words;
  readonly language: string;
}

export const highestCard = 9999;
/** How many paper cards are printed at once at most. */
export const mostCards = 200;

/** Where a statement from paper belongs: the open step that takes one, else the last that was open; with the form it then has. */
export function stepForPaper(
  steps: readonly {
    readonly position: number;
    readonly kind: StepKind;
    readonly state: 'waiting' | 'open' | 'done';
  }[],
): Result<{ position: number; form: StatementForm }, 'not_now'> {
  const takes = steps.filter(({ kind, state }) => formIn[kind] !== null && state !== 'waiting');
  const step = takes.find(({ state }) => state === 'open') ?? takes.at(-1);
  const form = step ? formIn[step.kind] : null;
  return step && form ? ok({ position: step.position, form }) : refused('not_now');
}
