import { isDay, daysLater, type Day } from '#platform/clock.ts';
import { keyOrNothing, wordsIn } from '#platform/form.ts';
import type { MessageKey } from '#platform/i18n/keys.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { centsIn, minutesIn } from '../input.ts';
import { hoursOf } from '../model.ts';
import { limits, longestDeadline, type Asked } from './model.ts';

/** Words of at least three signs and at most so many, or why not. */
export function wordsWithin(
  form: FormData,
  name: string,
  most: number,
  least = 3,
): Result<string, MessageKey> {
  const words = wordsIn(form, name, true);
  if (words.length < least) return refused('consulting.refused.words', { field: name });
  return words.length > most ? refused('consulting.refused.words-long', { field: name, most }) : ok(words);
}

/** A day after today, at most so many days away, or why not. */
export function comingDay(
  form: FormData,
  name: string,
  today: Day,
  most = longestDeadline,
): Result<Day, MessageKey> {
  const day = wordsIn(form, name);
  const fits = isDay(day) && day > today && day <= daysLater(today, most);
  return fits ? ok(day) : refused('consulting.refused.day', { field: name });
}

/** A question to a pool, or the first thing that is wrong with it. */
export function parseAsked(form: FormData, today: Day): Result<Asked, MessageKey> {
  const title = wordsWithin(form, 'title', limits.title);
  if (!title.ok) return title;
  const clientName = wordsWithin(form, 'client', limits.clientName, 2);
  if (!clientName.ok) return clientName;
  const question = wordsWithin(form, 'question', limits.question, 10);
  if (!question.ok) return question;
  const mayChange = wordsWithin(form, 'may-change', limits.mayChange, 10);
  if (!mayChange.ok) return mayChange;
  const deadline = comingDay(form, 'deadline', today);
  if (!deadline.ok) return deadline;
  const budgetCents = centsIn(wordsIn(form, 'budget'), 1_000_000);
  if (budgetCents === null) return refused('consulting.refused.euros', { field: 'budget' });
  return ok({
    pool: keyOrNothing(form, 'pool'),
    as: wordsIn(form, 'as'),
    clientName: clientName.value,
    title: title.value.replace(/\s+/g, ' '),
    question: question.value,
    mayChange: mayChange.value,
    deadline: deadline.value,
    budgetCents,
  });
}

export interface NewAssignment {
  readonly expert: string;
  readonly what: string;
  readonly hours: number;
  readonly byDay: Day;
}

/** Work for an expert between two meetings: what, in how many hours (by the quarter, from half an hour), by when. */
export function parseAssignment(form: FormData, today: Day): Result<NewAssignment, MessageKey> {
  const what = wordsWithin(form, 'what', limits.what);
  if (!what.ok) return what;
  const minutes = minutesIn(wordsIn(form, 'hours'));
  if (minutes === null || minutes < 30) return refused('consulting.refused.hours', { field: 'hours' });
  const byDay = comingDay(form, 'by-day', today);
  if (!byDay.ok) return byDay;
  return ok({
    expert: keyOrNothing(form, 'expert'),
    what: what.value,
    hours: hoursOf(minutes),
    byDay: byDay.value,
  });
}

/** How an expert is called in an advice; empty is without a name. */
export const parseCalled = (form: FormData): string | null =>
  wordsIn(form, 'called').slice(0, limits.called) || null;

export interface HowWorkGoes {
  readonly assignment: string;
  readonly state: 'taken' | 'done' | 'let-go';
  readonly outcome: string | null;
  /** The word in the address of a telling it led to. */
  readonly telling: string | null;
}

/** How work between two meetings goes. */
export function parseHowWorkGoes(form: FormData): Result<HowWorkGoes, MessageKey> {
  const state = (['taken', 'done', 'let-go'] as const).find((each) => each === form.get('state'));
  if (!state) return refused('consulting.refused.said', { field: 'state' });
  const outcome = wordsIn(form, 'outcome', true);
  if (outcome.length > limits.outcome)
    return refused('consulting.refused.words-long', { field: 'outcome', most: limits.outcome });
  const telling = wordsIn(form, 'telling').slice(0, 20) || null;
  return ok({ assignment: keyOrNothing(form, 'assignment'), state, outcome: outcome || null, telling });
}

export interface Decision {
  readonly deed: 'withdraw' | 'decline' | 'take' | 'stop';
  readonly why: string | null;
}

/** What is decided about a consultation, with the reason where one is needed. */
export function parseDecision(form: FormData): Result<Decision, MessageKey> {
  const deed = (['withdraw', 'decline', 'take', 'stop'] as const).find((each) => each === form.get('deed'));
  if (!deed) return refused('consulting.refused.said', { field: 'deed' });
  if (deed === 'withdraw' || deed === 'take') return ok({ deed, why: null });
  const why = wordsIn(form, 'why', true);
  if (why.length < 3) return refused('consulting.refused.why', { field: 'why' });
  return why.length > limits.why
    ? refused('consulting.refused.words-long', { field: 'why', most: limits.why })
    : ok({ deed, why });
}
