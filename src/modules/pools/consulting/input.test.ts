import { expect, test } from 'vitest';
import { refused } from '#platform/result.ts';
import { parseAsked, parseAssignment } from './input.ts';

const today = '2026-11-25';
const form = (words: Readonly<Record<string, string>>) => {
  const made = new FormData();
  for (const [name, value] of Object.entries(words)) made.set(name, value);
  return made;
};

test('the hours of work are read as hours everywhere in a pool: by the quarter, from half an hour to a hundred', () => {
  const hours = (typed: string) => {
    const read = parseAssignment(form({ what: 'Een gesprek', hours: typed, 'by-day': '2026-12-01' }), today);
    return read.ok ? read.value.hours : read;
  };
  expect(['0,5', '1,75', '2', '100'].map(hours)).toEqual([0.5, 1.75, 2, 100]);
  const wrong = ['', '0', '0,25', '1,3', '1e1', '0x10', '1,2,3', '100,25', 'Infinity'];
  for (const typed of wrong)
    expect(hours(typed), typed).toEqual(refused('consulting.refused.hours', { field: 'hours' }));
});

test('a budget is read to the cent, with or without a sign or spaces, up to a million', () => {
  const budget = (typed: string) => {
    const words = {
      title: 'Wachten op een huis',
      client: 'Gelderland',
      question: 'Wat helpt wie wacht?',
      'may-change': 'Hoe wij plekken verdelen.',
      deadline: '2027-01-15',
      budget: typed,
    };
    const read = parseAsked(form(words), today);
    return read.ok ? read.value.budgetCents : read;
  };
  expect(['€ 1 500,50', '0', '1000000'].map(budget)).toEqual([150_050, 0, 100_000_000]);
  for (const typed of ['', '1e3', '1000000,01', '12345678'])
    expect(budget(typed), typed).toEqual(refused('consulting.refused.euros', { field: 'budget' }));
});
