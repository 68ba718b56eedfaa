import { isLanguage, type Language } from '#platform/i18n/languages.ts';
import type { WrongParameter } from '#platform/http/problem.ts';
import { isDay, type Day } from '#platform/clock.ts';
import type { FieldWish } from '../finding/model.ts';
import { parseWish, readable } from '../input.ts';

export type Read<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly errors: readonly WrongParameter[] };

const once = ['q', 'near', 'within', 'asOf', 'knownOn', 'lang', 'page'];

/** Reads the parameters of an open data door strictly: one wrong parameter refuses the question, and every wrong one is named. */
export function parseQuestion(
  query: URLSearchParams,
  today: Day,
): Read<{ wish: FieldWish; language: Language }> {
  const { wish, problems } = parseWish(query, today);
  const lang = query.get('lang') || 'nl';
  const errors = problems.map(({ name, expected }) => ({ name, reason: `expected ${expected}` }));
  for (const name of once)
    if (query.getAll(name).length > 1) errors.push({ name, reason: 'is given more than once' });
  if (!isLanguage(lang))
    errors.push({ name: 'lang', reason: 'expected one of nl, en, ar, ti, fa, uk, tr, fr' });
  return errors.length > 0 || !isLanguage(lang)
    ? { ok: false, errors }
    : { ok: true, value: { wish, language: lang } };
}

/** Reads a question that takes no parameters. */
export function parseNothing(query: URLSearchParams): Read<null> {
  const errors = [...new Set(query.keys())].map((name) => ({
    name: readable(name).slice(0, 80).toWellFormed(),
    reason: 'expected no parameters',
  }));
  return errors.length > 0 ? { ok: false, errors } : { ok: true, value: null };
}

export type Since = { readonly number: number } | { readonly moment: string };

/** Reads `since`: the `next` of an earlier answer, or a moment as 2026-11-21 or 2026-11-21T10:00:00Z; without it the beginning. */
export function parseSince(query: URLSearchParams): Read<Since> {
  const strange = [...new Set(query.keys())].filter((name) => name !== 'since');
  const errors = strange.map((name) => ({
    name: readable(name).slice(0, 80),
    reason: 'expected only since',
  }));
  if (query.getAll('since').length > 1) errors.push({ name: 'since', reason: 'is given more than once' });
  const given = query.get('since')?.trim() || '0';
  const since = /^\d{1,15}$/.test(given) ? { number: Number(given) } : momentIn(given);
  if (since === null)
    errors.push({
      name: 'since',
      reason: 'expected the next of an earlier answer, or a moment as 2026-11-21T10:00:00Z',
    });
  return errors.length > 0 || since === null ? { ok: false, errors } : { ok: true, value: since };
}

function momentIn(given: string): { moment: string } | null {
  const moment = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2}))?$/.test(given)
    ? new Date(given)
    : null;
  // Left to itself, 30 February becomes the first of March; and years are those the database can write too.
  const exists = moment !== null && !Number.isNaN(moment.getTime()) && isDay(given.slice(0, 10));
  return exists ? { moment: moment.toISOString() } : null;
}
