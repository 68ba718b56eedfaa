import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { daysLater } from '#platform/clock.ts';
import {
  fadingOf,
  lastWord,
  mayRemind,
  monthsEarlier,
  outlookOf,
  outlooks,
  writtenIn,
  type Candidate,
} from './model.ts';

const today = '2026-11-22';
const candidate = (more: Partial<Candidate> = {}): Candidate => ({
  initiative: 'one',
  hasAddress: true,
  lastAsked: null,
  wish: 'usual',
  language: 'nl',
  ...more,
});

describe('whom a campaign asks', () => {
  test('nobody is asked more than once in six months, unless someone asks by hand', () => {
    expect(outlookOf(candidate(), today)).toBe('asked');
    expect(outlookOf(candidate({ lastAsked: '2026-05-23' }), today)).toBe('asked-lately');
    expect(outlookOf(candidate({ lastAsked: '2026-05-22' }), today)).toBe('asked');
    expect(outlookOf(candidate({ lastAsked: '2026-11-20' }), today, true)).toBe('asked');
  });

  test('who wishes to be asked less is asked once in two years, and who never wishes it is not asked by hand either', () => {
    expect(outlookOf(candidate({ wish: 'less', lastAsked: '2025-11-22' }), today)).toBe('rather-not');
    expect(outlookOf(candidate({ wish: 'less', lastAsked: '2024-11-22' }), today)).toBe('asked');
    expect(outlookOf(candidate({ wish: 'less' }), today)).toBe('asked');
    expect(outlookOf(candidate({ wish: 'never' }), today)).toBe('rather-not');
    expect(outlookOf(candidate({ wish: 'never' }), today, true)).toBe('rather-not');
  });

  test('before a campaign starts it is told how many will be asked, and of how many there is no address', () => {
    const all = [
      candidate(),
      candidate({ hasAddress: false }),
      candidate({ hasAddress: false, wish: 'never' }),
      candidate({ lastAsked: today }),
    ];
    expect(outlooks(all, today)).toEqual({ asked: 1, 'no-address': 1, 'asked-lately': 1, 'rather-not': 1 });
  });

  test('one reminder goes out, after three weeks and before the link ends', () => {
    const sent = (days: number, more: object = {}) =>
      mayRemind({ sentOn: daysLater(today, -days), remindedOn: null, answer: null, ...more }, today);
    expect([20, 21, 59, 60].map((days) => sent(days))).toEqual([false, true, true, false]);
    expect(sent(30, { remindedOn: daysLater(today, -2) })).toBe(false);
    expect(sent(30, { answer: 'right' })).toBe(false);
  });
});

describe('fading', () => {
  test('an entry fades by the last word of the initiative or of a verifier, whichever came later', () => {
    expect(lastWord({ confirmedOn: '2024-01-01', checkedOn: '2026-01-01' })).toBe('2026-01-01');
    const heard = (confirmedOn: string | null, checkedOn: string | null, recordedOn = '2020-01-01') =>
      fadingOf({ confirmedOn, checkedOn, recordedOn }, today);
    expect(heard('2026-01-01', '2020-01-01')).toEqual({ freshness: 'confirmed', step: 0 });
    expect(heard('2020-01-01', '2025-10-01')).toEqual({ freshness: 'fading', step: 1 });
    expect(heard(null, '2025-04-01')).toEqual({ freshness: 'faded', step: 2 });
    expect(heard('2024-01-01', null)).toEqual({ freshness: 'silent', step: 3 });
  });

  test('what nobody ever confirmed says so, and fades from the day it came', () => {
    const heard = (recordedOn: string) => fadingOf({ confirmedOn: null, checkedOn: null, recordedOn }, today);
    expect(heard('2026-11-01')).toEqual({ freshness: 'never-confirmed', step: 0 });
    expect(heard('2025-04-01')).toEqual({ freshness: 'never-confirmed', step: 2 });
    expect(heard('2015-04-01')).toEqual({ freshness: 'never-confirmed', step: 3 });
  });

  test('with every day of silence an entry fades further or stays as it was', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 0, max: 400 }), (days, more) => {
        const step = (ago: number) =>
          fadingOf({ confirmedOn: daysLater(today, -ago), checkedOn: null, recordedOn: '2015-01-01' }, today)
            .step;
        expect(step(days + more)).toBeGreaterThanOrEqual(step(days));
      }),
    );
  });

  test('months earlier is a day that exists', () => {
    expect(monthsEarlier('2026-08-31', 6)).toBe('2026-02-28');
    expect(monthsEarlier('2026-03-15', 24)).toBe('2024-03-15');
    expect(monthsEarlier('2026-01-31', 2)).toBe('2025-11-30');
  });
});

test('words keep the language of the page they were written on, unless their letters say otherwise', () => {
  expect(writtenIn('انتقلنا', 'ar')).toBe('ar');
  expect(writtenIn('انتقلنا', 'nl')).toBe('und');
  expect(writtenIn('Verhuisd', 'ti')).toBe('und');
  expect(writtenIn('Переїхали до Ede', 'uk')).toBe('uk');
});
