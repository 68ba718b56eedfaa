import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellsAround, cellsOf } from './model.ts';

function kmBetween(one: { lat: number; lon: number }, other: { lat: number; lon: number }): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const h =
    Math.sin(radians(one.lat - other.lat) / 2) ** 2 +
    Math.cos(radians(one.lat)) *
      Math.cos(radians(other.lat)) *
      Math.sin(radians(one.lon - other.lon) / 2) ** 2;
  return 12_742 * Math.asin(Math.min(1, Math.sqrt(h)));
}

test('the cells around a place miss no point within the distance', () => {
  const lat = fc.double({ min: -70, max: 70, noNaN: true });
  const lon = fc.double({ min: -180, max: 180, noNaN: true });
  const step = fc.double({ min: -1, max: 1, noNaN: true });
  fc.assert(
    fc.property(
      lat,
      lon,
      fc.double({ min: 0.1, max: 400, noNaN: true }),
      step,
      step,
      (la, lo, km, up, aside) => {
        const centre = { lat: la, lon: lo };
        const point = {
          lat: la + (up * km) / 111,
          lon: lo + (aside * km) / (111 * Math.cos((la * Math.PI) / 180)),
        };
        if (kmBetween(centre, point) > km || Math.abs(point.lon) > 180) return;
        const cells = cellsAround(centre, km);
        if (cells === null) return;
        expect(cellsOf(point).some((cell) => cells.includes(cell))).toBe(true);
      },
    ),
    { numRuns: 2_000 },
  );
});

test('a city takes a handful of cells, a country gives none', () => {
  expect(cellsAround({ lat: 52, lon: 5.9 }, 10)?.length).toBeLessThanOrEqual(24);
  expect(cellsAround({ lat: 52, lon: 5.9 }, 5_000)).toBeNull();
});
