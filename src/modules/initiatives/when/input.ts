import { isDay } from '#platform/clock.ts';
import { notKnown, type ToldDay, type WhenPart, type WhenProblem } from './model.ts';

// People write numbers on the keyboard of their language.
const latinDigits = (text: string) =>
  text.replace(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf));

export type ReadWhen =
  | { readonly ok: true; readonly told: ToldDay }
  | { readonly ok: false; readonly part: WhenPart; readonly reason: WhenProblem };

/** Reads a day of which only what is known was filled in: nothing, a year (perhaps about), a month or the whole day. */
export function parseWhen(typed: (part: WhenPart) => string): ReadWhen {
  const [year, month, day] = (['year', 'month', 'day'] as const).map((part) =>
    latinDigits(typed(part)).trim(),
  );
  if (!year)
    return month || day ? { ok: false, part: 'year', reason: 'year_needed' } : { ok: true, told: notKnown };
  if (!/^\d{4}$/.test(year) || year < '1500' || year > '2999')
    return { ok: false, part: 'year', reason: 'not_a_year' };
  if (typed('around') !== '') return { ok: true, told: { day: `${year}-01-01`, precision: 'around' } };
  if (!month)
    return day
      ? { ok: false, part: 'month', reason: 'month_needed' }
      : { ok: true, told: { day: `${year}-01-01`, precision: 'year' } };
  const first = `${year}-${month.padStart(2, '0')}`;
  if (!isDay(`${first}-01`)) return { ok: false, part: 'month', reason: 'not_a_day' };
  if (!day) return { ok: true, told: { day: `${first}-01`, precision: 'month' } };
  const whole = `${first}-${day.padStart(2, '0')}`;
  return isDay(whole)
    ? { ok: true, told: { day: whole, precision: 'day' } }
    : { ok: false, part: 'day', reason: 'not_a_day' };
}
