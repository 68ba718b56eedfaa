import { isDay, daysLater, type Day } from '#platform/clock.ts';
import type { MessageKey } from '#platform/i18n/keys.ts';
import { isKey } from '#platform/ids.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { wordsIn } from '../../agendas/making/input.ts';
import { limits, longestDeadline, type Asked } from './model.ts';

/** What was typed in a form, to show it again when something is wrong with it. */
export const typedIn = (form: FormData): Record<string, string> =>
  Object.fromEntries([...form].filter((pair): pair is [string, string] => typeof pair[1] === 'string'));

/** A key that a form names, or the key of nothing. */
export function keyIn(form: FormData, name: string): string {
  const key = String(form.get(name) ?? '').slice(0, 36);
  return isKey(key) ? key : '00000000-0000-0000-0000-000000000000';
}

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

/** An amount in euros as it is typed, with a comma or a point, in cents. */
export function eurosIn(form: FormData, name: string): Result<number, MessageKey> {
  const typed = wordsIn(form, name).replace(/[\s€]/g, '').replace(',', '.');
  const euros = Number(typed);
  const fits = /^\d{1,7}(\.\d{1,2})?$/.test(typed) && euros <= 1_000_000;
  return fits ? ok(Math.round(euros * 100)) : refused('consulting.refused.euros', { field: name });
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
  const budget = eurosIn(form, 'budget');
  if (!budget.ok) return budget;
  return ok({
    pool: keyIn(form, 'pool'),
    as: wordsIn(form, 'as'),
    clientName: clientName.value,
    title: title.value.replace(/\s+/g, ' '),
    question: question.value,
    mayChange: mayChange.value,
    deadline: deadline.value,
    budgetCents: budget.value,
  });
}

export interface NewAssignment {
  readonly expert: string;
  readonly what: string;
  readonly hours: number;
  readonly byDay: Day;
}

/** Work for an expert between two meetings: what, in how many hours, by when. */
export function parseAssignment(form: FormData, today: Day): Result<NewAssignment, MessageKey> {
  const what = wordsWithin(form, 'what', limits.what);
  if (!what.ok) return what;
  const hours = Number(wordsIn(form, 'hours').replace(',', '.'));
  if (!(hours > 0 && hours <= 100)) return refused('consulting.refused.hours', { field: 'hours' });
  const byDay = comingDay(form, 'by-day', today);
  if (!byDay.ok) return byDay;
  return ok({ expert: keyIn(form, 'expert'), what: what.value, hours, byDay: byDay.value });
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
  return ok({ assignment: keyIn(form, 'assignment'), state, outcome: outcome || null, telling });
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
