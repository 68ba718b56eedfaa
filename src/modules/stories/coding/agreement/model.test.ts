import { expect, test } from 'vitest';
import { asOneUnit, cohensKappa, judgedFor, krippendorffsAlpha, unitsOf, type Judged } from './model.ts';

/** Units of two coders from a table of how often the first said the row and the second the column. */
const fromTable = (table: readonly (readonly number[])[]): Judged[] =>
  table.flatMap((row, one) => row.map((weight, other) => ({ weight, values: [String(one), String(other)] })));
/** Units from the rows of each coder; a dot is missing. */
function fromRows(...rows: readonly string[]): Judged[] {
  const cells = rows.map((row) => row.split(' ').map((each) => (each === '.' ? null : each)));
  return (cells[0] ?? []).map((_, at) => ({ weight: 1, values: cells.map((row) => row[at] ?? null) }));
}

test('kappa is what Cohen worked out in 1960 for two judges of 200 people', () => {
  const units = fromTable([
    [88, 14, 18],
    [10, 40, 10],
    [2, 6, 12],
  ]);
  const found = cohensKappa(units);
  expect(found?.observed).toBeCloseTo(0.7, 12);
  expect(found?.expected).toBeCloseTo(0.41, 12);
  expect(found?.kappa).toBeCloseTo(0.29 / 0.59, 12);
});

test.each([
  // Observed 35/50, expected 0.5*0.6 + 0.5*0.4.
  [
    [
      [20, 5],
      [10, 15],
    ],
    (0.7 - 0.5) / 0.5,
    0.4,
  ],
  // The same observed share with other shares of each coder.
  [
    [
      [45, 15],
      [25, 15],
    ],
    (0.6 - 0.54) / 0.46,
    0.1304,
  ],
  [
    [
      [25, 35],
      [5, 35],
    ],
    (0.6 - 0.46) / 0.54,
    0.2593,
  ],
] as const)('kappa of %j is worked out by hand as %d', (table, byHand, published) => {
  const { kappa } = cohensKappa(fromTable(table)) ?? { kappa: null };
  expect(kappa).toBeCloseTo(byHand, 12);
  expect(kappa).toBeCloseTo(published, 4);
});

test('alpha of two coders and two values is what Krippendorff works out in section A', () => {
  const units = fromRows('0 1 0 0 0 0 0 0 1 0', '1 1 1 0 0 1 0 0 0 0');
  // 14 zeros and 6 ones, 4 of 10 units differ: 1 - 19 * 8 / (2 * 14 * 6).
  expect(krippendorffsAlpha(units)).toBeCloseTo(1 - (19 * 8) / (2 * 14 * 6), 12);
  expect(krippendorffsAlpha(units)).toBeCloseTo(0.095, 3);
});

test('alpha of two coders and five values is what Krippendorff works out in section B', () => {
  expect(krippendorffsAlpha(fromRows('a a b b d c c c e d d a', 'b a b b b c c c e d d d'))).toBeCloseTo(
    0.692,
    3,
  );
});

test('alpha of four coders with values missing is what Krippendorff works out in section C', () => {
  const units = fromRows(
    '1 2 3 3 2 1 4 1 2 . . .',
    '1 2 3 3 2 2 4 1 2 5 . 3',
    '. 3 3 3 2 3 4 2 2 5 1 .',
    '1 2 3 3 2 4 4 1 2 5 1 .',
  );
  // 40 values that can be paired, with totals 9, 13, 10, 5, 3, and 32 of them on the diagonal of coincidences.
  const byChance = 40 * 39 - (9 * 8 + 13 * 12 + 10 * 9 + 5 * 4 + 3 * 2);
  expect(krippendorffsAlpha(units)).toBeCloseTo(1 - (39 * (40 - 32)) / byChance, 12);
  expect(krippendorffsAlpha(units)).toBeCloseTo(0.743, 3);
});

test('alpha of three coders with many values missing is the 0.691 that is widely published', () => {
  const units = fromRows(
    '. . . . . 3 4 1 2 1 1 3 3 . 3',
    '1 . 2 1 3 3 4 3 . . . . . . .',
    '. . 2 1 3 4 4 . 2 1 1 3 3 . 4',
  );
  expect(krippendorffsAlpha(units)).toBeCloseTo(0.691, 3);
});

test('who always says the same one thing agrees without anything being said about agreement', () => {
  const same = fromRows('a a a', 'a a a');
  expect(cohensKappa(same)).toEqual({ observed: 1, expected: 1, kappa: null });
  expect(krippendorffsAlpha(same)).toBeNull();
  expect(cohensKappa([])).toBeNull();
  expect(krippendorffsAlpha(fromRows('a . .', '. a .'))).toBeNull();
});

test('a unit of weight three counts as three units', () => {
  const once = fromRows('a a b a', 'a b b b');
  const weighed = once.map((unit, at) => ({ ...unit, weight: at === 0 ? 3 : 1 }));
  const first = once[0];
  const written = first ? [first, first, ...once] : [];
  expect(krippendorffsAlpha(weighed)).toBeCloseTo(krippendorffsAlpha(written) ?? NaN, 12);
  expect(cohensKappa(weighed)?.kappa).toBeCloseTo(cohensKappa(written)?.kappa ?? NaN, 12);
});

test('two coders who mark overlapping words agree on the words they share', () => {
  const ada = { code: 'hope', coder: 'ada', start: 0, end: 6 };
  const ben = { code: 'hope', coder: 'ben', start: 4, end: 10 };
  const units = unitsOf(20, [ada, ben]);
  expect(units.map(({ weight }) => weight)).toEqual([4, 2, 4, 10]);
  const judged = judgedFor('hope', ['ada', 'ben'], new Set(['ada', 'ben']), units);
  expect(judged.map(({ values }) => values.join())).toEqual(['yes,no', 'yes,yes', 'no,yes', 'no,no']);
  // Observed 12 of 20; each said yes to 6 of 20: 0.3 * 0.3 + 0.7 * 0.7.
  expect(cohensKappa(judged)?.kappa).toBeCloseTo((0.6 - 0.58) / 0.42, 12);
});

test('units lose no sign and take in none, whatever passages there are', () => {
  let seed = 7;
  const draw = (most: number) => (seed = (seed * 48271) % 2147483647) % most;
  for (let round = 0; round < 500; round++) {
    const length = draw(60);
    const passages = Array.from({ length: draw(6) }, () => {
      const start = draw(60);
      return { code: `c${draw(2)}`, coder: `p${draw(3)}`, start, end: start + 1 + draw(20) };
    });
    const units = unitsOf(length, passages);
    expect(units.reduce((total, { weight }) => total + weight, 0)).toBe(length);
    let at = 0;
    for (const { weight, by } of units) {
      for (const { code, coder, start, end } of passages)
        if (start <= at && end > at) expect(by.get(coder)?.has(code)).toBe(true);
      at += weight;
    }
  }
});

test('who did not work on a text is missing there, and did not say no', () => {
  const units = [asOneUnit([{ code: 'hope', coder: 'ada', start: 0, end: 3 }])];
  expect(judgedFor('hope', ['ada', 'ben'], new Set(['ada']), units)).toEqual([
    { weight: 1, values: ['yes', null] },
  ]);
});
