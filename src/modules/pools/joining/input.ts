import { isDay } from '#platform/clock.ts';
import { wordsIn } from '#platform/form.ts';
import { isLanguage } from '#platform/i18n/languages.ts';
import { languagesIn, wholeIn, type PoolProblem } from '../input.ts';
import {
  dayparts,
  nameForms,
  payWishes,
  toldQuestions,
  type ExpertWords,
  type Told,
  type ToldQuestion,
} from '../model.ts';

/** What someone typed about themselves; it is kept as it was typed when something cannot be taken. */
export interface TypedExpert {
  readonly called: string;
  readonly nameForm: string;
  readonly language: string;
  readonly languages: readonly string[];
  readonly experience: string;
  readonly dayparts: readonly string[];
  readonly awayUntil: string;
  readonly hours: string;
  readonly learned: string;
  readonly payWish: string;
}

const among = <Word extends string>(words: readonly Word[], word: string): Word | undefined =>
  words.find((each) => each === word);

/** Reads what someone tells a pool of themselves; `words` is null while something cannot be taken. */
export function parseExpert(form: FormData): {
  typed: TypedExpert;
  words: ExpertWords | null;
  problems: PoolProblem[];
} {
  const typed: TypedExpert = {
    called: wordsIn(form, 'called'),
    nameForm: wordsIn(form, 'nameForm'),
    language: wordsIn(form, 'language'),
    languages: languagesIn(form, 'languages'),
    experience: wordsIn(form, 'experience', true),
    dayparts: form.getAll('dayparts').map(String).slice(0, 4),
    awayUntil: wordsIn(form, 'awayUntil'),
    hours: wordsIn(form, 'hours'),
    learned: wordsIn(form, 'learned', true),
    payWish: wordsIn(form, 'payWish'),
  };
  const problems = problemsOf(typed);
  const words: ExpertWords = {
    called: typed.called,
    nameForm: among(nameForms, typed.nameForm) ?? 'pseudonym',
    language: isLanguage(typed.language) ? typed.language : 'nl',
    languages: typed.languages,
    experience: typed.experience || null,
    dayparts: dayparts.filter((each) => typed.dayparts.includes(each)),
    awayUntil: typed.awayUntil || null,
    hoursAYear: wholeIn(typed.hours, 1, 1000),
    learned: typed.learned || null,
    payWish: among(payWishes, typed.payWish) ?? 'not-said',
  };
  return { typed, words: problems.length === 0 ? words : null, problems };
}

function problemsOf(typed: TypedExpert): PoolProblem[] {
  const problems: PoolProblem[] = [];
  if (typed.called === '') problems.push({ field: 'called', reason: 'pools.problem.called' });
  if (typed.called.length > 80) problems.push({ field: 'called', reason: 'pools.problem.long' });
  if (typed.languages.length === 0) problems.push({ field: 'languages', reason: 'pools.problem.languages' });
  if (typed.experience.length > 1500) problems.push({ field: 'experience', reason: 'pools.problem.long' });
  if (typed.learned.length > 500) problems.push({ field: 'learned', reason: 'pools.problem.long' });
  if (typed.awayUntil !== '' && !isDay(typed.awayUntil))
    problems.push({ field: 'awayUntil', reason: 'pools.problem.day' });
  if (typed.hours !== '' && wholeIn(typed.hours, 1, 1000) === null)
    problems.push({ field: 'hours', reason: 'pools.problem.hours' });
  return problems;
}

/** What someone tells of themselves, question by question; an unknown answer is not said. */
export function parseTold(form: FormData): Told {
  const questions = Object.keys(toldQuestions) as ToldQuestion[];
  return Object.fromEntries(
    questions.flatMap((question) => {
      const answer = among<string>(toldQuestions[question], String(form.get(question) ?? ''));
      return answer === undefined ? [] : [[question, answer]];
    }),
  );
}
