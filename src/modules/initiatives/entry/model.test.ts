import { expect, test } from 'vitest';
import { trajectoryLine } from './model.ts';

const life = [{ from: '2016-01-01', until: null, state: 'active', startKnown: true }] as const;

test('an initiative of which nothing is dated has no line', () => {
  expect(
    trajectoryLine(life, [{ kind: 'noticed', day: null, precision: 'unknown' }], '2026-11-21'),
  ).toBeNull();
});

test('the line runs from the first told year until today, with a stone for each event in the order of time', () => {
  const line = trajectoryLine(
    life,
    [
      { kind: 'grew', day: '2019-01-01', precision: 'year' },
      { kind: 'founded', day: '2016-01-01', precision: 'year' },
      { kind: 'award', day: '2019-01-01', precision: 'year' },
    ],
    '2026-11-21',
  );
  expect(line?.firstYear).toBe(2016);
  expect(line?.stones.map((stone) => stone.kind)).toEqual(['founded', 'grew', 'award']);
  const [, second = 0, third = 0] = line?.stones.map((stone) => stone.x) ?? [];
  expect(third - second).toBeGreaterThanOrEqual(14);
  expect(line?.stretches).toEqual([{ from: 24, until: 396, state: 'active', startKnown: true }]);
});
