import fc from 'fast-check';
import { expect, test } from 'vitest';
import { themes } from '../../initiatives/model.ts';
import { aliveIn } from '../model.ts';
import { aGathering, aPledge } from '../testing.ts';
import { compared, liesIn, yearsKnown, type Compared } from './model.ts';

const day = fc.constantFrom('2018-01-01', '2019-12-31', '2020-03-05', '2022-06-01', '2026-11-22', null);
const gatherings = fc
  .array(fc.record({ on: day, themes: fc.subarray([...themes], { maxLength: 3 }), series: fc.boolean() }), {
    maxLength: 12,
  })
  .map((all) => all.map((one, at) => aGathering({ ...one, id: `g${at}` })));
const pledges = fc
  .array(fc.record({ on: day, themes: fc.subarray([...themes], { maxLength: 2 }) }), { maxLength: 8 })
  .map((all) => all.map((one, at) => aPledge({ ...one, id: `p${at}`, gathering: `g${at}` })));
const of = (rows: readonly Compared[], theme: string) => rows.find((row) => row.theme === theme);

test('two periods side by side tell the same as one that spans both', () => {
  fc.assert(
    fc.property(gatherings, pledges, fc.integer({ min: 2018, max: 2025 }), (all, promised, last) => {
      const [first, then] = [
        { from: 2000, to: last },
        { from: last + 1, to: 2099 },
      ];
      const both = compared(all, promised, [], [first, then]);
      const whole = compared(
        all,
        promised,
        [],
        [
          { from: 2000, to: 2099 },
          { from: 1999, to: 1999 },
        ],
      );
      expect(both.map(({ theme }) => theme)).toEqual(whole.map(({ theme }) => theme));
      for (const { theme, raised, promised: made } of both) {
        expect(raised[0] + raised[1]).toBe(of(whole, theme)?.raised[0]);
        expect(made[0] + made[1]).toBe(of(whole, theme)?.promised[0]);
      }
    }),
  );
});

test('what has no day lies in no period, and with it the periods tell what the whole page tells', () => {
  fc.assert(
    fc.property(gatherings, (all) => {
      const rows = compared(
        all,
        [],
        [],
        [
          { from: 2000, to: 2099 },
          { from: 1999, to: 1999 },
        ],
      );
      for (const alive of aliveIn(all, []))
        expect((of(rows, alive.theme)?.raised[0] ?? 0) + alive.undated).toBe(alive.gatherings.length);
    }),
  );
  expect(liesIn(null, { from: 2000, to: 2099 })).toBe(false);
});

test('people of several years are never added up', () => {
  const told = [
    { theme: 'work', year: 2024, atLeast: 5 },
    { theme: 'work', year: 2025, atLeast: 10 },
  ] as const;
  expect(
    compared([], [], told, [
      { from: 2024, to: 2025 },
      { from: 2026, to: 2026 },
    ]),
  ).toEqual([{ theme: 'work', raised: [0, 0], promised: [0, 0], told: [10, null] }]);
});

test('the years to choose from run from the first that is known to this one', () => {
  expect(yearsKnown(['2024-05-01', null, '2023-01-01'], '2026-11-22')).toEqual([2023, 2024, 2025, 2026]);
  expect(yearsKnown([null], '2026-11-22')).toEqual([]);
});
