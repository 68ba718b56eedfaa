import { afterEach, beforeEach, expect, test } from 'vitest';
import { stopClock } from '#platform/clock.ts';
import {
  parseAsOf,
  parseBlindSpotWishes,
  parseChainQuestion,
  parseChainWishes,
  parseNetworkWishes,
} from './input.ts';

const asked = (text: string) => new URLSearchParams(text);
beforeEach(() => stopClock(new Date('2024-06-01T10:00:00Z')));
afterEach(() => stopClock());

test('a page forgives every wish it does not understand', () => {
  const plain = { day: '2024-06-01', place: null, kind: null, page: 1 };
  for (const odd of [
    '',
    'day=2024-02-30&place=GM1&kind=banana&page=0',
    'page=1e9&place=%00',
    "kind='--&day=<b>",
    'page=-1',
  ]) {
    expect(parseNetworkWishes(asked(odd))).toEqual(plain);
  }
  expect(parseNetworkWishes(asked('day=2019-05-01&place=PV25&kind=network&page=3'))).toEqual({
    day: '2019-05-01',
    place: 'PV25',
    kind: 'network',
    page: 3,
  });
  expect(parseBlindSpotWishes(asked('province=PV99&municipality=GM0202'))).toEqual({
    province: null,
    municipality: 'GM0202',
  });
});

test('words of a name lose what nobody can see, and end at 120 signs', () => {
  expect(parseChainWishes(asked(`from=${encodeURIComponent('  About\u202e a\u0000  Jacket ')}`)).from).toBe(
    'About a Jacket',
  );
  expect([...parseChainWishes(asked(`to=${'ሰ'.repeat(1000)}`)).to]).toHaveLength(120);
});

test('a program hears of every wrong parameter at once', () => {
  const read = parseChainQuestion(asked('to=Not%20A%20Slug&asOf=2024-13-01'));
  expect(read.ok ? [] : read.errors.map((error) => error.name).sort()).toEqual(['asOf', 'from', 'to']);
  const same = parseChainQuestion(asked('from=knit&to=knit'));
  expect(same.ok ? [] : same.errors.map((error) => error.name)).toEqual(['to']);
  const doubled = parseAsOf(asked('asOf=2024-01-01&asOf=2024-01-02'));
  expect(doubled.ok ? [] : doubled.errors).toEqual([{ name: 'asOf', reason: 'is given more than once' }]);
});

test('a right question is read as it was meant', () => {
  expect(parseChainQuestion(asked('from=knit&asOf=2020-01-01'))).toEqual({
    ok: true,
    value: { from: 'knit', to: null, asOf: '2020-01-01' },
  });
  expect(parseChainQuestion(asked('from=knit&to=church'))).toEqual({
    ok: true,
    value: { from: 'knit', to: 'church', asOf: '2024-06-01' },
  });
  expect(parseAsOf(asked(''))).toEqual({ ok: true, value: '2024-06-01' });
});
