import { isDay, type Day } from '#platform/clock.ts';
import { keyOrNothing, wordsIn } from '#platform/form.ts';
import type { MessageKey } from '#platform/i18n/keys.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { answers, limits, monthsLater, type Answer } from '../model.ts';

/** Which promise a form is about. */
export const parseWhich = (form: FormData, name = 'promise'): string => keyOrNothing(form, name);

export interface Invited {
  readonly promise: string;
  readonly yes: boolean;
  readonly named: boolean;
  readonly called: string | null;
  /** What was promised, when it was only spoken and is written down now. */
  readonly what: string | null;
}

/** A yes or a no to carrying a promise. */
export const parseInvited = (form: FormData, yes: boolean): Invited => ({
  promise: parseWhich(form),
  yes,
  named: form.get('named') === 'yes',
  called: wordsIn(form, 'called').slice(0, limits.called) || null,
  what: wordsIn(form, 'what', true).slice(0, limits.what) || null,
});

export interface HowItIs {
  readonly promise: string;
  readonly answer: Answer;
  readonly text: string | null;
  readonly what: string | null;
  readonly byDay: Day | null;
}

/** What is told of a promise, or what is missing. A rest without a day is one month. */
export function parseHowItIs(form: FormData, today: Day): Result<HowItIs, MessageKey> {
  const answer = answers.find((each) => each === form.get('answer'));
  if (!answer) return refused('agendas.refused.answer');
  const text = wordsIn(form, 'text', true);
  if (text.length > limits.words) return refused('agendas.refused.words-long');
  if (answer === 'let-go' && text === '') return refused('agendas.refused.why');
  const day = wordsIn(form, 'by-day');
  if (day !== '' && !isDay(day)) return refused('agendas.refused.by-day');
  const what = wordsIn(form, 'what', true);
  if (what.length > limits.what) return refused('agendas.refused.what-long');
  const ends = day === '' ? (answer === 'paused' ? monthsLater(today, 1) : null) : day;
  return ok({ promise: parseWhich(form), answer, text: text || null, what: what || null, byDay: ends });
}

/** What help is needed or offered, in words. */
export function parseHelp(form: FormData): Result<string, MessageKey> {
  const text = wordsIn(form, 'help', true);
  if (text === '') return refused('agendas.refused.help');
  return text.length > limits.words ? refused('agendas.refused.words-long') : ok(text);
}
