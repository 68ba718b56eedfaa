import { daysLater, type Day } from '#platform/clock.ts';
import { ok, refused, type Result } from '#platform/result.ts';

/** Who promises: a person, an initiative, an institution, or several together. */
export const whoKinds = ['person', 'initiative', 'institution', 'together'] as const;
export type WhoKind = (typeof whoKinds)[number];

/**
 * said: in the room, nobody confirmed it. underway. paused: rests until a day. done. let-go: with the reason.
 * withdrawn: taken back before anybody confirmed it. not-known: sources do not say what came of it.
 */
export const promiseStates = [
  'said',
  'underway',
  'paused',
  'done',
  'let-go',
  'withdrawn',
  'not-known',
] as const;
export type PromiseState = (typeof promiseStates)[number];

export const promiseDeeds = [
  'confirm',
  'withdraw',
  'on-its-way',
  'changed',
  'helped',
  'done',
  'let-go',
  'paused',
  'go-on',
  'take-up',
] as const;
export type PromiseDeed = (typeof promiseDeeds)[number];

/** What a carrier can answer when asked how it is. */
export const answers = ['on-its-way', 'done', 'changed', 'helped', 'let-go', 'paused'] as const;
export type Answer = (typeof answers)[number];

export type NewsKind =
  | 'made'
  | 'confirmed'
  | 'declined'
  | 'on-its-way'
  | 'done'
  | 'changed'
  | 'helped'
  | 'let-go'
  | 'paused'
  | 'went-on'
  | 'taken-up'
  | 'help-asked';

/** silent: asked twice and nothing heard. rested: not asked, because there was no need. */
export type StoneState = 'coming' | 'asked' | 'answered' | 'silent' | 'rested';

/** A stone on the line of a promise. */
export interface OpenStone {
  readonly number: number;
  readonly due_on: Day;
  readonly state: StoneState;
  readonly asked_on: Day | null;
  readonly answered_on: Day | null;
  readonly answer: Answer | null;
}

/** Something that was told of a promise. */
export interface OpenNews {
  readonly day: Day;
  readonly kind: NewsKind;
  readonly language: string | null;
  readonly text: string | null;
  readonly by_day: Day | null;
  readonly told_by: 'room' | 'carrier' | 'facilitator' | 'house';
}

const moving = ['underway', 'paused'] as const satisfies readonly PromiseState[];
const ways: Readonly<Record<PromiseDeed, { from: readonly PromiseState[]; to: PromiseState }>> = {
  confirm: { from: ['said'], to: 'underway' },
  withdraw: { from: ['said'], to: 'withdrawn' },
  'on-its-way': { from: moving, to: 'underway' },
  changed: { from: moving, to: 'underway' },
  helped: { from: moving, to: 'underway' },
  done: { from: moving, to: 'done' },
  'let-go': { from: moving, to: 'let-go' },
  paused: { from: moving, to: 'paused' },
  'go-on': { from: ['paused'], to: 'underway' },
  'take-up': { from: ['done', 'let-go'], to: 'underway' },
};

/** How a promise stands after this deed, or why it cannot be done now (docs/states/promise.md). */
export function afterDeed(state: PromiseState, deed: PromiseDeed): Result<PromiseState, 'not_now'> {
  return ways[deed].from.includes(state) ? ok(ways[deed].to) : refused('not_now');
}

export const limits = {
  what: 300,
  toWhom: 120,
  called: 120,
  words: 500,
  carriers: 5,
  statements: 12,
} as const;
/** Two questions about one promise never come within so many days of each other. */
const daysApart = 14;
/** Days after a question until it is asked once more, and until silence is shown. */
export const daysUntilReminder = 14;
export const daysUntilSilence = 28;
/** Days after its year in which an agenda can still be answered; then addresses and words are gone. */
export const daysToFinish = 30;
/** Days in which a spoken promise is written down; then its voice is gone. */
export const daysToWriteDown = 60;

/** The same day of the month a number of months later; the last of the month when that month is shorter. */
export function monthsLater(day: Day, months: number): Day {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0));
  return `${last.toISOString().slice(0, 8)}${String(Math.min(date, last.getUTCDate())).padStart(2, '0')}`;
}

/** The last day of the year of an agenda that was drawn up on this day. */
export const yearAfter = (day: Day): Day => monthsLater(day, 12);

/** Which day was meant as the end of a promise: within a year of the day it was made, and not before it. */
export function endsInTime(by: Day, madeOn: Day): boolean {
  return by >= madeOn && by <= yearAfter(madeOn);
}

export interface Line {
  readonly drawnOn: Day;
  readonly untilDay: Day;
  /** After how many months it is asked how things are. */
  readonly months: readonly number[];
  readonly byDay: Day;
  readonly state: PromiseState;
  readonly pausedUntil: Day | null;
}

/**
 * The days after `on` on which it is asked how a promise is: after the months of its agenda and on the day it is meant to be
 * done. While it rests only from the end of the rest on; not at all when it is done, let go or not confirmed.
 */
export function daysToAsk(line: Line, on: Day): Day[] {
  if (line.state !== 'underway' && line.state !== 'paused') return [];
  const fixed = line.state === 'paused' && line.pausedUntil ? [line.pausedUntil] : [];
  const from = fixed[0] ?? on;
  if (line.byDay > from && line.byDay <= line.untilDay && fixed.every((day) => isApart(day, line.byDay)))
    fixed.push(line.byDay);
  const monthly = line.months
    .map((month) => monthsLater(line.drawnOn, month))
    .filter((day) => day > from && day <= line.untilDay && fixed.every((other) => isApart(day, other)));
  return [...new Set([...fixed, ...monthly])].filter((day) => day > on).toSorted();
}

const isApart = (one: Day, other: Day) =>
  daysLater(one, daysApart) <= other || daysLater(other, daysApart) <= one;

// Letters leave when people are up. Clocks change at night, so nine in the morning exists once on every day.
const hourInAmsterdam = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Amsterdam',
  hour: '2-digit',
  hourCycle: 'h23',
});

/** Nine in the morning of a day in the Netherlands. */
export function nineInTheMorning(day: Day): Date {
  const nine = new Date(`${day}T09:00:00Z`);
  const ahead = Number(hourInAmsterdam.format(nine)) - 9;
  return new Date(nine.getTime() - ahead * 3_600_000);
}
