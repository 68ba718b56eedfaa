import { daysLater, type Day } from '#platform/clock.ts';

/** What a client can answer to a point. */
export const answersToPoint = ['done', 'in-part', 'not', 'deciding'] as const;
export type AnswerToPoint = (typeof answersToPoint)[number];

export interface Answer {
  readonly said: AnswerToPoint;
  readonly language: string;
  readonly text: string;
  /** Until when it is still deciding; null for every other answer. */
  readonly untilDay: Day | null;
  readonly day: Day;
}

/** What an expert finds of the answer: was it one? */
export const judgements = ['yes', 'in-part', 'no'] as const;
export type Judgement = (typeof judgements)[number];

export const limits = { answer: 1500, words: 1000, deciding: 366 } as const;

/** The days on which a client says nothing, counted from the handover or from the day until which it was still deciding. */
export interface Silence {
  readonly since: Day;
  readonly days: number;
  /** How many points wait for an answer. */
  readonly points: number;
}

const daysBetween = (from: Day, to: Day): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);

/** Since when a point waits for an answer, or null when it has one that holds on this day. */
export function waitsSince(handedOn: Day, answers: readonly Answer[], today: Day): Day | null {
  const last = answers.at(-1);
  if (!last) return handedOn;
  return last.said === 'deciding' && last.untilDay !== null && last.untilDay < today ? last.untilDay : null;
}

/** How long a client is silent on this day about the points that wait, the longest of them; null when each has an answer that holds. */
export function silence(handedOn: Day, points: readonly (readonly Answer[])[], today: Day): Silence | null {
  const waiting = points
    .map((answers) => waitsSince(handedOn, answers, today))
    .filter((day): day is Day => day !== null);
  const since = waiting.toSorted()[0];
  if (since === undefined) return null;
  return { since, days: Math.max(0, daysBetween(since, today)), points: waiting.length };
}

/** Whether a day can be the end of still deciding: after today, and within a year. */
export const canDecideUntil = (until: Day, today: Day): boolean =>
  until > today && until <= daysLater(today, limits.deciding);
