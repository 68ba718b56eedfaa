import { isDay, type Day } from '#platform/clock.ts';
import { isKey } from '#platform/ids.ts';
import { wordsIn } from '../agendas/making/input.ts';
import type { KnownDay, Typed } from './model.ts';

export { wordsIn };

/** A day as precisely as someone wrote it: '2026', '2026-03' or '2026-03-05'; null when it is none, or lies after `latest`. */
export function parseKnownDay(text: string, latest: Day): KnownDay | null {
  const [day, precision] = /^\d{4}$/.test(text)
    ? [`${text}-01-01`, 'year' as const]
    : /^\d{4}-\d{2}$/.test(text)
      ? [`${text}-01`, 'month' as const]
      : [text, 'day' as const];
  return isDay(day) && day <= latest ? { day, precision } : null;
}

/** The keys that were ticked under this name, each once. */
export const keysIn = (form: FormData, name: string): string[] => [
  ...new Set(form.getAll(name).map(String).filter(isKey)),
];

/** The one key under this name, or null. */
export const keyIn = (form: FormData, name: string): string | null => keysIn(form, name)[0] ?? null;

/** One of these words as it was chosen, or the first. */
export const chosenIn = <Of extends string>(form: FormData, name: string, words: readonly Of[]): Of =>
  words.find((each) => each === form.get(name)) ?? (words[0] as Of);

/** What was typed, as it came. */
export const typedIn = (form: FormData): Typed => ({
  form: wordsIn(form, 'form'),
  values: Object.fromEntries(
    [...new Set(form.keys())].map((name) => [
      name,
      form.getAll(name).filter((said) => typeof said === 'string'),
    ]),
  ),
});
