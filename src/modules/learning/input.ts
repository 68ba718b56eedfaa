import { themes, type Theme } from '../initiatives/model.ts';
import { readable } from '../initiatives/input.ts';
import type { Signing, TellProblem } from './model.ts';

const of = (form: FormData, name: string): string => {
  const given = form.get(name);
  return typeof given === 'string'
    ? readable(given.toWellFormed()).normalize('NFC').replace(/\r\n?/g, '\n').trim()
    : '';
};

/** Words of a form on one line. */
export const lineIn = (form: FormData, name: string): string => of(form, name).replace(/\s+/g, ' ');

/** Words of a form of several lines. */
export const wordsIn = (form: FormData, name: string): string => of(form, name);

/** Lines of a form that say something, at most so many; each on its own. */
export const linesIn = (form: FormData, name: string, most: number): string[] =>
  [
    ...new Set(
      of(form, name)
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
  /^[a-z]{2}$/.exec(lineIn(form, 'language'))?.[0] ?? fallback;

/** Under which name, and whether it goes along with who told it. */
export const signingIn = (form: FormData): Signing => ({
  called: lineIn(form, 'called').slice(0, 80) || null,
  goesAlong: lineIn(form, 'leaving') !== 'stays',
});

/** Everything that was typed, as it stands in the form again when something is wrong. */
export const typedIn = (form: FormData): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...form].flatMap(([name, value]) =>
      typeof value === 'string' && name !== 'theme' ? [[name, value.slice(0, 5_000)]] : [],
    ),
  );

/** What is wrong with words that may be at most so long, and may be left out unless they are needed. */
export function faultOf(field: string, words: string, most: number, needed = true): TellProblem[] {
  if (words === '') return needed ? [{ field, reason: 'learning.problem.missing' }] : [];
  return words.length > most ? [{ field, reason: 'learning.problem.long' }] : [];
}
