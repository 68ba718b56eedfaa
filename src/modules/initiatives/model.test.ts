import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  datePrecisions,
  eventKinds,
  freshness,
  lastDayOf,
  livesOf,
  periodsOf,
  shared,
  type LifeEvent,
  type Shape,
} from './model.ts';

const stone: Shape = {
  name: 'The Stone',
  kind: 'initiative',
  formality: 1,
  ledBy: 'not-said',
  scope: 'city',
  phases: [],
  themes: [],
  audiences: [],
  languages: [],
};
const happened = (
  kind: LifeEvent['kind'],
  day: string | null,
  precision: LifeEvent['precision'] = 'year',
  change: Partial<Shape> = {},
): LifeEvent => ({ kind, day, precision, change });
const lines = (events: LifeEvent[]) =>
  periodsOf(events, stone).map((period) => [period.from, period.until, period.state, period.shape.name]);

test('an initiative is there from the first possible day of its founding until after the last of its ending', () => {
  expect(lines([happened('founded', '2016-01-01'), happened('ended', '2018-05-01', 'month')])).toEqual([
    ['2016-01-01', '2018-06-01', 'active', 'The Stone'],
    ['2018-06-01', null, 'ended', 'The Stone'],
  ]);
});

test('without a known beginning it is shown on every earlier day, as perhaps', () => {
  const [period] = periodsOf([happened('noticed', null, 'unknown'), happened('grew', '2019-01-01')], stone);
  expect(period).toMatchObject({ from: null, until: null, startKnown: false });
});

test('a new name holds from the day it was taken', () => {
  expect(
    lines([
      happened('founded', '1985-01-01'),
      happened('renamed', '2013-01-01', 'year', { name: 'The Bridge' }),
    ]),
  ).toEqual([
    ['1985-01-01', '2013-01-01', 'active', 'The Stone'],
    ['2013-01-01', null, 'active', 'The Bridge'],
  ]);
});

test('a pause is not an end, and reopening wakes it', () => {
  const events = [
    happened('founded', '2016-01-01'),
    happened('paused', '2020-01-01'),
    happened('opened', '2021-09-01', 'month'),
  ];
  expect(lines(events).map((line) => line[2])).toEqual(['active', 'paused', 'active']);
  expect(livesOf(periodsOf(events, stone))).toEqual([{ from: '2016-01-01', until: null }]);
});

test('a report after the end does not bring it back, a revival does', () => {
  const ended = [
    happened('founded', '2019-01-01'),
    happened('ended', '2022-01-01'),
    happened('grew', '2023-03-01', 'month'),
  ];
  expect(lines(ended).at(-1)?.[2]).toBe('ended');
  expect(lines([...ended, happened('revived', '2024-01-01')]).at(-1)?.[2]).toBe('active');
});

test('what ended nobody knows when is ended by the day it was found so', () => {
  expect(lines([happened('noticed', null, 'unknown'), happened('ended', '2026-11-21', 'at-latest')])).toEqual(
    [
      [null, '2026-11-21', 'active', 'The Stone'],
      ['2026-11-21', null, 'ended', 'The Stone'],
    ],
  );
});

test('the last day of February is known in every year', () => {
  expect([
    lastDayOf('2024-02-01', 'month'),
    lastDayOf('2023-02-01', 'month'),
    lastDayOf('2016-01-01', 'around'),
  ]).toEqual(['2024-02-29', '2023-02-28', '2016-12-31']);
});

test('silence fades an entry at 12, 18 and 24 months, and never-confirmed is its own answer', () => {
  const on = (day: string | null) => freshness(day, '2026-11-21');
  expect([on('2026-01-01'), on('2025-10-01'), on('2025-04-01'), on('2024-01-01'), on(null)]).toEqual([
    'confirmed',
    'fading',
    'faded',
    'silent',
    'never-confirmed',
  ]);
});

test('whatever happens in whatever order, periods adjoin, never overlap, and lives lie within them', () => {
  const anyEvent = fc
    .record({
      kind: fc.constantFrom(...eventKinds),
      month: fc.integer({ min: 0, max: 240 }),
      precision: fc.constantFrom(...datePrecisions),
    })
    .map(({ kind, month, precision }) => {
      const day = `${2005 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`;
      return precision === 'unknown' ? happened(kind, null, precision) : happened(kind, day, precision);
    });
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 12 }), (events) => {
      const periods = periodsOf(events, stone);
      periods.forEach((period, at) => {
        if (period.from !== null && period.until !== null) expect(period.from < period.until).toBe(true);
        if (at > 0) expect(periods[at - 1]?.until).toBe(period.from);
      });
      if (periods.length > 0) expect(periods.at(-1)?.until).toBeNull();
      for (const life of livesOf(periods))
        expect(periods.some((period) => shared(period, life) && period.state !== 'ended')).toBe(true);
      expect(periodsOf(events, stone)).toEqual(periods);
    }),
    { numRuns: 2000 },
  );
});
