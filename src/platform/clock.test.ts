import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { daysLater, isDay, now, stopClock, today } from './clock.ts';

afterEach(() => stopClock());

test.each([
  ['2026-11-20T22:59:59.999Z', '2026-11-20', 'a moment before midnight in winter'],
  ['2026-11-20T23:00:00.000Z', '2026-11-21', 'midnight in winter'],
  ['2026-06-30T21:59:59.999Z', '2026-06-30', 'a moment before midnight in summer'],
  ['2026-06-30T22:00:00.000Z', '2026-07-01', 'midnight in summer'],
  ['2026-03-28T23:00:00.000Z', '2026-03-29', 'the midnight before the clock goes forward'],
  ['2026-03-29T21:59:59.000Z', '2026-03-29', 'the last second of the day of 23 hours'],
  ['2026-03-29T22:00:00.000Z', '2026-03-30', 'the midnight after the clock went forward'],
  ['2026-10-24T22:00:00.000Z', '2026-10-25', 'the midnight before the clock goes back'],
  ['2026-10-25T22:59:59.000Z', '2026-10-25', 'the last second of the day of 25 hours'],
  ['2026-10-25T23:00:00.000Z', '2026-10-26', 'the midnight after the clock went back'],
  ['2023-12-31T23:00:00.000Z', '2024-01-01', 'new year'],
  ['2024-02-28T23:30:00.000Z', '2024-02-29', 'the leap day'],
])('at %s it is %s in Amsterdam: %s', (moment, day) => {
  stopClock(new Date(moment));
  expect(today()).toBe(day);
});

test('today is always a day that exists', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('1900-01-01'), max: new Date('2999-12-30'), noInvalidDate: true }),
      (moment) => {
        stopClock(moment);
        expect(isDay(today())).toBe(true);
        expect(Math.abs(Date.parse(today()) - moment.getTime())).toBeLessThan(86_400_000 + 7_200_000);
      },
    ),
  );
});

test('a clock that was stopped stands still, and runs again', () => {
  stopClock(new Date('2016-02-09T12:00:00Z'));
  expect(now()).toEqual(new Date('2016-02-09T12:00:00Z'));
  stopClock();
  expect(Math.abs(now().getTime() - Date.now())).toBeLessThan(1000);
});

test('only a day of the calendar is a day', () => {
  for (const day of ['2016-02-29', '1000-01-01', '2999-12-31']) expect(isDay(day)).toBe(true);
  const none = [
    '2015-02-29',
    '2016-00-10',
    '2016-13-01',
    '2016-04-31',
    '2016-1-1',
    '0999-01-01',
    '3000-01-01',
    '２０１６-01-01',
  ];
  for (const word of [...none, ' 2016-01-01', '2016-01-01\n', '2016-01-01T00:00', '', '__proto__'])
    expect(isDay(word), word).toBe(false);
});

test('days later and back again is the same day, also over a change of the clock', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 10_000 }),
      fc.integer({ min: -10_000, max: 10_000 }),
      (start, days) => {
        const day = daysLater('2000-01-01', start);
        expect(daysLater(daysLater(day, days), -days)).toBe(day);
        expect(days > 0 ? daysLater(day, days) > day : daysLater(day, days) <= day).toBe(true);
      },
    ),
  );
  expect([daysLater('2024-02-28', 1), daysLater('2023-02-28', 1), daysLater('2026-03-28', 1)]).toEqual([
    '2024-02-29',
    '2023-03-01',
    '2026-03-29',
  ]);
});
