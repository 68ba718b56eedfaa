import { isKey } from '#platform/ids.ts';
import { attendances, limits } from '../model.ts';
import type { Coming } from './model.ts';

const unseen = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** Who does a deed and its key, so that the same one sent twice is done once; without a key it is a deed of its own. */
export function parseDeed(form: FormData): { readonly who: string; readonly deed: string } {
  const [who, deed] = ['who', 'deed'].map((name) => String(form.get(name) ?? '').slice(0, 36));
  return {
    who: who && isKey(who) ? who : '00000000-0000-0000-0000-000000000000',
    deed: deed && isKey(deed) ? deed : crypto.randomUUID(),
  };
}

/** What was typed in a form, so that it is not lost when it could not be taken. */
export const typedIn = (form: FormData): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...form].flatMap(([name, value]) =>
      typeof value === 'string' && name !== 'deed' ? [[name, value]] : [],
    ),
  );

/** A language as a form names it, in two letters, or none. */
export function parseLanguage(form: FormData, name: string): string | null {
  const said = form.get(name);
  return typeof said === 'string' && /^[a-z]{2}$/.test(said) ? said : null;
}

/** How someone comes in. What cannot be read is taken as not said; a name that is too long keeps its beginning. */
export function parseComing(form: FormData): Coming {
  const called = String(form.get('called') ?? '')
    .toWellFormed()
    .normalize('NFC')
    .replace(unseen, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const role = form.get('role');
  return {
    called: [...called].slice(0, limits.called).join('').trim() || null,
    role: attendances.find((each) => each === role) ?? null,
    beside: parseLanguage(form, 'beside'),
  };
}
