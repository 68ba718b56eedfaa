import { isLanguage, type Language } from '#platform/i18n/languages.ts';
import type { WrongParameter } from '#platform/http/problem.ts';
import type { Day } from '#platform/clock.ts';
import type { FieldWish } from '../finding/model.ts';
import { parseWish } from '../input.ts';

export type Read<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly errors: readonly WrongParameter[] };

/** Reads the parameters of an open data door strictly: one wrong parameter refuses the question, and every wrong one is named. */
export function parseQuestion(
  query: URLSearchParams,
  today: Day,
): Read<{ wish: FieldWish; language: Language }> {
  const { wish, problems } = parseWish(query, today);
  const lang = query.get('lang') ?? 'nl';
  const errors = problems.map(({ name, expected }) => ({ name, reason: `expected ${expected}` }));
  if (!isLanguage(lang))
    errors.push({ name: 'lang', reason: 'expected one of nl, en, ar, ti, fa, uk, tr, fr' });
  return errors.length > 0 || !isLanguage(lang)
    ? { ok: false, errors }
    : { ok: true, value: { wish, language: lang } };
}

export type Since = { readonly number: number } | { readonly moment: string };

/** Reads `since`: the `next` of an earlier answer, or a moment as 2026-11-21 or 2026-11-21T10:00:00Z; without it the beginning. */
export function parseSince(query: URLSearchParams): Read<Since> {
  const wrong = (name: string, reason: string) => ({ ok: false as const, errors: [{ name, reason }] });
  const strange = [...query.keys()].find((name) => name !== 'since');
  if (strange !== undefined) return wrong(strange.slice(0, 80), 'expected only since');
  const given = query.get('since')?.trim() ?? '0';
  if (/^\d{1,15}$/.test(given)) return { ok: true, value: { number: Number(given) } };
  const moment = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2}))?$/.test(given)
    ? new Date(given)
    : null;
  if (!moment || Number.isNaN(moment.getTime()))
    return wrong('since', 'expected the next of an earlier answer, or a moment as 2026-11-21T10:00:00Z');
  return { ok: true, value: { moment: moment.toISOString() } };
}
