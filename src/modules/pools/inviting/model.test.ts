import fc from 'fast-check';
import { expect, test } from 'vitest';
import { daysLater } from '#platform/clock.ts';
import { costOf, mayStillAnswer, whoNext, type AskedBefore, type CallWish, type Fellow } from './model.ts';

const today = '2026-11-25';
const wish = (words: Partial<CallWish> = {}): CallWish => ({
  call: 'now',
  minutes: 120,
  day: null,
  daypart: null,
  languages: [],
  hoursAYear: 60,
  ...words,
});
const fellow = (id: string, words: Partial<Fellow> = {}): Fellow => ({
  id,
  languages: ['nl'],
  dayparts: [],
  awayUntil: null,
  hoursAYear: null,
  since: '2026-01-01',
  ...words,
});
const asked = (expert: string, words: Partial<AskedBefore> = {}): AskedBefore => ({
  expert,
  call: 'before',
  askedOn: '2026-10-01',
  minutesAsked: 120,
  answer: 'yes',
  minutesGiven: null,
  ...words,
});
const order = (...of: Parameters<typeof whoNext>) => whoNext(...of).next.map(({ expert }) => expert);

test('who was asked for the fewest hours in the last twelve months comes first, and who was never asked before everyone', () => {
  const before = [asked('a'), asked('b', { minutesAsked: 60 }), asked('d', { askedOn: '2025-11-01' })];
  expect(order([fellow('a'), fellow('b'), fellow('d')], before, wish(), today)).toEqual(['d', 'b', 'a']);
});

test('of two who were asked as much, who was asked longest ago comes first, then who is longest in the pool, then the lot', () => {
  const before = [asked('a', { askedOn: '2026-10-02' }), asked('b')];
  expect(order([fellow('a'), fellow('b')], before, wish(), today)).toEqual(['b', 'a']);
  const fresh = [fellow('z', { since: '2025-01-01' }), fellow('y'), fellow('x')];
  expect(order(fresh, [], wish(), today)).toEqual(['z', 'x', 'y']);
});

test('each turn says in words why it has come', () => {
  const [turn] = whoNext(
    [fellow('a', { languages: ['ar'], dayparts: ['evening'] })],
    [asked('a')],
    wish({ languages: ['ti', 'ar'], daypart: 'evening' }),
    today,
  ).next;
  expect(turn?.reasons).toEqual([
    { name: 'least-asked', minutes: 120, times: 1 },
    { name: 'longest-ago', day: '2026-10-01' },
    { name: 'speaks', language: 'ar' },
    { name: 'suits', daypart: 'evening' },
  ]);
});

test('who says later keeps their turn, and who says no was asked but gave none of their hours', () => {
  const before = [asked('a', { answer: 'later' }), asked('b', { answer: 'no', minutesAsked: 3600 })];
  const { next, notNow } = whoNext([fellow('a'), fellow('b')], before, wish(), today);
  expect(next.map(({ expert, minutes }) => [expert, minutes])).toEqual([
    ['a', 0],
    ['b', 3600],
  ]);
  expect(notNow).toEqual([]);
});

test('who is not asked now is told with why', () => {
  const fellows = [
    fellow('asked'),
    fellow('away', { awayUntil: '2026-12-10' }),
    fellow('words', { languages: ['nl'] }),
    fellow('day', { languages: ['ar'], dayparts: ['morning'] }),
    fellow('full', { languages: ['ar'], hoursAYear: 3 }),
    fellow('free', { languages: ['ar'], dayparts: ['evening', 'morning'] }),
  ].map((each) => (['asked', 'away'].includes(each.id) ? { ...each, languages: ['ar'] } : each));
  const before = [asked('asked', { call: 'now' }), asked('full')];
  const found = whoNext(fellows, before, wish({ languages: ['ar'], daypart: 'evening' }), today);
  expect(found.next.map(({ expert }) => expert)).toEqual(['free']);
  expect(found.notNow).toEqual([
    { expert: 'asked', why: 'asked-already' },
    { expert: 'away', why: 'away' },
    { expert: 'words', why: 'other-language' },
    { expert: 'day', why: 'other-daypart' },
    { expert: 'full', why: 'hours-full' },
  ]);
});

test('asked again and again by turn, nobody is asked a second time before everyone was asked once, and hours stay within one call of each other', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 12 }),
      fc.integer({ min: 1, max: 40 }),
      fc.array(fc.constantFrom<AskedBefore['answer']>('yes', 'no', null), { minLength: 40, maxLength: 40 }),
      (people, calls, answers) => {
        const fellows = Array.from({ length: people }, (_, at) => fellow(`e${at}`));
        const before: AskedBefore[] = [];
        for (let at = 0; at < calls; at += 1) {
          const day = daysLater('2026-01-01', at);
          const [turn] = whoNext(fellows, before, wish({ call: `${at}`, hoursAYear: 1000 }), day).next;
          before.push(
            asked(turn?.expert ?? '', { call: `${at}`, askedOn: day, answer: answers[at] ?? null }),
          );
        }
        const times = fellows.map(({ id }) => before.filter(({ expert }) => expert === id).length);
        expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(1);
      },
    ),
    { numRuns: 100 },
  );
});

test('the order does not depend on how the experts are listed, and everyone is told of once', () => {
  const one = fc.record({
    since: fc.constantFrom('2025-01-01', '2026-01-01'),
    languages: fc.constantFrom(['nl'], ['ar']),
    hoursAYear: fc.constantFrom(null, 1, 50),
  });
  fc.assert(
    fc.property(fc.array(one, { maxLength: 8 }), fc.array(fc.nat(7), { maxLength: 20 }), (made, before) => {
      const fellows = made.map((words, at) => fellow(`e${at}`, words));
      const calls = before.map((at) => asked(`e${at}`, { minutesAsked: 30 }));
      const found = whoNext(fellows, calls, wish({ languages: ['ar'] }), today);
      expect(whoNext([...fellows].reverse(), calls, wish({ languages: ['ar'] }), today).next).toEqual(
        found.next,
      );
      expect([...found.next, ...found.notNow].map(({ expert }) => expert).sort()).toEqual(
        fellows.map(({ id }) => id).sort(),
      );
    }),
  );
});

test('an answer may be changed until hours were said or paid', () => {
  expect(mayStillAnswer({ minutesGiven: null, paidCents: null })).toBe(true);
  expect(mayStillAnswer({ minutesGiven: 60, paidCents: null })).toBe(false);
  expect(mayStillAnswer({ minutesGiven: null, paidCents: 2500 })).toBe(false);
});

test('an hour and a half at 25 euros an hour costs 37.50', () => {
  expect(costOf(90, 2500)).toBe(3750);
});
