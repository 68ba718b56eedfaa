import type { Day } from '../clock.ts';
import type { Language } from './languages.ts';

const formats = new Map<string, Intl.DateTimeFormat>();
const parts = {
  day: { day: 'numeric', month: 'long', year: 'numeric' },
  month: { month: 'long', year: 'numeric' },
  year: { year: 'numeric' },
  monthName: { month: 'long' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** A day as people write it in a language: the whole day, its month with or without its year, or its year; always the calendar of the town hall, in Latin digits. */
export function dayIn(language: Language, day: Day, part: keyof typeof parts = 'day'): string {
  const name = `${language} ${part}`;
  const format =
    formats.get(name) ??
    new Intl.DateTimeFormat(`${language}-u-ca-gregory-nu-latn`, { ...parts[part], timeZone: 'UTC' });
  formats.set(name, format);
  return format.format(new Date(`${day}T00:00:00Z`));
}

/** A moment as people write it in a language: day and time in the Netherlands, in Latin digits. */
export function momentIn(language: Language, moment: Date): string {
  const name = `${language} moment`;
  const format =
    formats.get(name) ??
    new Intl.DateTimeFormat(`${language}-u-ca-gregory-nu-latn`, {
      dateStyle: 'long',
      timeStyle: 'short',
      timeZone: 'Europe/Amsterdam',
    });
  formats.set(name, format);
  return format.format(moment);
}

/** The time of a moment in the Netherlands as people write it in a language, in Latin digits: '14:35'. */
export function timeIn(language: Language, moment: Date): string {
  const name = `${language} time`;
  const format =
    formats.get(name) ??
    new Intl.DateTimeFormat(`${language}-u-nu-latn`, { timeStyle: 'short', timeZone: 'Europe/Amsterdam' });
  formats.set(name, format);
  return format.format(moment);
}
