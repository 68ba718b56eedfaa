import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { basemap } from '../basemap/drawing.ts';
import { clusters, type Stone } from './model.ts';

const map = basemap({ kind: 'country' });
const stones = fc.uniqueArray(
  fc.record({
    id: fc.uuid(),
    point: fc.record({
      lat: fc.double({ min: 50.8, max: 53.5, noNaN: true }),
      lon: fc.double({ min: 3.4, max: 7.1, noNaN: true }),
    }),
  }),
  { selector: (stone) => stone.id, maxLength: 150 },
);

describe('stones that would lie on each other', () => {
  test('every stone lies in exactly one group, and no two groups touch', () => {
    fc.assert(
      fc.property(stones, fc.integer({ min: 5, max: 90 }), (all, radius) => {
        const found = clusters(all, map, radius);
        expect(found.flatMap((cluster) => cluster.stones.map((stone) => stone.id)).sort()).toEqual(
          all.map((stone) => stone.id).sort(),
        );
        found.forEach((one, at) =>
          found
            .slice(at + 1)
            .forEach((other) =>
              expect(Math.hypot(one.spot.x - other.spot.x, one.spot.y - other.spot.y)).toBeGreaterThanOrEqual(
                radius,
              ),
            ),
        );
      }),
      { numRuns: 60 },
    );
  });

  test('the order in which they come makes no difference', () => {
    fc.assert(
      fc.property(stones, (all) => {
        const picture = (list: readonly Stone[]) =>
          JSON.stringify(
            clusters(list, map, 30)
              .map((cluster) => [cluster.spot, cluster.stones.length])
              .sort(),
          );
        expect(picture([...all].reverse())).toBe(picture(all));
      }),
      { numRuns: 60 },
    );
  });

  test('a group opens into a window in which its stones lie farther apart', () => {
    const near = [
      { id: 'a', point: { lat: 52.0, lon: 5.9 } },
      { id: 'b', point: { lat: 52.02, lon: 5.93 } },
    ];
    const [together] = clusters(near, map, 30);
    expect(together?.stones).toHaveLength(2);
    expect(together?.opens).not.toBeNull();
    const closer = basemap({
      kind: 'window',
      bounds: together?.opens ?? { south: 0, west: 0, north: 0, east: 0 },
    });
    expect(clusters(near, closer, 30)).toHaveLength(2);
  });

  test('stones on one point cannot be opened, and a stone alone need not', () => {
    const point = { lat: 52, lon: 5.9 };
    const [same] = clusters(
      [
        { id: 'a', point },
        { id: 'b', point },
      ],
      map,
      30,
    );
    expect([same?.stones.length, same?.opens]).toEqual([2, null]);
    expect(clusters([{ id: 'a', point }], map, 30)[0]?.opens).toBeNull();
  });

  test('stones outside the map are left out', () => {
    const closer = basemap({ kind: 'window', bounds: { south: 51.9, west: 5.8, north: 52, east: 6 } });
    expect(clusters([{ id: 'a', point: { lat: 53.2, lon: 6.5 } }], closer, 30)).toEqual([]);
  });

  test('ten thousand stones are grouped while a page is made', () => {
    const many = Array.from({ length: 10_000 }, (_, at) => ({
      id: `s${at}`,
      point: { lat: 50.8 + ((at * 7919) % 2700) / 1000, lon: 3.4 + ((at * 104729) % 3700) / 1000 },
    }));
    const start = performance.now();
    expect(clusters(many, map, 30).length).toBeGreaterThan(100);
    // Measured at about 60 ms; the bound only catches a change of order.
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
