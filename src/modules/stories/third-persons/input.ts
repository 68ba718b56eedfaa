import { isKey } from '#platform/ids.ts';

/** What the teller answers to one flag: it stays on purpose, or other words come in its place. */
export type FlagAnswer =
  | { readonly flag: string; readonly answer: 'kept' }
  | { readonly flag: string; readonly answer: 'changed'; readonly words: string };

/** Reads the answers of a form: `flag-KEY` is `kept` or `changed`, and `words-KEY` what comes in its place. What is unclear is not answered. */
export function parseAnswers(form: FormData): FlagAnswer[] {
  return [...form].flatMap(([name, said]): FlagAnswer[] => {
    const flag = name.slice(5);
    if (!name.startsWith('flag-') || !isKey(flag)) return [];
    if (said === 'kept') return [{ flag, answer: 'kept' }];
    if (said !== 'changed') return [];
    const words = String(form.get(`words-${flag}`) ?? '')
      .toWellFormed()
      .normalize('NFC')
      .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, ' ')
      .trim();
    return [{ flag, answer: 'changed', words: words.slice(0, 200) }];
  });
}
