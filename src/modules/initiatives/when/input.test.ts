import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isDay } from '#platform/clock.ts';
import { lastDayOf } from '../model.ts';
import { parseWhen } from './input.ts';
import { typedOf, type WhenPart } from './model.ts';

const read = (typed: Partial<Record<WhenPart, string>>) => parseWhen((part) => typed[part] ?? '');

test.each([
  [{}, null, 'unknown'],
  [{ year: '2016' }, '2016-01-01', 'year'],
  [{ year: '2016', around: 'yes' }, '2016-01-01', 'around'],
  [{ year: '2016', month: '3' }, '2016-03-01', 'month'],
  [{ year: '2016', month: '3', day: '9' }, '2016-03-09', 'day'],
  [{ year: '٢٠١٦', month: '3', day: '٩' }, '2016-03-09', 'day'],
  [{ year: '۲۰۱۶' }, '2016-01-01', 'year'],
] as const)('of a day as much is taken as was filled in: %o', (typed, day, precision) => {
  expect(read(typed)).toEqual({ ok: true, told: { day, precision } });
});

test.each([
  [{ day: '9' }, 'year', 'year_needed'],
  [{ month: '3' }, 'year', 'year_needed'],
  [{ year: '16' }, 'year', 'not_a_year'],
  [{ year: '0999' }, 'year', 'not_a_year'],
  [{ year: '2016', day: '9' }, 'month', 'month_needed'],
  [{ year: '2016', month: '13' }, 'month', 'not_a_day'],
  [{ year: '2015', month: '2', day: '29' }, 'day', 'not_a_day'],
] as const)('what is no day is told where it stands: %o', (typed, part, reason) => {
  expect(read(typed)).toEqual({ ok: false, part, reason });
});

test('whatever is typed, a day that exists comes of it or a reason, and what is shown again reads the same', () => {
  const anyWord = fc.oneof(
    fc.string({ maxLength: 6 }),
    fc.integer({ min: -5, max: 3000 }).map(String),
    fc.constant(''),
  );
  fc.assert(
    fc.property(fc.record({ year: anyWord, month: anyWord, day: anyWord, around: anyWord }), (typed) => {
      const when = read(typed);
      if (!when.ok) return;
      const { day, precision } = when.told;
      expect((day === null) === (precision === 'unknown')).toBe(true);
      if (day !== null) expect(isDay(day) && lastDayOf(day, precision) >= day).toBe(true);
      expect(read(typedOf(when.told))).toEqual(when);
    }),
    { numRuns: 2_000 },
  );
});
