import { expect, test } from 'vitest';
import { shoreOf } from './shore.ts';

const shore = (mirrored = false) => shoreOf({ heaps: [18, 120], shared: 4, lonely: 2, open: 3 }, mirrored);
const all = (drawn: ReturnType<typeof shore>) => [
  ...drawn.heaps.flatMap(({ stones }) => stones),
  ...drawn.shared,
  ...drawn.lonely,
  ...drawn.open,
];

test('every stone lies within the drawing, people on the shore and what they share in the water', () => {
  const drawn = shore();
  for (const { x, y, rx, ry } of all(drawn)) {
    expect(x - rx).toBeGreaterThanOrEqual(0);
    expect(x + rx).toBeLessThanOrEqual(drawn.width);
    expect(y - ry).toBeGreaterThanOrEqual(drawn.top);
    expect(y + ry).toBeLessThanOrEqual(drawn.foot);
  }
  expect(drawn.heaps.every(({ stones }) => stones.every(({ y }) => y < drawn.waterline))).toBe(true);
  expect(drawn.shared.every(({ y }) => y > drawn.waterline)).toBe(true);
});

test('a stone stands for as many people in every heap, so that heaps can be compared', () => {
  const { each, heaps } = shore();
  expect(heaps.map(({ stones }) => stones.length)).toEqual([Math.round(18 / each), Math.round(120 / each)]);
});

test('whoever reads from right to left sees the same shore mirrored', () => {
  const [drawn, mirrored] = [shore(), shore(true)];
  expect(all(mirrored).map(({ x }) => Math.round(drawn.width - x))).toEqual(
    all(drawn).map(({ x }) => Math.round(x)),
  );
});
