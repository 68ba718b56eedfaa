import { expect, test } from 'vitest';
import { blindSpots, tallies } from './model.ts';

const entries = [
  { municipality: 'GM0202', themes: ['work', 'language'], phases: ['landing'] },
  { municipality: 'GM0202', themes: ['work'], phases: ['landing', 'rooting'] },
  { municipality: 'GM0363', themes: ['housing'], phases: ['arrival'] },
  { municipality: null, themes: ['rights'], phases: ['arrival'] },
];
const looking = (theme: string, on: string, found: number) => ({
  municipality: 'GM0202',
  theme,
  phase: 'arrival',
  on,
  found,
});
const rows = blindSpots('GM0202', entries, [
  looking('housing', '2023-05-01', 2),
  looking('housing', '2024-02-01', 0),
]);
const spot = (theme: string, phase: string) =>
  rows.find((row) => row.theme === theme)?.spots.find((each) => each.phase === phase)?.spot;

test('where entries are, they are counted, once for each theme and phase they work in', () => {
  expect(spot('work', 'landing')).toEqual({ known: 'entries', count: 2 });
  expect(spot('language', 'landing')).toEqual({ known: 'entries', count: 1 });
});

test('looked and found none is told with the last day someone looked', () => {
  expect(spot('housing', 'arrival')).toEqual({ known: 'looked', on: '2024-02-01', found: 0 });
});

test('where nobody looked it says so, also when a national entry works on the theme', () => {
  expect(spot('rights', 'arrival')).toEqual({ known: 'nobody-looked' });
});

test('every theme counts once in each phase', () => {
  expect(tallies(rows)).toEqual([
    { phase: 'arrival', entries: 0, looked: 1, nobodyLooked: 13 },
    { phase: 'landing', entries: 2, looked: 0, nobodyLooked: 12 },
    { phase: 'rooting', entries: 1, looked: 0, nobodyLooked: 13 },
  ]);
});
