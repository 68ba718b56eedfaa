import type { WrongParameter } from '#platform/http/problem.ts';
import { isDay } from '#platform/clock.ts';
import { isLanguage, languages, type Language } from '#platform/i18n/languages.ts';
import type { Read } from '../../initiatives/exchange/input.ts';

/** The number of an edition in an address, or undefined: 1, 2, 3, never 01. */
export const editionNumber = (word: string): number | undefined =>
  /^[1-9]\d{0,4}$/.test(word) ? Number(word) : undefined;

/** The page that is asked of a long part; the first when none, or nothing that is one. */
export const pageNumber = (query: URLSearchParams): number => editionNumber(query.get('page') ?? '') ?? 1;

const momentIn = (given: string): Date | null => {
  const moment = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2}))?$/.test(given)
    ? new Date(given)
    : null;
  return moment !== null && !Number.isNaN(moment.getTime()) && isDay(given.slice(0, 10)) ? moment : null;
};

/** Reads what is asked of the feeds of publications: a language, Dutch when none, and a moment after which; all that is wrong at once. */
export function parseNewsQuestion(
  query: URLSearchParams,
): Read<{ readonly language: Language; readonly since: Date | null }> {
  const errors: WrongParameter[] = [...new Set(query.keys())]
    .filter((name) => !['lang', 'since'].includes(name))
    .map((name) => ({ name: name.slice(0, 80).toWellFormed(), reason: 'expected only lang and since' }));
  for (const name of ['lang', 'since'])
    if (query.getAll(name).length > 1) errors.push({ name, reason: 'is given more than once' });
  const language = query.get('lang') || 'nl';
  if (!isLanguage(language)) errors.push({ name: 'lang', reason: `one of ${languages.join(', ')}` });
  const given = query.get('since');
  const since = given ? momentIn(given.trim()) : null;
  if (given && since === null)
    errors.push({
      name: 'since',
      reason: 'expected the since of an earlier answer, or a moment as 2026-11-21T10:00:00Z',
    });
  return errors.length > 0 || !isLanguage(language)
    ? { ok: false, errors }
    : { ok: true, value: { language, since } };
}
