import { wordsIn } from '#platform/form.ts';
import { themes, type Theme } from '../initiatives/model.ts';
import type { Signing, TellProblem } from './model.ts';

/** Lines of a form that say something, at most so many; each on its own. */
export const linesIn = (form: FormData, name: string, most: number): string[] =>
  [
    ...new Set(
      wordsIn(form, name, true)
        .split('\n')
        .map((line) => line.replace(/\s+/g, ' ').trim())
        .filter(Boolean),
    ),
  ].slice(0, most);

/** The domains of life that were ticked. */
export const themesIn = (form: FormData): Theme[] =>
  themes.filter((theme) => form.getAll('theme').includes(theme));

/** The language the words are in; `fallback` when it is none. */
export const languageIn = (form: FormData, fallback: string): string =>
  /^[a-z]{2}$/.exec(wordsIn(form, 'language'))?.[0] ?? fallback;

/** Under which name, and whether it goes along with who told it. */
export const signingIn = (form: FormData): Signing => ({
  called: wordsIn(form, 'called').slice(0, 80) || null,
  goesAlong: wordsIn(form, 'leaving') !== 'stays',
});

/** What is wrong with words that may be at most so long, and may be left out unless they are needed. */
export function faultOf(field: string, words: string, most: number, needed = true): TellProblem[] {
  if (words === '') return needed ? [{ field, reason: 'learning.problem.missing' }] : [];
  return words.length > most ? [{ field, reason: 'learning.problem.long' }] : [];
}
