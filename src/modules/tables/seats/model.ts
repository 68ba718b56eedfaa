import type { KnownDay, Mandate, SeatDeed, Showing } from '../model.ts';

/** A seat that is laid out for somebody who still has to be found. */
export interface SeatWish {
  readonly role: string;
  readonly why: string | null;
  readonly shell: number;
  readonly mandate: Mandate;
  readonly mandateWords: string | null;
}

/** Whom a seat is offered to, who chose them and on what ground. */
export interface SeatOffer {
  /** A name or address of an entry; empty when the organisation has none. */
  readonly entry: string;
  /** An organisation without an entry; empty when it has one. */
  readonly body: string;
  readonly chosenBy: string;
  readonly ground: string;
}

export interface SeatStep {
  readonly seat: string;
  readonly deed: SeatDeed;
  /** Why, in words; null is not said. */
  readonly reason: string | null;
  readonly offer: SeatOffer | null;
  /** Since or until when; null is today. */
  readonly when: KnownDay | null;
  readonly shown: Showing;
}

/** What is told of a seat on the desk when it cannot be done. */
export type SeatReason = `tables.desk.refused.${
  | 'not-open'
  | 'not-offered'
  | 'not-taken'
  | 'not-yours'
  | 'reason'
  | 'role'
  | 'mandate'
  | 'entry'
  | 'ground'
  | 'when'
  | 'shown'
  | 'not-there'}`;
