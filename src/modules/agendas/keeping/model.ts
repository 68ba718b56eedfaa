import type { Day } from '#platform/clock.ts';
import type { Words } from '../../sessions/model.ts';
import type { PromiseState, OpenNews, OpenStone } from '../model.ts';

/** An agenda of a session that one leads. */
export interface LedAgenda {
  readonly id: string;
  readonly slug: string;
  readonly session: string;
  readonly title: Words;
  readonly drawnOn: Day;
  readonly untilDay: Day;
  readonly openTo: 'room' | 'everyone';
  readonly months: readonly number[];
  readonly endedOn: Day | null;
  readonly promises: number;
  readonly unconfirmed: number;
}

/** A carrier as who leads the session sees them; never an address. */
export interface LedCarrier {
  readonly id: string;
  readonly called: string | null;
  readonly way: 'mail' | 'card';
  readonly state: 'asked' | 'confirmed' | 'declined';
  readonly language: string;
  readonly invitedOn: Day | null;
  readonly stoppedOn: Day | null;
}

export interface LedPromise {
  readonly id: string;
  readonly number: number;
  readonly what: Words;
  readonly toWhom: string | null;
  readonly byDay: Day | null;
  readonly state: PromiseState;
  readonly pausedUntil: Day | null;
  readonly why: Words | null;
  readonly silentSince: Day | null;
  readonly carriers: readonly LedCarrier[];
  readonly stones: readonly OpenStone[];
  readonly news: readonly OpenNews[];
}
