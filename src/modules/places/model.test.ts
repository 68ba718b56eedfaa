import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coarsen, distanceKm, isMunicipalityCode, isProvinceCode, precisions, type Point } from './model.ts';

const somewhere = fc.record({
  lat: fc.double({ min: 50.7, max: 53.6, noNaN: true }),
  lon: fc.double({ min: 3.3, max: 7.2, noNaN: true }),
});
const anywhere = fc.record({
  lat: fc.double({ min: -90, max: 90, noNaN: true }),
  lon: fc.double({ min: -180, max: 180, noNaN: true }),
});

describe('distance', () => {
  test('from Amsterdam to Maastricht is 178 kilometres', () => {
    expect(distanceKm({ lat: 52.374, lon: 4.8897 }, { lat: 50.8483, lon: 5.6889 })).toBeCloseTo(178.3, 0);
  });

  test('to the other side of the Earth is half a great circle', () => {
    expect(distanceKm({ lat: 0, lon: 0 }, { lat: 0, lon: 180 })).toBeCloseTo(Math.PI * 6371.0088, 3);
  });

  test('is the same both ways, nothing to itself, and never shorter by way of a third', () => {
    fc.assert(
      fc.property(anywhere, anywhere, anywhere, (a, b, c) => {
        expect(distanceKm(a, b)).toBeCloseTo(distanceKm(b, a), 6);
        expect(distanceKm(a, a)).toBe(0);
        expect(distanceKm(a, c)).toBeLessThanOrEqual(distanceKm(a, b) + distanceKm(b, c) + 1e-4);
      }),
    );
  });
});

describe('a place that is not to be shown exactly', () => {
  const around = { town: { lat: 51.98, lon: 5.9111 }, province: { lat: 52.06, lon: 5.95 } };

  test('reads the same a thousand times, so that asking often reveals nothing', () => {
    fc.assert(
      fc.property(somewhere, fc.constantFrom(...precisions), (point, precision) => {
        const first = JSON.stringify(coarsen(point, precision, around));
        for (let read = 0; read < 1000; read++)
          if (JSON.stringify(coarsen(point, precision, around)) !== first) return false;
        return true;
      }),
      { numRuns: 50 },
    );
  });

  test('says nothing of itself at town, region or hidden: two neighbours give one answer', () => {
    fc.assert(
      fc.property(somewhere, somewhere, (here, there) => {
        for (const precision of ['town', 'region', 'hidden'] as const) {
          expect(coarsen(here, precision, around)).toEqual(coarsen(there, precision, around));
        }
      }),
    );
    expect(coarsen({ lat: 52, lon: 5 }, 'town', around)).toBe(around.town);
    expect(coarsen({ lat: 52, lon: 5 }, 'region', around)).toBe(around.province);
    expect(coarsen({ lat: 52, lon: 5 }, 'hidden', around)).toBeNull();
  });

  test('at street level stays within 200 metres, and coarsening again changes nothing', () => {
    fc.assert(
      fc.property(somewhere, (point) => {
        const shown = coarsen(point, 'street', around) as Point;
        expect(distanceKm(point, shown)).toBeLessThan(0.2);
        expect(coarsen(shown, 'street', around)).toEqual(shown);
      }),
    );
  });
});

test('codes are told from other words', () => {
  expect(['PV20', 'PV31'].every(isProvinceCode)).toBe(true);
  expect(['PV19', 'PV32', 'pv20', 'PV2', 'PV2031', 'GM0202', ''].some(isProvinceCode)).toBe(false);
  expect(isMunicipalityCode('GM0202')).toBe(true);
  expect(['GM202', 'GM02020', 'gm0202', 'GM0202\n', ''].some(isMunicipalityCode)).toBe(false);
});
