import { isDay } from '#platform/clock.ts';
import { keyOrNothing, wordsIn } from '#platform/form.ts';
import { isLanguage } from '#platform/i18n/languages.ts';
import { centsIn, minutesIn, perLanguage, wholeIn, type PoolProblem } from '../input.ts';
import type { PoolWords, Words } from '../model.ts';

/** What someone typed of a pool; it is kept as it was typed when something cannot be taken. */
export interface TypedPool {
  readonly language: string;
  readonly name: string;
  readonly purpose: string;
  readonly training: string;
  readonly otherNames: Words;
  readonly otherPurposes: Words;
  readonly otherTrainings: Words;
  /** The code of a province, or empty where a municipality is named. */
  readonly province: string;
  readonly municipality: string;
  readonly euros: string;
  readonly hours: string;
}

const withOwn = (own: string, language: string, others: Words): Words =>
  own === '' ? others : { ...others, [language]: own };

/** Reads the form of a pool; `words` is null while something cannot be taken. Where it is, is looked up by the deed. */
export function parsePool(form: FormData): {
  typed: TypedPool;
  words: PoolWords | null;
  problems: PoolProblem[];
} {
  const language = wordsIn(form, 'language');
  const typed: TypedPool = {
    language: isLanguage(language) ? language : 'nl',
    name: wordsIn(form, 'name'),
    purpose: wordsIn(form, 'purpose', true),
    training: wordsIn(form, 'training', true),
    otherNames: perLanguage(form, 'name'),
    otherPurposes: perLanguage(form, 'purpose', true),
    otherTrainings: perLanguage(form, 'training', true),
    province: wordsIn(form, 'province'),
    municipality: wordsIn(form, 'municipality'),
    euros: wordsIn(form, 'euros'),
    hours: wordsIn(form, 'hours'),
  };
  const cents = centsIn(typed.euros, 500);
  const hours = wholeIn(typed.hours, 1, 1000);
  const problems = problemsOf(typed, cents, hours);
  if (problems.length > 0 || cents === null || hours === null) return { typed, words: null, problems };
  const words: PoolWords = {
    language: typed.language,
    name: withOwn(typed.name, typed.language, typed.otherNames),
    purpose: withOwn(typed.purpose, typed.language, typed.otherPurposes),
    training: withOwn(typed.training, typed.language, typed.otherTrainings),
    centsAnHour: cents,
    hoursAYear: hours,
  };
  return { typed, words, problems };
}

function problemsOf(typed: TypedPool, cents: number | null, hours: number | null): PoolProblem[] {
  const problems: PoolProblem[] = [];
  const wrong = (field: string, reason: PoolProblem['reason']) => problems.push({ field, reason });
  const over = (texts: readonly string[], most: number) => texts.some((text) => text.length > most);
  if (typed.name.length < 3) wrong('name', 'pools.desk.problem.name');
  if (over([typed.name, ...Object.values(typed.otherNames)], 120)) wrong('name', 'pools.problem.long');
  if (typed.purpose === '') wrong('purpose', 'pools.desk.problem.purpose');
  if (over([typed.purpose, ...Object.values(typed.otherPurposes)], 1000))
    wrong('purpose', 'pools.problem.long');
  if (over([typed.training, ...Object.values(typed.otherTrainings)], 1000))
    wrong('training', 'pools.problem.long');
  if ((typed.province === '') === (typed.municipality === '')) wrong('province', 'pools.desk.problem.area');
  if (cents === null) wrong('euros', 'pools.desk.problem.euros');
  if (hours === null) wrong('hours', 'pools.problem.hours');
  return problems;
}

export interface Paid {
  readonly cents: number;
  readonly way: 'money' | 'voucher';
  readonly day: string;
}

/** What a keeper says was paid for an invitation, not after today; or what is wrong. */
export function parsePaid(
  form: FormData,
  today: string,
): { invitation: string; paid: Paid | null; problems: PoolProblem[] } {
  const invitation = keyOrNothing(form, 'invitation');
  const cents = centsIn(wordsIn(form, 'euros'), 10000);
  const day = wordsIn(form, 'day') || today;
  const problems: PoolProblem[] = [];
  if (cents === null) problems.push({ field: `euros-${invitation}`, reason: 'pools.desk.problem.paid' });
  if (!isDay(day) || day > today)
    problems.push({ field: `day-${invitation}`, reason: 'pools.desk.problem.paid-day' });
  const way = form.get('way') === 'voucher' ? 'voucher' : 'money';
  const paid = cents === null || problems.length > 0 ? null : ({ cents, way, day } as const);
  return { invitation, paid, problems };
}

/** Hours that were given for an invitation, in minutes; nought may be said too. Or what is wrong. */
export function parseGiven(form: FormData): {
  invitation: string;
  minutes: number | null;
  problems: PoolProblem[];
} {
  const invitation = keyOrNothing(form, 'invitation');
  const text = wordsIn(form, 'hours');
  const minutes = text === '0' ? 0 : minutesIn(text, 200);
  const wrong: PoolProblem = { field: `given-${invitation}`, reason: 'pools.problem.given' };
  return { invitation, minutes, problems: minutes === null ? [wrong] : [] };
}
