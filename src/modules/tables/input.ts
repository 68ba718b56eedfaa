import type { Day } from '#platform/clock.ts';
import { isKey } from '#platform/ids.ts';
import { wordsIn } from '../agendas/making/input.ts';
import { fieldDate } from '../initiatives/field/model.ts';
import { dayPrecisions, type KnownDay, type Typed } from './model.ts';

export { wordsIn };

/** A day as precisely as someone wrote it: '2026', '2026-03' or '2026-03-05'; null when it is none, or lies after `latest`. */
export function parseKnownDay(text: string, latest: Day): KnownDay | null {
  const date = fieldDate(text);
  const precision = dayPrecisions.find((each) => each === date?.precision);
  return date && precision && date.day <= latest ? { day: date.day, precision } : null;
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
