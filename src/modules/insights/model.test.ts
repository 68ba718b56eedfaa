import fc from 'fast-check';
import { expect, test } from 'vitest';
import { themes } from '../initiatives/model.ts';
import { attendances } from '../sessions/model.ts';
import { aliveIn, standingOf, standings, takenUp, wordingsOf } from './model.ts';
import { aGathering, aPledge } from './testing.ts';

const theme = fc.constantFrom(...themes);
const day = fc.constantFrom('2018-03-01', '2019-11-01', '2020-03-05', '2025-09-01', null);
const gatherings = fc
  .array(
    fc.record({
      on: day,
      themes: fc.array(theme, { maxLength: 3 }),
      issues: fc.array(
        fc.record({
          title: fc.constant({ nl: 'De bus' }),
          language: fc.constant('nl'),
          themes: fc.array(theme, { maxLength: 2 }),
          roles: fc.subarray([...attendances]),
        }),
        { maxLength: 4 },
      ),
      series: fc.boolean(),
    }),
    { maxLength: 12 },
  )
  .map((all) => all.map((one, at) => aGathering({ ...one, id: `g${at}` })));
const pledges = fc
  .array(fc.record({ themes: fc.array(theme, { maxLength: 2 }), standing: fc.constantFrom(...standings) }), {
    maxLength: 10,
  })
  .map((all) => all.map((one, at) => aPledge({ ...one, id: `p${at}`, gathering: `g${at % 4}` })));

test('a gathering raises a theme once, however many issues and statements it has about it', () => {
  const issue = { title: { nl: 'De bus' }, language: 'nl', themes: ['work'], roles: ['newcomer'] } as const;
  const [work] = aliveIn([aGathering({ issues: [issue, issue, issue] })], []);
  expect(work?.gatherings).toHaveLength(1);
  expect(work?.by.newcomer).toBe(1);
});

test('the issues a room named itself count before what it was called together for', () => {
  const named = { title: { nl: 'De bus' }, language: 'nl', themes: ['housing'], roles: [] } as const;
  expect(aliveIn([aGathering({ themes: ['work'], issues: [named] })], []).map((each) => each.theme)).toEqual([
    'housing',
  ]);
  expect(aliveIn([aGathering({ themes: ['work'] })], []).map((each) => each.theme)).toEqual(['work']);
});

test('a row that tells of a series is no gathering, and a promise for the whole series takes up no theme', () => {
  const series = aGathering({ id: 'series', themes: ['work', 'health'], series: true });
  const found = aliveIn(
    [series, aGathering({ themes: ['work'] })],
    [aPledge({ gathering: 'series', themes: ['work'] })],
  );
  expect(found.map((each) => [each.theme, each.gatherings.length, each.takenUp])).toEqual([
    ['work', 1, 'nobody'],
  ]);
});

test('since when is the first day that is known; without any day it says so', () => {
  const [work] = aliveIn(
    [
      aGathering({ id: 'b', on: '2020-03-05', precision: 'day' }),
      aGathering({ id: 'a', on: null }),
      aGathering({ id: 'c', on: '2018-01-01', precision: 'year' }),
    ],
    [],
  );
  expect(work?.since).toEqual({ on: '2018-01-01', precision: 'year' });
  expect(work?.undated).toBe(1);
  expect(work?.gatherings.map(({ id }) => id)).toEqual(['c', 'b', 'a']);
  expect(aliveIn([aGathering({ on: null })], [])[0]?.since).toBeNull();
});

test('what nobody took up, what was let go, what stays silent and what nobody knows of are different things', () => {
  const of = (...some: Parameters<typeof aPledge>[0][]) => takenUp(some.map(aPledge), true);
  expect(of()).toBe('nobody');
  expect(of({ standing: 'let-go' })).toBe('let-go');
  expect(of({ standing: 'let-go' }, { standing: 'not-known' })).toBe('not-known');
  expect(of({ standing: 'silent' }, { standing: 'not-known' })).toBe('silent');
  expect(of({ standing: 'silent' }, { standing: 'done' })).toBe('carried');
});

test('that nobody took something up is only said where an agenda is followed for all to see', () => {
  const raised = (followed: boolean) => aliveIn([aGathering({ followed })], [])[0]?.takenUp;
  expect(raised(true)).toBe('nobody');
  expect(raised(false)).toBe('untold');
});

test('a promise stands as its own page says', () => {
  const of = (state: Parameters<typeof standingOf>[0]['state'], silent = false, answered = false) =>
    standingOf({ state, silent, answered });
  expect(of('underway')).toBe('promised');
  expect(of('underway', false, true)).toBe('moving');
  expect(of('underway', true, true)).toBe('silent');
  expect(of('done', true)).toBe('done');
  expect([of('paused'), of('let-go'), of('not-known')]).toEqual(['resting', 'let-go', 'not-known']);
});

test('a theme is told in the words of the rooms first, then in the questions that sources tell', () => {
  const bus = { title: { nl: 'De bus' }, language: 'nl', themes: ['work'], roles: [] } as const;
  const [work] = aliveIn(
    [
      aGathering({ id: 'a', questions: [{ en: 'How?' }, { en: 'Who?' }] }),
      aGathering({ id: 'b', issues: [bus] }),
    ],
    [],
  );
  if (!work) throw new Error('Nothing is alive.');
  expect(wordingsOf(work, 2).map(({ words }) => words)).toEqual([{ nl: 'De bus' }, { en: 'How?' }]);
});

test('the order in which rows come changes no number', () => {
  fc.assert(
    fc.property(gatherings, pledges, (all, promised) => {
      const numbers = (found: ReturnType<typeof aliveIn>) =>
        Object.fromEntries(
          found.map(
            ({ theme: name, gatherings: some, by, unsaid, since, undated, standing, takenUp: taken }) => [
              name,
              { raised: some.map(({ id }) => id), by, unsaid, since, undated, standing, taken },
            ],
          ),
        );
      expect(numbers(aliveIn(all.toReversed(), promised.toReversed()))).toEqual(
        numbers(aliveIn(all, promised)),
      );
    }),
  );
});

test('every number rests on rows: no role, promise or gathering is counted twice or lost', () => {
  fc.assert(
    fc.property(gatherings, pledges, (all, promised) => {
      for (const alive of aliveIn(all, promised)) {
        expect(new Set(alive.gatherings).size).toBe(alive.gatherings.length);
        expect(alive.gatherings.every(({ series }) => !series)).toBe(true);
        expect(Object.values(alive.standing).reduce((sum, n) => sum + n, 0)).toBe(alive.pledges.length);
        for (const role of attendances)
          expect(alive.by[role] + alive.unsaid).toBeLessThanOrEqual(alive.gatherings.length);
        expect(alive.undated).toBe(alive.gatherings.filter(({ on }) => on === null).length);
      }
    }),
  );
});
