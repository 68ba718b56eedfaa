import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { coarsen, precisions, type Point } from '#modules/places/model.ts';
import { ownDatabase } from '../../../tests/support/database.ts';

const database = ownDatabase();
let admin: pg.Client;
beforeAll(async () => {
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
});
afterAll(() => admin.end());

const anyPoint = fc.record({
  lat: fc.double({ min: 50.8, max: 53.5, noNaN: true }),
  lon: fc.double({ min: 3.4, max: 7.2, noNaN: true }),
});

test('the wall in the database shows a place exactly as coarsely as the rule says, whatever the point', async () => {
  const around = { town: { lat: 52.1, lon: 5.1 }, province: { lat: 52.06, lon: 5.9 } };
  await fc.assert(
    fc.asyncProperty(anyPoint, fc.constantFrom(...precisions), async (point: Point, precision) => {
      const { rows } = await admin.query<{ shown: [number, number] | null }>(
        'select core.open_point($1, $2, $3, $4, $5, $6, $7) as shown',
        [
          precision,
          point.lat,
          point.lon,
          around.town.lat,
          around.town.lon,
          around.province.lat,
          around.province.lon,
        ],
      );
      const rule = coarsen(point, precision, around);
      const shown = rows[0]?.shown ?? null;
      expect(shown === null).toBe(rule === null);
      expect(shown?.[0] ?? 0).toBeCloseTo(rule?.lat ?? 0, 6);
      expect(shown?.[1] ?? 0).toBeCloseTo(rule?.lon ?? 0, 6);
    }),
    { numRuns: 1000 },
  );
}, 60_000);
