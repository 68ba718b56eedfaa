import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parsePlacings } from './input.ts';
import { sharesOf, spotOf } from './model.ts';

const form = (said: Readonly<Record<string, string>>) => {
  const made = new FormData();
  for (const [name, value] of Object.entries(said)) made.set(name, value);
  return made;
};

test('whatever is weighed, the shares are whole, sum to 1000 and lie less than one from the weights', () => {
  const weight = fc.integer({ min: 0, max: 1000 });
  fc.assert(
    fc.property(fc.array(weight, { minLength: 2, maxLength: 3 }), (weights) => {
      const total = weights.reduce((sum, one) => sum + one, 0);
      const shares = sharesOf(weights);
      if (total === 0) return expect(shares).toBeNull();
      expect(shares?.reduce((sum, one) => sum + one, 0)).toBe(1000);
      shares?.forEach((share, at) => {
        expect(Number.isInteger(share) && share >= 0).toBe(true);
        expect(Math.abs(share - ((weights[at] ?? 0) * 1000) / total)).toBeLessThan(1);
      });
    }),
  );
});

test('that a question does not fit is an answer of its own, and never the middle', () => {
  const { placings } = parsePlacings(
    form({
      belonging: 'not',
      'belonging.a': '3',
      strength: 'fits',
      'strength.a': '1',
      'strength.b': '1',
      'strength.c': '1',
    }),
  );
  expect(placings).toEqual([
    { frame: 'strength', fits: true, shares: [334, 333, 333] },
    { frame: 'belonging', fits: false },
  ]);
});

test('what is skipped is not said, and what fits without a word is asked again', () => {
  expect(parsePlacings(form({ strength: 'skip', 'strength.a': '0' }))).toEqual({ placings: [], unsaid: [] });
  expect(parsePlacings(form({ 'alone-together': 'fits' }))).toEqual({
    placings: [],
    unsaid: ['alone-together'],
  });
  // Whoever says how much of something says that it fits.
  expect(parsePlacings(form({ 'alone-together': 'skip', 'alone-together.b': '2' })).placings).toEqual([
    { frame: 'alone-together', fits: true, shares: [0, 1000] },
  ]);
});

test('a dot for all of one corner lies in that corner', () => {
  expect(spotOf([1000, 0, 0])).toEqual({ x: 50, y: 0 });
  expect(spotOf([0, 1000, 0])).toEqual({ x: 0, y: 87 });
  expect(spotOf([0, 0, 1000])).toEqual({ x: 100, y: 87 });
  expect(spotOf([0, 1000]).x).toBe(100);
});
