import { expect, test } from 'vitest';
import { daysLater } from '../clock.ts';
import { dayIn } from './days.ts';
import { languages } from './languages.ts';

test('a day is written with its year in Latin digits, by the calendar of the town hall, in every language', () => {
  for (const language of languages) {
    expect(dayIn(language, '2016-02-09'), language).toMatch(/(^|\D)9(\D|$)/);
    expect(dayIn(language, '2016-02-09'), language).toContain('2016');
    expect(dayIn(language, '2016-02-09', 'month'), language).toContain('2016');
    expect(dayIn(language, '2016-02-09', 'year').replace(/[\p{Cf}\s]/gu, ''), language).toMatch(
      /^2016(рік|р\.)?$/u,
    );
    for (let month = 1; month <= 12; month++) {
      const day = `2016-${String(month).padStart(2, '0')}-15`;
      expect(dayIn(language, day), `${language} ${day}`).not.toMatch(/[٠-٩۰-۹፩-፼]/u);
    }
  }
});

test('the twelve months differ in every language', () => {
  for (const language of languages) {
    const months = Array.from({ length: 12 }, (_, at) =>
      dayIn(language, daysLater('2016-01-15', at * 30), 'month'),
    );
    expect(new Set(months).size, `${language}: ${months.join(', ')}`).toBe(12);
  }
});

test('a day stays that day, whatever the time zone of the machine', () => {
  const before = process.env.TZ;
  try {
    for (const zone of ['Pacific/Kiritimati', 'America/Los_Angeles', 'Europe/Amsterdam']) {
      process.env.TZ = zone;
      expect([dayIn('nl', '2016-03-01'), dayIn('en', '2016-12-31', 'year')]).toEqual([
        '1 maart 2016',
        '2016',
      ]);
    }
  } finally {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  }
});

test('Dutch, English and Arabic write a day as their readers do', () => {
  expect(dayIn('nl', '2016-02-09')).toBe('9 februari 2016');
  expect(dayIn('en', '2016-02-09')).toMatch(/^(9 February 2016|February 9, 2016)$/);
  expect(dayIn('ar', '2016-02-09')).toContain('فبراير');
  expect(dayIn('fa', '2016-02-09')).toContain('فوریه');
  expect(dayIn('uk', '2016-02-09')).toContain('лютого');
  expect(dayIn('tr', '2016-02-09')).toContain('Şubat');
});
