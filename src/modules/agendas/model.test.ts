import { expect, test } from 'vitest';
import {
  afterDeed,
  daysToAsk,
  endsInTime,
  monthsLater,
  nineInTheMorning,
  promiseDeeds,
  promiseStates,
  yearAfter,
  type Line,
} from './model.ts';

const line: Line = {
  drawnOn: '2026-11-24',
  untilDay: '2027-11-24',
  months: [1, 3, 6, 12],
  byDay: '2027-11-24',
  state: 'underway',
  pausedUntil: null,
};

test('a promise of a year is asked after a month, three months, half a year and a year', () => {
  expect(daysToAsk(line, '2026-11-24')).toEqual(['2026-12-24', '2027-02-24', '2027-05-24', '2027-11-24']);
  expect(daysToAsk(line, '2027-02-24')).toEqual(['2027-05-24', '2027-11-24']);
});

test('a promise is asked on the day it was meant to be done, and not also two days before or after', () => {
  expect(daysToAsk({ ...line, byDay: '2027-02-26' }, '2026-11-24')).toEqual([
    '2026-12-24',
    '2027-02-26',
    '2027-05-24',
    '2027-11-24',
  ]);
});

test('what rests is not asked until the end of the rest', () => {
  expect(daysToAsk({ ...line, state: 'paused', pausedUntil: '2027-03-15' }, '2026-12-01')).toEqual([
    '2027-03-15',
    '2027-05-24',
    '2027-11-24',
  ]);
});

test('nobody is asked about what is done, let go, taken back, not confirmed or only told by sources', () => {
  for (const state of ['done', 'let-go', 'withdrawn', 'said', 'not-known'] as const)
    expect(daysToAsk({ ...line, state }, '2026-11-24')).toEqual([]);
});

test('a month later than the last of a long month is the last of a shorter one, also in a leap year', () => {
  expect(monthsLater('2027-01-31', 1)).toBe('2027-02-28');
  expect(monthsLater('2028-01-31', 1)).toBe('2028-02-29');
  expect(monthsLater('2026-11-30', 3)).toBe('2027-02-28');
  expect(yearAfter('2028-02-29')).toBe('2029-02-28');
  expect(monthsLater('2026-12-24', 12)).toBe('2027-12-24');
});

test('a promise is for at most a year, and never for the past', () => {
  expect(endsInTime('2027-11-24', '2026-11-24')).toBe(true);
  expect(endsInTime('2027-11-25', '2026-11-24')).toBe(false);
  expect(endsInTime('2026-11-23', '2026-11-24')).toBe(false);
});

test('letters leave at nine in the morning by the clock on the wall, in summer, in winter and after a night in which it is moved', () => {
  expect(nineInTheMorning('2027-01-15').toISOString()).toBe('2027-01-15T08:00:00.000Z');
  expect(nineInTheMorning('2027-07-15').toISOString()).toBe('2027-07-15T07:00:00.000Z');
  expect(nineInTheMorning('2027-03-27').toISOString()).toBe('2027-03-27T08:00:00.000Z');
  expect(nineInTheMorning('2027-03-28').toISOString()).toBe('2027-03-28T07:00:00.000Z');
  expect(nineInTheMorning('2027-10-30').toISOString()).toBe('2027-10-30T07:00:00.000Z');
  expect(nineInTheMorning('2027-10-31').toISOString()).toBe('2027-10-31T08:00:00.000Z');
});

test('what was withdrawn or is only told by sources never moves again, and nothing is done before it is confirmed', () => {
  for (const deed of promiseDeeds) {
    expect(afterDeed('withdrawn', deed).ok).toBe(false);
    expect(afterDeed('not-known', deed).ok).toBe(false);
    if (deed !== 'confirm' && deed !== 'withdraw') expect(afterDeed('said', deed).ok).toBe(false);
  }
  for (const state of promiseStates)
    for (const deed of promiseDeeds) {
      const next = afterDeed(state, deed);
      if (next.ok && next.value === 'withdrawn') expect(state).toBe('said');
    }
});
