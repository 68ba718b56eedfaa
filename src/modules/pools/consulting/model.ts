import type { Day } from '#platform/clock.ts';
import { ok, refused, type Result } from '#platform/result.ts';

/** asked, and then: declined or withdrawn, or underway. advised: the advice was handed over. followed: the year after it is over. */
export const consultationStates = [
  'asked',
  'declined',
  'withdrawn',
  'underway',
  'stopped',
  'advised',
  'answered',
  'followed',
] as const;
export type ConsultationState = (typeof consultationStates)[number];

export const consultationDeeds = [
  'withdraw',
  'decline',
  'take',
  'stop',
  'hand-over',
  'answer',
  'decide-again',
  'finish',
] as const;
export type ConsultationDeed = (typeof consultationDeeds)[number];

const ways: Readonly<
  Record<ConsultationDeed, { from: readonly ConsultationState[]; to: ConsultationState }>
> = {
  withdraw: { from: ['asked'], to: 'withdrawn' },
  decline: { from: ['asked'], to: 'declined' },
  take: { from: ['asked'], to: 'underway' },
  stop: { from: ['underway'], to: 'stopped' },
  'hand-over': { from: ['underway'], to: 'advised' },
  answer: { from: ['advised'], to: 'answered' },
  'decide-again': { from: ['answered'], to: 'advised' },
  finish: { from: ['advised', 'answered'], to: 'followed' },
};

/** How a consultation stands after this deed, or why it cannot be done now (docs/states/consultation.md). */
export function afterDeed(
  state: ConsultationState,
  deed: ConsultationDeed,
): Result<ConsultationState, 'not_now'> {
  return ways[deed].from.includes(state) ? ok(ways[deed].to) : refused('not_now');
}

export const limits = {
  title: 120,
  question: 1500,
  mayChange: 1000,
  clientName: 200,
  why: 1000,
  what: 500,
  outcome: 1000,
  called: 80,
} as const;

/** Within so many days a consultation is asked for. */
export const longestDeadline = 730;

/** In whose name someone may ask: of a place they are partner in, or of an institution whose entry they keep. */
export interface AskAs {
  /** What the form says for it: 'municipality GM0202', 'initiative <key>'. */
  readonly key: string;
  readonly name: string;
  readonly scopeKind: 'all' | 'province' | 'municipality' | null;
  readonly scopeId: string;
  readonly initiative: string | null;
}

/** A question as it is asked of a pool. */
export interface Asked {
  readonly pool: string;
  readonly as: string;
  readonly clientName: string;
  readonly title: string;
  readonly question: string;
  readonly mayChange: string;
  readonly deadline: Day;
  readonly budgetCents: number;
}

/** A consultation as either side knows it. */
export interface Consultation {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly question: string;
  readonly mayChange: string;
  readonly language: string;
  readonly clientName: string;
  readonly pool: string;
  readonly poolName: Readonly<Record<string, string>>;
  readonly deadline: Day;
  readonly budgetCents: number;
  readonly state: ConsultationState;
  readonly why: string | null;
  readonly askedOn: Day;
  /** Whether who reads it acts for its client, keeps its pool, or takes part as an expert. The client is never another. */
  readonly side: 'client' | 'keeper' | 'expert';
}

/** An expert of the pool, for who keeps it; null takes no part. */
export interface TakesPart {
  readonly expert: string;
  readonly inPool: string;
  readonly languages: readonly string[];
  readonly takesPart: string | null;
  readonly called: string | null;
  readonly since: Day | null;
  readonly leftOn: Day | null;
}

export interface Meeting {
  readonly number: number;
  readonly session: string;
  readonly title: Readonly<Record<string, string>>;
  readonly state: string;
  readonly on: Day | null;
}

/** Work between two meetings. */
export interface Assignment {
  readonly id: string;
  readonly called: string | null;
  /** Their name in the pool, when they chose none here; for the pool alone. */
  readonly inPool?: string | null;
  readonly mine: boolean;
  readonly what: string;
  readonly hours: number;
  readonly byDay: Day;
  readonly state: 'asked' | 'taken' | 'done' | 'let-go';
  readonly outcome: string | null;
  readonly telling: string | null;
}
