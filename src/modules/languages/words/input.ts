import { isLanguage, type Language } from '#platform/i18n/languages.ts';
import { registers } from './model.ts';
import type { ListWish } from './reading/model.ts';

/** What of the list someone asks for; what makes no sense falls away kindly. */
export function parseListWish(query: URLSearchParams): ListWish {
  const q = (query.get('q') ?? '').toWellFormed().trim().slice(0, 80);
  return { q, register: registers.find((register) => register === query.get('register')) ?? null };
}

/** The language a feed is asked in: `lang`, else Dutch; null for a language or parameter that is not ours. */
export function parseFeedLanguage(query: URLSearchParams): Language | null {
  for (const name of query.keys()) if (name !== 'lang') return null;
  const language = query.get('lang') ?? 'nl';
  return isLanguage(language) ? language : null;
}
