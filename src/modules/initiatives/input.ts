import { parsePlaceWords } from '#modules/places/input.ts';
import { isDay, type Day } from '#platform/clock.ts';
import type { FieldWish, WishProblem, WishReason } from './finding/model.ts';
import { kinds, leads, phases, themes } from './model.ts';

const mostPages = 100_000;
const known = [
  'q',
  'near',
  'within',
  'phase',
  'theme',
  'ledBy',
  'language',
  'kind',
  'asOf',
  'knownOn',
  'lang',
  'page',
];
// What a reader cannot see must not change what a page says.
const unseen = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]|\p{Cs}/gu;
const mostValues = 20;

/** The words without signs that a reader cannot see, such as those that turn the direction of a page. */
export function readable(words: string): string {
  return words.replace(unseen, '');
}

/** What stood in the fields for words, also where it could not be taken: nothing a person wrote is lost. */
export function typedWords(query: URLSearchParams): { q: string; near: string } {
  return { q: readable(query.get('q') ?? ''), near: readable(query.get('near') ?? '') };
}

/** Reads the parameters of a page or a data door. Nothing throws: what could not be taken falls away and is told in `problems`. */
export function parseWish(query: URLSearchParams, today: Day): { wish: FieldWish; problems: WishProblem[] } {
  const problems: WishProblem[] = [];
  const tell = (name: string, reason: WishReason, given: string, expected: string) =>
    problems.push({ name: shown(name), reason, given: shown(given), expected });
  for (const name of new Set(query.keys())) {
    if (!known.includes(name))
      tell(name, 'unknown_parameter', query.get(name) ?? '', `one of ${known.join(', ')}`);
  }
  const values = (name: string): string[] => {
    const all = valuesOf(query, name);
    if (all.length > mostValues) tell(name, 'too_long', '', `at most ${mostValues} values`);
    return all.slice(0, mostValues);
  };
  const several = <Value extends string>(name: string, options: readonly Value[]): Value[] =>
    values(name).flatMap((given) => {
      const option = options.find((one) => one === given);
      if (option) return option;
      tell(name, 'unknown_value', given, `one of ${options.join(', ')}`);
      return [];
    });
  const day = (name: string): Day | null => {
    const given = query.get(name)?.trim();
    if (!given) return null;
    if (isDay(given)) return given;
    if (/^[12]\d{3}$/.test(given)) return `${given}-12-31`;
    tell(name, 'not_a_day', given, 'a day that exists, as 2016-02-09');
    return null;
  };
  const number = (name: string, least: number, most: number, otherwise: number): number => {
    const given = query.get(name)?.trim();
    if (!given) return otherwise;
    const read = /^\d{1,9}$/.test(given) ? Number(given) : Number.NaN;
    if (read >= least && read <= most) return read;
    tell(name, 'not_a_number', given, `a whole number from ${least} to ${most}`);
    return otherwise;
  };
  const words = (name: string, most: number): string => {
    const given = (query.get(name) ?? '').trim();
    if (given.length > most) tell(name, 'too_long', given, `at most ${most} signs`);
    else if (readable(given) !== given) tell(name, 'unreadable', given, 'signs that can be read');
    else return given.normalize('NFC').replace(/\s+/gu, ' ');
    return '';
  };
  return {
    wish: {
      q: words('q', 400),
      near: placeWords(query.get('near') ?? '', tell),
      within: number('within', 1, 300, 25),
      phase: several('phase', phases),
      theme: several('theme', themes),
      ledBy: several('ledBy', leads),
      kind: several('kind', kinds),
      language: values('language').flatMap((given) => {
        if (/^[a-z]{2,3}(-[A-Za-z]{2,4})?$/.test(given)) return given;
        tell('language', 'not_a_language', given, 'a language code, as ar or fa-AF');
        return [];
      }),
      asOf: day('asOf') ?? today,
      knownOn: day('knownOn'),
      page: number('page', 1, mostPages, 1),
    },
    problems,
  };
}

function placeWords(
  given: string,
  tell: (name: string, reason: WishReason, given: string, expected: string) => void,
): string {
  if (given.trim() === '') return '';
  const read = parsePlaceWords(given);
  if (read.ok) return read.value;
  const reason = read.reason === 'places.problem.words_too_long' ? 'too_long' : 'unreadable';
  tell('near', reason, given, 'the name of a place, at most 100 signs');
  return '';
}

/** The different values of a parameter that may be repeated or written with commas. */
function valuesOf(query: URLSearchParams, name: string): string[] {
  const all = query.getAll(name).flatMap((given) => given.split(','));
  return [...new Set(all.map((given) => given.trim()).filter(Boolean))];
}

/** As much of what was given as an answer repeats. */
function shown(given: string): string {
  return readable(given).slice(0, 80).toWellFormed();
}
