import type { Language } from '#platform/i18n/languages.ts';
import type { Entrusted, Viewer } from '#platform/viewer.ts';
import { staffRoles } from '../model.ts';

/** For how many minutes a session may lie idle before it is over; whoever is entrusted with what others keep to themselves has less. */
export const idleMinutes = { staff: 30, others: 12 * 60 } as const;

/** How often codes may be tried and letters asked for; a bucket each, in `auth.tries`. */
export const limits = {
  /** Codes for one address, of one device or on one paper: never more than ten in an hour. */
  codes: { atOnce: 5, anHour: 5 },
  /** Letters to one address. */
  letters: { atOnce: 5, anHour: 5 },
  /** All codes and letters of the house together, so that nobody can guess a little at everyone. */
  allCodes: { atOnce: 2_000, anHour: 2_000 },
  allLetters: { atOnce: 1_000, anHour: 1_000 },
} as const;

/** The session of who is signed in, as the rest of the house may know it. */
export interface SessionHere {
  readonly id: string;
  /** Whose it is; also while the second factor is still to be given. */
  readonly person: string;
  readonly began: Date;
  /** Whether this person was entrusted with something that asks a second factor. */
  readonly staff: boolean;
  /** Whether their second factor is still to be given: until then they are a visitor. */
  readonly halfway: boolean;
  readonly hasSecondFactor: boolean;
}

export interface Visit {
  readonly viewer: Viewer;
  readonly session: SessionHere;
  /** Who they would be, had they given their second factor. */
  readonly wouldBe: Viewer;
  /** Whether the browser should be told again how long it may keep the cookie. */
  readonly keepOn: boolean;
}

export interface Myself {
  readonly called: string | null;
  readonly language: Language | null;
}

/** An address inside a sentence, shut off so that the one does not turn the other. */
export const apart = (address: string): string => `\u2068${address}\u2069`;

interface Lasting {
  readonly lastUsed: Date;
  readonly until: Date;
}

/** Whether a session is over: it lay idle for too long, or thirty days went by. */
export function isOver({ lastUsed, until }: Lasting, staff: boolean, now: Date): boolean {
  return now >= until || now.getTime() - lastUsed.getTime() >= idleFor(staff) * 60_000;
}

export function idleFor(staff: boolean): number {
  return staff ? idleMinutes.staff : idleMinutes.others;
}

/** Whether the use of a session is worth noting again: once a minute is enough. */
export function isWorthNoting({ lastUsed }: Pick<Lasting, 'lastUsed'>, now: Date): boolean {
  return now.getTime() - lastUsed.getTime() >= 60_000;
}

const isOfStaff = ({ role }: Entrusted) => (staffRoles as readonly string[]).includes(role);

export function isStaff(entrusted: readonly Entrusted[]): boolean {
  return entrusted.some(isOfStaff);
}

/** What of it stands in a session without a second factor. */
export function withoutSecondFactor(entrusted: readonly Entrusted[]): readonly Entrusted[] {
  return entrusted.filter((one) => !isOfStaff(one));
}
