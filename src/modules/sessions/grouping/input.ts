import { wordsIn } from '#platform/form.ts';
import { isKey } from '#platform/ids.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { limits } from '../model.ts';
import { sayable } from '../saying/model.ts';
import type { GroupingReason } from './model.ts';

const keysIn = (form: FormData, name: string): string[] =>
  form.getAll(name).flatMap((word) => (typeof word === 'string' && isKey(word) ? [word.toLowerCase()] : []));

export interface Named {
  readonly title: string;
  readonly language: string;
}

/** Reads the name of a heap, in the language it is named in. */
export function parseName(form: FormData): Result<Named, GroupingReason> {
  const language = wordsIn(form, 'language');
  const title = sayable(wordsIn(form, 'title'), limits.issue);
  if (!title.ok) return title;
  return /^[a-z]{2}$/.test(language) ? ok({ title: title.value, language }) : refused('no_language');
}

/** Where statements go: on a heap, on a new one with a name, or off every heap. */
export interface Laying {
  readonly statements: readonly string[];
  readonly on: { readonly issue: string } | { readonly named: Named } | null;
}

/** Reads which statements were chosen and where they go; a new name wins over a chosen heap. */
export function parseLaying(form: FormData): Result<Laying, GroupingReason> {
  const statements = keysIn(form, 'statement').slice(0, 300);
  const [issue] = keysIn(form, 'issue');
  if (wordsIn(form, 'title') !== '') {
    const named = parseName(form);
    return named.ok ? ok({ statements, on: { named: named.value } }) : named;
  }
  if (statements.length === 0) return refused('nothing_chosen');
  if (!issue && form.get('issue') !== 'none') return refused('nothing_chosen');
  return ok({ statements, on: issue ? { issue } : null });
}

/** Which heap a form is about; null when it is about none. */
export const parseIssue = (form: FormData): string | null => keysIn(form, 'issue')[0] ?? null;

export interface Sitting {
  readonly who: string;
  /** The group; null gets up. */
  readonly number: number | null;
}

/** Reads who sits down where. */
export function parseSitting(form: FormData): Result<Sitting, GroupingReason> {
  const [who] = keysIn(form, 'who');
  const word = wordsIn(form, 'group');
  if (!who || !/^\d{0,2}$/.test(word)) return refused('not_here');
  return ok({ who, number: word === '' ? null : Number(word) });
}
