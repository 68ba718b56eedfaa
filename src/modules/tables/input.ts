import type { Day } from '#platform/clock.ts';
import { wordsIn } from '#platform/form.ts';
import { fieldDate } from '../initiatives/field/model.ts';
import { dayPrecisions, type KnownDay, type Typed } from './model.ts';

/** A day as precisely as someone wrote it: '2026', '2026-03' or '2026-03-05'; null when it is none, or lies after `latest`. */
export function parseKnownDay(text: string, latest: Day): KnownDay | null {
  const date = fieldDate(text);
  const precision = dayPrecisions.find((each) => each === date?.precision);
  return date && precision && date.day <= latest ? { day: date.day, precision } : null;
}

/** One of these words as it was chosen, or the first. */
export const chosenIn = <Of extends string>(form: FormData, name: string, words: readonly Of[]): Of =>
  words.find((each) => each === form.get(name)) ?? (words[0] as Of);

/** What was typed and in which form of a page, as it came, with every answer under a name. */
export const typedByForm = (form: FormData): Typed => ({
  form: wordsIn(form, 'form'),
  values: Object.fromEntries(
    [...new Set(form.keys())].map((name) => [
      name,
      form.getAll(name).filter((said) => typeof said === 'string'),
    ]),
  ),
});
