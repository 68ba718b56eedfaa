import { expect, test } from 'vitest';
import { inTwoLines, seatsAround } from './model.ts';

const pairs = <Item>(items: readonly Item[]) =>
  items.flatMap((one, at) => items.slice(at + 1).map((other) => [one, other] as const));

test('up to eight neighbours sit around an entry without touching it or each other', () => {
  for (let count = 1; count <= 8; count++) {
    const { seats, middle, height } = seatsAround(count);
    expect(seats).toHaveLength(count);
    const all = [{ x: 180, y: middle }, ...seats];
    for (const [one, other] of pairs(all))
      expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThan(80);
    for (const seat of seats) expect(seat.y).toBeLessThan(height - 40);
  }
});

test('a long name takes two lines and an ellipsis, a short one stays whole', () => {
  expect(inTwoLines('Taal Doet Meer')).toEqual(['Taal Doet Meer']);
  expect(inTwoLines('Gemeente Rotterdam')).toEqual(['Gemeente', 'Rotterdam']);
  const long = inTwoLines('Ministerie van Sociale Zaken en Werkgelegenheid');
  expect(long).toHaveLength(2);
  expect(long[1]).toMatch(/…$/);
});
