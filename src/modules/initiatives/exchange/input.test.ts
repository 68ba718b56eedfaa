import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseWish, typedWords } from '../input.ts';
import { parseQuestion, parseSince } from './input.ts';

const day = '2026-11-21';
const ask = (query: string) => parseQuestion(new URLSearchParams(query), day);
const since = (query: string) => parseSince(new URLSearchParams(query));
const wrong = (read: ReturnType<typeof ask> | ReturnType<typeof since>) =>
  read.ok ? [] : read.errors.map((error) => error.name);

test('a door for programs refuses what a page would overlook, and names every wrong parameter', () => {
  expect(wrong(ask('phase=x&theme=y&asOf=z&page=0&lang=de&sort=name'))).toEqual([
    'sort',
    'phase',
    'theme',
    'asOf',
    'page',
    'lang',
  ]);
  expect(wrong(ask('q[]=taal&__proto__=x&constructor=y'))).toEqual(['q[]', '__proto__', 'constructor']);
  expect(wrong(ask('lang=&q=&near=&asOf=&page='))).toEqual([]);
});

test('a parameter that can have one value is refused when it has two', () => {
  expect(wrong(ask('asOf=2014&asOf=2016&q=a&q=b&lang=nl&lang=nl'))).toEqual(['q', 'asOf', 'lang']);
  expect(wrong(ask('phase=landing&phase=arrival&theme=work&theme=housing'))).toEqual([]);
  expect(wrong(since('since=1&since=2'))).toEqual(['since']);
});

test('more values than are taken are told, never silently dropped', () => {
  const codes = Array.from({ length: 21 }, (_, at) => `a${String.fromCharCode(97 + at)}`);
  expect(wrong(ask(`language=${codes.join(',')}`))).toEqual(['language']);
  expect(wrong(ask(`language=${codes.slice(1).join(',')}`))).toEqual([]);
});

test.each([
  ['', { number: 0 }],
  ['since=', { number: 0 }],
  ['since=0', { number: 0 }],
  ['since=999999999999999', { number: 999_999_999_999_999 }],
  ['since=2026-11-21', { moment: '2026-11-21T00:00:00.000Z' }],
  ['since=2026-11-21T10:00:00Z', { moment: '2026-11-21T10:00:00.000Z' }],
  ['since=2026-11-21T10:00:00.123456%2B01:00', { moment: '2026-11-21T09:00:00.123Z' }],
])('the diary can be asked from %s', (query, value) => {
  expect(since(query)).toEqual({ ok: true, value });
});

test.each([
  'since=-1',
  'since=1e9',
  'since=yesterday',
  'since=2026-13-01',
  'since=2026-02-30',
  'since=0001-01-02',
  'since=2026-02-30T25:00:00Z',
  'since=0000-01-01',
  'since=9999-12-31T23:59:59-23:59',
  'since=1000000000000000',
  'since=2026-11-21T10:00:00',
  'from=1',
  'since[]=1',
])('the diary cannot be asked from %s', (query) => {
  expect(wrong(since(query))).toHaveLength(1);
});

test('whatever is given, reading it ends in a wish or in reasons, and nothing unseen is repeated', () => {
  const unseen = /[\u0000-\u0008\u202a-\u202e\u2066-\u2069]/;
  const name = fc.oneof(
    fc.constantFrom(
      'q',
      'near',
      'within',
      'phase',
      'theme',
      'ledBy',
      'language',
      'kind',
      'asOf',
      'knownOn',
      'lang',
      'page',
      'since',
    ),
    fc.string({ unit: 'binary', maxLength: 20 }),
  );
  const value = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.constantFrom(
      '\u202eesrever',
      '\u0000',
      '\ud800',
      '2016-02-30',
      '999999999999',
      'landing,landing',
      '__proto__',
      '${7*7}',
    ),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(name, value), { maxLength: 40 }), (pairs) => {
      const query = new URLSearchParams(pairs.map(([one, other]) => [one, other]));
      for (const read of [parseQuestion(query, day), parseSince(query)]) {
        if (!read.ok) expect(read.errors.length).toBeGreaterThan(0);
        expect(JSON.stringify(read)).not.toMatch(unseen);
      }
      const { wish, problems } = parseWish(query, day);
      for (const problem of problems) expect(problem.given + problem.name).not.toMatch(unseen);
      expect(Object.values(typedWords(query)).join('')).not.toMatch(unseen);
      expect(wish.page).toBeGreaterThan(0);
      expect(wish.q.length).toBeLessThanOrEqual(400);
    }),
    { numRuns: 1000 },
  );
});
