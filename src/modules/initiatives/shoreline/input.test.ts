import { expect, test } from 'vitest';
import { parseShoreline } from './input.ts';
import { tideDrawing } from './model.ts';

const read = (query: string) => parseShoreline(new URLSearchParams(query), '2026-11-21');

test('without a question the shoreline is that of today', () => {
  expect(read('').wish).toEqual({ day: '2026-11-21', between: null });
});

test('a year is its last day, and this year is today', () => {
  expect([read('day=2016').wish.day, read('day=2026').wish.day]).toEqual(['2016-12-31', '2026-11-21']);
});

test('two days in the wrong order are turned around, and that is told', () => {
  expect(read('from=2020-01-01&until=2016-01-01')).toMatchObject({
    wish: { between: { from: '2016-01-01', until: '2020-01-01' } },
    turned: true,
  });
});

test('a day that does not exist is told', () => {
  expect(read('day=2016-02-31').problems.map((problem) => problem.reason)).toEqual(['not_a_day']);
});

test('the tide is as high as the numbers say, counted from zero', () => {
  const drawing = tideDrawing([
    { year: 2014, count: 0, started: 0, ended: 0 },
    { year: 2015, count: 50, started: 50, ended: 0 },
    { year: 2016, count: 100, started: 50, ended: 0 },
  ]);
  const [none = 0, half = 0, all = 0] = drawing.years.map((year) => year.y);
  expect(none - half).toBe(half - all);
});
