import { isDay, type Day } from '#platform/clock.ts';
import { isLanguage } from '#platform/i18n/languages.ts';
import { nameForms, nothingSaid, questions, uses, type Audience, type Saying, type Use } from './model.ts';

export interface SayingProblem {
  /** The name of the field, such as `print.until`. */
  readonly field: string;
  readonly reason: 'until_wrong' | 'until_past';
}

/**
 * Reads what a form says of each use: `read` is `no`, `ask-me` or an audience; `read.name`, `read.image`, `read.voice`, `read.languages`
 * and `read.until` say the rest. A use that is not in the form is not said; what nobody asked falls away, and what is unclear is no.
 */
export function parseSayings(form: FormData, today: Day): { sayings: Saying[]; problems: SayingProblem[] } {
  const asked = uses.filter((use) => form.has(use));
  const sayings = asked.map((use) => sayingIn(form, use));
  const problems = sayings.flatMap(({ use, untilDay }): SayingProblem[] => {
    if (untilDay === null) return [];
    if (!isDay(untilDay)) return [{ field: `${use}.until`, reason: 'until_wrong' }];
    return untilDay <= today ? [{ field: `${use}.until`, reason: 'until_past' }] : [];
  });
  return { sayings, problems };
}

function sayingIn(form: FormData, use: Use): Saying {
  const said = String(form.get(use));
  const ask = questions[use];
  if (said === 'ask-me') return { ...nothingSaid(use), verdict: 'ask-me' };
  if (!(ask.audiences as readonly string[]).includes(said)) return nothingSaid(use);
  const languages = [...new Set(form.getAll(`${use}.languages`).map(String))].filter(isLanguage);
  const until = String(form.get(`${use}.until`) ?? '').trim();
  return {
    use,
    verdict: 'given',
    audience: said as Audience,
    languages: ask.languages && languages.length > 0 ? languages : null,
    nameForm: (ask.name && nameForms.find((each) => each === form.get(`${use}.name`))) || 'none',
    withImage: ask.image && form.has(`${use}.image`),
    withVoice: ask.voice && form.has(`${use}.voice`),
    untilDay: until === '' ? null : until.slice(0, 20),
  };
}
