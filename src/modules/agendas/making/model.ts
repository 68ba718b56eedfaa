import type { Day } from '#platform/clock.ts';
import type { Words } from '../../sessions/model.ts';
import type { PromiseState, WhoKind } from '../model.ts';

/** Who is asked to carry a promise: with an address, or with a card that is printed for them. */
export interface AskedCarrier {
  readonly called: string;
  readonly mail: string | null;
}

/** A promise as it is made in the room. */
export interface SaidPromise {
  readonly what: string;
  readonly whoKind: WhoKind;
  readonly toWhom: string | null;
  readonly byDay: Day;
  readonly issue: string | null;
  readonly statements: readonly string[];
  readonly carrier: AskedCarrier;
}

/** Why a promise that was spoken is not taken; each has a text under `agendas.refused`. */
export const spokenReasons = [
  'what-long',
  'by-day',
  'called',
  'called-long',
  'mail',
  'not_now',
  'too_many',
  'not_there',
  'voice',
] as const;

/** A promise as the room sees it. */
export interface PromiseInRoom {
  readonly id: string;
  readonly number: number;
  readonly what: Words;
  readonly language: string;
  readonly whoKind: WhoKind;
  readonly toWhom: string | null;
  readonly byDay: Day | null;
  readonly issue: string | null;
  readonly state: PromiseState;
  readonly carriers: readonly { readonly called: string | null; readonly state: string }[];
  /** Whether it was written down on the phone that looks. */
  readonly mine: boolean;
  /** Whether it waits to be written down from a voice. */
  readonly spoken: boolean;
}

/** What a phone sees in the step of promises. */
export interface PromisedSeen {
  readonly promises: readonly PromiseInRoom[];
  readonly issues: readonly { readonly id: string; readonly title: Words }[];
  readonly statements: readonly {
    readonly id: string;
    readonly number: number;
    readonly text: string;
    readonly language: string;
    readonly issue: string | null;
  }[];
  readonly today: Day;
}

/** After how many months a promise can be meant to be done, without choosing a day. */
export const monthsToChoose = [1, 3, 6, 12] as const;
