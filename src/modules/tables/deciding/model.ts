import type { Day } from '#platform/clock.ts';
import type { Openness } from '../model.ts';

/** A meeting as it is written down: which seats were filled, never which people. */
export interface MeetingWish {
  readonly day: Day;
  readonly about: string;
  readonly session: string | null;
  readonly seats: readonly string[];
}

/** A decision as it is written down. */
export interface DecisionWish {
  readonly day: Day;
  readonly what: string;
  readonly reasons: string;
  readonly openTo: 'table' | 'everyone';
  readonly meeting: string | null;
  readonly seats: readonly string[];
}

/** That a seat disagrees with a decision. */
export interface DissentWish {
  readonly decision: string;
  readonly seat: string;
  readonly words: string;
  readonly openly: Openness;
}

export type DecidingReason = `tables.desk.refused.${
  'day' | 'about' | 'what' | 'reasons' | 'words' | 'not-there' | 'not-yours' | 'said-before' | 'session'}`;
