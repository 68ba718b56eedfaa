import type { Day } from '#platform/clock.ts';
import type { Part, PublicationKind } from '../model.ts';

/** What an invitation says to who holds its word. */
export interface Opened {
  readonly slug: string;
  readonly title: string;
  readonly kind: PublicationKind;
  readonly invented: boolean;
  readonly part: Exclude<Part, 'editor'>;
  /** Language the publication is made in. */
  readonly language: string;
  /** Name under which who invites signs; null is no name. */
  readonly invitedBy: string | null;
  /** Whether who asks works on it already. */
  readonly mine: boolean;
}

/** An invitation as an editor sees it. */
export interface Sent {
  readonly id: string;
  readonly part: Exclude<Part, 'editor'>;
  readonly madeOn: Day;
  readonly untilDay: Day;
  /** The name under which who came in with it signs; null is nobody yet, empty without a name. */
  readonly takenBy: string | null;
}

/** For how many days an invitation opens. */
export const daysOpen = 30;

/** How many invitations that nobody took yet may stand open at once. */
export const openAtOnce = 60;

/** 256 random bits in the signs of an address. */
export const isWord = (word: string): boolean => /^[\w-]{43}$/.test(word);
