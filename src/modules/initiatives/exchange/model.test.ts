import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csv } from '#platform/csv.ts';
import type { Stone } from '../finding/model.ts';
import { parseWish } from '../input.ts';
import { kinds, leads, phases, themes } from '../model.ts';
import { geoJsonOf, openPage, tableOf, type HeldNow } from './model.ts';

const { wish } = parseWish(new URLSearchParams(), '2026-11-21');
const foundWith = (stones: readonly Stone[]) => ({
  stones,
  total: stones.length,
  place: null,
  didYouMean: [],
  spelledAs: null,
});

/** Fields and rows of RFC 4180, read by its grammar alone. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/gy;
  while (field.lastIndex < text.length) {
    const match = field.exec(text);
    if (!match) throw new Error(`No CSV at ${text.slice(field.lastIndex, field.lastIndex + 20)}`);
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

const aDay = fc.constantFrom('2024-02-29', '2025-11-21', '2026-11-20');
const nasty = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom(
    '=1+1',
    '+31',
    '-2',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '=HYPERLINK("x")',
    '＝1+1',
    'a"b',
    'a\r\nb',
    "'",
    ';',
    ',',
    '',
    'İğdır',
    'مقهى',
  ),
  fc
    .tuple(
      fc.constantFrom('=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'),
      fc.string({ maxLength: 20 }),
    )
    .map(([sign, rest]) => sign + rest),
);
const aStone: fc.Arbitrary<Stone> = fc.record({
  id: fc.uuid(),
  slug: fc.stringMatching(/^[a-z0-9]{1,20}$/),
  name: nasty,
  kind: fc.constantFrom(...kinds),
  formality: fc.option(fc.integer({ min: 1, max: 5 })),
  ledBy: fc.constantFrom(...leads),
  scope: fc.option(
    fc.constantFrom('neighbourhood' as const, 'city' as const, 'region' as const, 'national' as const),
  ),
  state: fc.constantFrom('active' as const, 'paused' as const, 'ended' as const),
  startKnown: fc.boolean(),
  lastSign: fc.constantFrom('seen' as const, 'none-recent' as const),
  phases: fc.subarray([...phases]),
  themes: fc.subarray([...themes]),
  languages: fc.subarray(['ar', 'ti', 'fa-AF']),
  town: fc.option(nasty),
  municipality: fc.option(fc.constant('GM0202')),
  province: fc.option(fc.constant('PV25')),
  lat: fc.option(fc.double({ min: 50.7, max: 53.8, noNaN: true })),
  lon: fc.option(fc.double({ min: 3.2, max: 7.3, noNaN: true })),
  km: fc.option(fc.integer({ min: 0, max: 300 })),
  text: fc.option(fc.record({ language: fc.constant('nl'), words: nasty, origin: fc.constant('own') })),
  fading: fc.constant(null),
  why: fc.constant([]),
});

const heldOfOne: fc.Arbitrary<HeldNow> = fc.record({
  website: fc.option(fc.webUrl()),
  mail: fc.option(nasty),
  phone: fc.option(nasty),
  confirmedOn: fc.option(aDay),
  checkedOn: fc.option(aDay),
  checkedThrough: fc.option(fc.constantFrom('call' as const, 'visit' as const)),
  recordedOn: aDay,
  changedAt: fc.constant('2026-11-20T10:00:00.000Z'),
  keptBack: fc.dictionary(
    fc.constantFrom('place', 'summary', 'mail'),
    fc.constantFrom('safety' as const, 'asked' as const),
  ),
});
/** Initiatives that were found, and what is held of each now. */
const aFieldOf = (most: number, least = 0) =>
  fc.array(fc.tuple(aStone, heldOfOne), { minLength: least, maxLength: most }).map((pairs) => ({
    stones: pairs.map(([stone]) => stone),
    field: { today: '2026-11-21', entries: new Map(pairs.map(([stone, held]) => [stone.id, held])) },
  }));

test('whatever an initiative is called, no spreadsheet runs it, and what was written comes back', () => {
  fc.assert(
    fc.property(aFieldOf(8), ({ stones, field }) => {
      const table = tableOf(foundWith(stones), wish, field);
      const read = readCsv(csv(table));
      expect(read.length).toBe(table.length);
      read.forEach((row, at) => {
        row.forEach((cell, column) => {
          expect(cell).not.toMatch(/^[=+\-@\t\r＝＋－＠]/u);
          const told = table[at]?.[column] ?? '';
          // Only what a spreadsheet would run is led by an apostrophe.
          expect(cell).toBe(/^[=+\-@\t\r＝＋－＠]/u.test(told) ? `'${told}` : told);
        });
      });
    }),
    { numRuns: 500 },
  );
});

test('a table tells the same initiatives as the record of each', () => {
  fc.assert(
    fc.property(aFieldOf(5, 1), ({ stones, field }) => {
      const [columns = [], ...rows] = tableOf(foundWith(stones), wish, field);
      const { initiatives, total, pages } = openPage(foundWith(stones), wish, field);
      expect([total, pages]).toEqual([stones.length, 1]);
      rows.forEach((row, at) => {
        const record: Readonly<Record<string, unknown>> = { ...initiatives[at] };
        columns.forEach((column, place) => {
          const kept = Object.entries(initiatives[at]?.keptBack ?? {}).map((pair) => pair.join(':'));
          const flat: Record<string, unknown> = { summary: initiatives[at]?.summary?.text, keptBack: kept };
          const value = column in flat ? flat[column] : record[column];
          const told = Array.isArray(value) ? value.join(';') : (value ?? '');
          expect(row[place], column).toBe(String(told));
        });
      });
    }),
  );
});

test('the map data are a FeatureCollection as RFC 7946 wants it', () => {
  fc.assert(
    fc.property(aFieldOf(8), ({ stones, field }) => {
      const data = JSON.parse(JSON.stringify(geoJsonOf(foundWith(stones), wish, field))) as Record<
        string,
        unknown
      >;
      expect(data.type).toBe('FeatureCollection');
      // Section 7.1: no member of another type's name; section 4: no coordinate system of its own.
      for (const strange of ['coordinates', 'geometries', 'geometry', 'properties', 'crs'])
        expect(data).not.toHaveProperty(strange);
      const features = data.features as {
        type: string;
        id: string;
        geometry: { type: string; coordinates: number[] } | null;
        properties: object;
      }[];
      expect(features.length).toBe(stones.length);
      features.forEach((feature, at) => {
        const stone = stones[at];
        expect(Object.keys(feature).sort()).toEqual(['geometry', 'id', 'properties', 'type']);
        expect(feature).toMatchObject({ type: 'Feature', id: stone?.id, properties: { name: stone?.name } });
        // Longitude goes first (3.1.1).
        const [lat, lon] = [stone?.lat ?? null, stone?.lon ?? null];
        expect(feature.geometry).toEqual(
          lat === null || lon === null ? null : { type: 'Point', coordinates: [lon, lat] },
        );
      });
    }),
    { numRuns: 200 },
  );
});
