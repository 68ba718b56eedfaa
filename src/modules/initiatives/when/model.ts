import type { Day } from '#platform/clock.ts';
import type { DatePrecision } from '../model.ts';

/** A day as it was told: the first day of the time, and how precise that is. */
export interface ToldDay {
  readonly day: Day | null;
  readonly precision: DatePrecision;
}

export const notKnown: ToldDay = { day: null, precision: 'unknown' };

/** The fields that ask for a day, after the word they begin with: 'since-year'. Each may stay empty. */
export const whenParts = ['day', 'month', 'year', 'around'] as const;
export type WhenPart = (typeof whenParts)[number];

export type WhenProblem = 'not_a_year' | 'not_a_day' | 'month_needed' | 'year_needed';

/** What would stand in the fields of a told day. */
export function typedOf({ day, precision }: ToldDay): Readonly<Record<WhenPart, string>> {
  const [year = '', month = '', date = ''] = (day ?? '').split('-');
  const whole = precision === 'day';
  return {
    year,
    month: whole || precision === 'month' ? String(Number(month) || '') : '',
    day: whole ? String(Number(date) || '') : '',
    around: precision === 'around' ? 'yes' : '',
  };
}
