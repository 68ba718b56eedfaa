import type { Day } from '#platform/clock.ts';
import type { ProposalKind } from '../model.ts';

/** How many letters each answer of the form may have. */
export const limits = {
  term: 80,
  meaning: 600,
  says: 200,
  example: 400,
  why: 600,
  called: 80,
  answer: 400,
} as const;

/** How many words of one person may wait at once. */
export const mostWaiting = 10;

/** What someone typed to propose a word, or to say that they see one otherwise. */
export interface Wish {
  readonly kind: ProposalKind;
  /** The word it belongs to; null for a thing that has no word here yet. */
  readonly word: string | null;
  /** Which way of saying is disputed. */
  readonly disputes: string | null;
  readonly language: string;
  readonly term: string | null;
  readonly meaning: string | null;
  readonly says: string | null;
  readonly example: string | null;
  readonly why: string | null;
  readonly called: string | null;
  readonly whenLeaving: 'stays' | 'goes';
}

export type ProposalState = 'waiting' | 'open' | 'declined';

/** A proposal as its maker sees it. */
export interface OwnProposal {
  readonly id: string;
  readonly kind: ProposalKind;
  readonly language: string;
  readonly term: string | null;
  /** The head of the word it belongs to, with its language; null for a new one that waits. */
  readonly of: { readonly slug: string; readonly term: string; readonly language: string } | null;
  readonly state: ProposalState;
  readonly answer: string | null;
  readonly proposedOn: Day;
}

/** A proposal as who looks at words sees it. */
export interface WaitingProposal extends OwnProposal {
  readonly meaning: string | null;
  readonly says: string | null;
  readonly example: string | null;
  readonly why: string | null;
  readonly called: string | null;
  /** Whether who looks proposed it themselves, so that someone else has to look. */
  readonly own: boolean;
}
