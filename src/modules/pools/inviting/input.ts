import { isDay } from '#platform/clock.ts';
import { wordsIn } from '#platform/form.ts';
import { languagesIn, minutesIn, wholeIn, type PoolProblem } from '../input.ts';
import { dayparts, type Daypart } from '../model.ts';

/** What someone typed of what a pool is asked. */
export interface TypedCall {
  readonly what: string;
  readonly hours: string;
  readonly people: string;
  readonly day: string;
  readonly daypart: string;
  readonly languages: readonly string[];
  readonly answerBy: string;
}

/** What a pool is asked. */
export interface CallWords {
  readonly what: string;
  readonly minutes: number;
  readonly people: number;
  readonly day: string | null;
  readonly daypart: Daypart | null;
  readonly languages: readonly string[];
  readonly answerBy: string | null;
}

/** Reads what a pool is asked; `words` is null while something cannot be taken. */
export function parseCall(
  form: FormData,
  today: string,
): { typed: TypedCall; words: CallWords | null; problems: PoolProblem[] } {
  const typed: TypedCall = {
    what: wordsIn(form, 'what'),
    hours: wordsIn(form, 'hours'),
    people: wordsIn(form, 'people'),
    day: wordsIn(form, 'day'),
    daypart: wordsIn(form, 'daypart'),
    languages: languagesIn(form, 'languages'),
    answerBy: wordsIn(form, 'answerBy'),
  };
  const minutes = minutesIn(typed.hours);
  const people = wholeIn(typed.people, 1, 100);
  const problems: PoolProblem[] = [];
  if (typed.what.length < 3) problems.push({ field: 'what', reason: 'pools.desk.problem.what' });
  if (typed.what.length > 300) problems.push({ field: 'what', reason: 'pools.problem.long' });
  if (minutes === null) problems.push({ field: 'call-hours', reason: 'pools.desk.problem.quarters' });
  if (people === null) problems.push({ field: 'people', reason: 'pools.desk.problem.people' });
  for (const field of ['day', 'answerBy'] as const)
    if (typed[field] !== '' && (!isDay(typed[field]) || typed[field] < today))
      problems.push({ field, reason: 'pools.problem.day' });
  if (problems.length > 0 || minutes === null || people === null) return { typed, words: null, problems };
  const words: CallWords = {
    what: typed.what,
    minutes,
    people,
    day: typed.day || null,
    daypart: dayparts.find((each) => each === typed.daypart) ?? null,
    languages: typed.languages,
    answerBy: typed.answerBy || null,
  };
  return { typed, words, problems };
}
