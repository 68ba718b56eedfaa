import { expect, test } from 'vitest';
import { parsePeriods } from './input.ts';

const read = (query: string) => parsePeriods(new URLSearchParams(query));

test('two periods are read, whichever year someone chose first', () => {
  const both = [
    { from: 2018, to: 2020 },
    { from: 2021, to: 2026 },
  ];
  expect(read('from=2018&to=2020&since=2021&until=2026')).toEqual(both);
  expect(read('from=2020&to=2018&since=2026&until=2021')).toEqual(both);
});

test.each([
  '',
  'from=2018&to=2020',
  'from=2018&to=2020&since=x&until=2026',
  'from=9999&to=2020&since=2021&until=2026',
])('nothing is laid side by side for %s', (query) => expect(read(query)).toBeNull());
