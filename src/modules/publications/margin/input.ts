import { wordsIn } from '#platform/form.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { limits, stances, type Given, type Stance } from './model.ts';

export type GivenProblem = 'no-words' | 'too-long' | 'called-long' | 'language';

/** Reads words somebody gives, as typed; a language is two or three letters, as its code is. */
export function parseGiven(form: FormData): Result<Given, GivenProblem> {
  const words = wordsIn(form, 'words', true);
  const language = wordsIn(form, 'language').toLowerCase();
  const called = wordsIn(form, 'called');
  if (words === '') return refused('no-words');
  if (words.length > limits.words) return refused('too-long');
  if (called.length > limits.called) return refused('called-long');
  if (!/^[a-z]{2,3}$/.test(language)) return refused('language');
  return ok({ words, language, called: called === '' ? null : called, renderable: form.has('renderable') });
}

/** What somebody says they are beside a text; a remark when nothing was said. */
export const parseStance = (form: FormData): Stance =>
  stances.find((each) => each === form.get('stance')) ?? 'remark';
