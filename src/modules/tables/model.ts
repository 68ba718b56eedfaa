import type { Day } from '#platform/clock.ts';
import { ok, refused, type Result } from '#platform/result.ts';

/**
 * consortium: a tender with a core and shells around it. single-partner: one partner with the duty to connect. development and
 * implementation: a table with a process director whom the group chose. own: a form with rings of its own.
 */
export const forms = ['consortium', 'single-partner', 'development', 'implementation', 'own'] as const;
export type Form = (typeof forms)[number];

/** How many shells or rings a form has; an own form has as many as it names. */
export const ringsOf: Readonly<Record<Exclude<Form, 'own'>, number>> = {
  consortium: 3,
  'single-partner': 2,
  development: 2,
  implementation: 2,
};

/** The most rings a form of its own can have. */
export const mostRings = 5;

/** The number of rings of a table, from the middle outwards. */
export const ringCount = (form: Form, rings: readonly string[]): number =>
  form === 'own' ? rings.length : ringsOf[form];

/** The forms in which the group chooses who directs the process. */
export const directedForms: readonly Form[] = ['development', 'implementation', 'own'];

/** table: who sits at it. network: also whoever is trusted with a role. everyone: also the street. */
export const audiences = ['table', 'network', 'everyone'] as const;
export type TableAudience = (typeof audiences)[number];

export const mandates = ['decides', 'advises', 'listens', 'speaks-for'] as const;
export type Mandate = (typeof mandates)[number];

/** Whether its holder wishes to be named on the open page; not said is never told to the street. */
export const showings = ['yes', 'no', 'not-said'] as const;
export type Showing = (typeof showings)[number];

export const dayPrecisions = ['day', 'month', 'year'] as const;
export type DayPrecision = (typeof dayPrecisions)[number];

/** A day as precisely as it is known: 2026-11-01 with 'month' is November 2026. */
export interface KnownDay {
  readonly day: Day;
  readonly precision: DayPrecision;
}

/** What may stand on the open page of someone's disagreement. */
export const opennesses = ['not', 'without-name', 'with-name'] as const;
export type Openness = (typeof opennesses)[number];

/** open: nobody. offered: to someone who did not answer yet. taken. left: its holder went, or was let go. put-away: no longer needed. */
export const seatStates = ['open', 'offered', 'taken', 'left', 'put-away'] as const;
export type SeatState = (typeof seatStates)[number];

export const seatDeeds = ['offer', 'take-back', 'decline', 'take', 'leave', 'end', 'put-away'] as const;
export type SeatDeed = (typeof seatDeeds)[number];

/** Who does it: who keeps the table, or who the seat is offered to or held by. */
export type SeatDoer = 'keeper' | 'holder';

export type SeatNewsKind = 'offered' | 'taken-back' | 'declined' | 'taken' | 'left' | 'ended' | 'put-away';

interface Way {
  readonly from: SeatState;
  readonly to: SeatState;
  /** The keeper takes, declines and leaves only on the word of the holder. */
  readonly by: readonly SeatDoer[];
  readonly news: SeatNewsKind;
}

const ways: Readonly<Record<SeatDeed, Way>> = {
  offer: { from: 'open', to: 'offered', by: ['keeper'], news: 'offered' },
  'take-back': { from: 'offered', to: 'open', by: ['keeper'], news: 'taken-back' },
  decline: { from: 'offered', to: 'open', by: ['keeper', 'holder'], news: 'declined' },
  take: { from: 'offered', to: 'taken', by: ['keeper', 'holder'], news: 'taken' },
  leave: { from: 'taken', to: 'left', by: ['keeper', 'holder'], news: 'left' },
  end: { from: 'taken', to: 'left', by: ['keeper'], news: 'ended' },
  'put-away': { from: 'open', to: 'put-away', by: ['keeper'], news: 'put-away' },
};

/** Deeds that cannot be done without saying why. */
export const needsReason: readonly SeatDeed[] = ['take-back', 'end', 'put-away'];

export type SeatRefusal =
  | 'tables.desk.refused.not-open'
  | 'tables.desk.refused.not-offered'
  | 'tables.desk.refused.not-taken'
  | 'tables.desk.refused.not-yours'
  | 'tables.desk.refused.reason';

const refusalFrom: Readonly<Record<Way['from'], SeatRefusal>> = {
  open: 'tables.desk.refused.not-open',
  offered: 'tables.desk.refused.not-offered',
  taken: 'tables.desk.refused.not-taken',
  left: 'tables.desk.refused.not-taken',
  'put-away': 'tables.desk.refused.not-open',
};

/** The state of a seat after a deed, and what its history says of it; refuses what is not a way of docs/states/seat.md. */
export function afterSeatDeed(
  state: SeatState,
  deed: SeatDeed,
  doer: SeatDoer,
  reason: string | null = null,
): Result<{ readonly state: SeatState; readonly news: SeatNewsKind }, SeatRefusal> {
  const way = ways[deed];
  if (!way.by.includes(doer)) return refused('tables.desk.refused.not-yours');
  if (way.from !== state) return refused(refusalFrom[way.from]);
  if (needsReason.includes(deed) && !reason?.trim()) return refused('tables.desk.refused.reason');
  return ok({ state: way.to, news: way.news });
}

/** The deeds that can be done with a seat in this state by this doer, in the order of docs/states/seat.md. */
export const seatDeedsOf = (state: SeatState, doer: SeatDoer): SeatDeed[] =>
  seatDeeds.filter((deed) => ways[deed].from === state && ways[deed].by.includes(doer));

/** What someone is to a seat: who keeps its table, who it is offered to or held by, or both. */
export interface ToSeat {
  readonly keeps: boolean;
  readonly mine: boolean;
}

/** As whom someone does this deed, null when it is nothing to them. For their own seat it is as its holder, who leaves and does not end it. */
export const seatDoerOf = (deed: SeatDeed, { keeps, mine }: ToSeat): SeatDoer | null => {
  if (mine && (deed === 'end' || ways[deed].by.includes('holder'))) return 'holder';
  return keeps ? 'keeper' : mine ? 'holder' : null;
};

/** The deeds that someone can do with a seat in this state, in the order of docs/states/seat.md. */
export const seatDeedsFor = (state: SeatState, to: ToSeat): SeatDeed[] =>
  seatDeeds.filter((deed) => {
    const doer = seatDoerOf(deed, to);
    return doer !== null && seatDeedsOf(state, doer).includes(deed);
  });

/** Whether this doer does this deed only on the word of the holder. */
export const isOnWord = (deed: SeatDeed, doer: SeatDoer | 'house' | null): boolean =>
  doer === 'keeper' && ways[deed].by.includes('holder');

/** Whether what the history of a seat tells was done on the word of the holder. */
export const wasOnWord = (news: SeatNewsKind, doer: SeatDoer | 'house'): boolean =>
  seatDeeds.some((deed) => ways[deed].news === news && isOnWord(deed, doer));

/** What someone typed in one of the forms of a page, so that nothing they wrote is lost. */
export interface Typed {
  /** Which form it was. */
  readonly form: string;
  readonly values: Readonly<Record<string, readonly string[]>>;
}

/** The values that were typed under a name of this form, when it was this form. */
export const keptFor =
  (typed: Typed | null, form: string) =>
  (name: string): readonly string[] =>
    typed?.form === form ? (typed.values[name] ?? []) : [];
