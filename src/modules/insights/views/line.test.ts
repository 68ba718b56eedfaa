import { expect, test } from 'vitest';
import { aGathering, aPledge } from '../testing.ts';
import { lineOf, width } from './line.ts';

const years = [2018, 2019, 2020, 2021];

test('every gathering and every promise is one mark on the line, and none lies on another', () => {
  const gatherings = [
    '2018-01-01',
    '2018-01-01',
    '2018-02-01',
    null,
    null,
    null,
    null,
    null,
    '2021-12-01',
  ].map((on, at) => aGathering({ id: `g${at}`, on }));
  const pledges = [
    aPledge({ standing: 'done' }),
    aPledge({ id: 'p1' }),
    aPledge({ id: 'p2', on: null, standing: 'let-go' }),
  ];
  const { drawn, height, base } = lineOf({ gatherings, pledges }, years);
  expect(drawn).toHaveLength(12);
  for (const [at, one] of drawn.entries()) {
    expect(one.x).toBeGreaterThan(0);
    expect(one.x).toBeLessThan(width);
    expect(one.y).toBeGreaterThan(0);
    expect(one.y).toBeLessThan(height);
    expect(one.y < base).toBe(one.mark === 'raised');
    for (const other of drawn.slice(at + 1))
      expect(Math.abs(one.x - other.x) >= 10 || Math.abs(one.y - other.y) >= 10).toBe(true);
  }
});

test('later lies further along the line, and what has no day before it', () => {
  const at = (on: string | null) =>
    lineOf({ gatherings: [aGathering({ on })], pledges: [] }, years).drawn[0]?.x ?? 0;
  expect(at('2018-01-01')).toBeLessThan(at('2018-11-01'));
  expect(at('2018-11-01')).toBeLessThan(at('2021-12-31'));
  expect(at(null)).toBeLessThan(at('2018-01-01'));
});
