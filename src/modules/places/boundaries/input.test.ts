import { describe, expect, test } from 'vitest';
import { parseBoundaries } from './input.ts';
import type { Position } from './model.ts';

const notPacked = () => null;
const known = new Set(['GM0202', 'GM0228']);
const square: Position[] = [
  [5.8, 51.9],
  [5.8, 52],
  [6, 52],
  [6, 51.9],
  [5.8, 51.9],
];
const aFeature = (code: unknown, ring: unknown = square) => ({
  type: 'Feature',
  properties: { statcode: code },
  geometry: { type: 'Polygon', coordinates: [ring] },
});
const aFile = (...features: unknown[]) => JSON.stringify({ type: 'FeatureCollection', features });
const problemsOf = (text: string) => {
  const read = parseBoundaries(text, known, notPacked);
  return read.ok ? [] : read.problems.map(({ feature, reason }) => `${feature} ${reason}`);
};

describe('outlines of municipalities', () => {
  test('are read from GeoJSON, with the code in either form', () => {
    const read = parseBoundaries(aFile(aFeature('GM0202'), aFeature('0228')), known, notPacked);
    expect(read).toMatchObject({
      ok: true,
      boundaries: [{ code: 'GM0202', outline: [[square]] }, { code: 'GM0228' }],
    });
  });

  test('are kept to ten metres, and an islet that vanishes there may go', () => {
    const islet: Position[] = [
      [5.5, 51.5],
      [5.500001, 51.5],
      [5.500001, 51.500001],
      [5.5, 51.5],
    ];
    const fine: Position[] = [
      [5.8, 51.9],
      [5.8, 51.95],
      [5.8, 52],
      [6.00001, 52.00001],
      [6, 52],
      [6, 51.9],
      [5.8, 51.9],
    ];
    const text = aFile({
      type: 'Feature',
      properties: { code: 'GM0202' },
      geometry: { type: 'MultiPolygon', coordinates: [[fine], [islet]] },
    });
    expect(parseBoundaries(text, known, notPacked)).toEqual({
      ok: true,
      boundaries: [{ code: 'GM0202', outline: [[square]] }],
    });
  });

  test.each([
    ['{', '0 not_json'],
    ['[]', '0 not_geojson'],
    ['null', '0 not_geojson'],
    ['{"type":"Feature"}', '0 not_geojson'],
    [aFile(), '0 no_municipalities'],
    [aFile(null), '1 no_code'],
    [aFile(aFeature('PV25')), '1 no_code'],
    [aFile(aFeature('GM9999')), '1 unknown_municipality'],
    [aFile(aFeature('GM0202'), aFeature('GM0202')), '2 doubled'],
    [
      aFile({
        type: 'Feature',
        properties: { code: 'GM0202' },
        geometry: { type: 'Point', coordinates: [5, 52] },
      }),
      '1 no_area',
    ],
    [aFile({ type: 'Feature', properties: { code: 'GM0202' }, geometry: null }), '1 no_area'],
    [aFile(aFeature('GM0202', square.slice(0, 3))), '1 too_few_points'],
    [aFile(aFeature('GM0202', 'a ring')), '1 too_few_points'],
    [aFile(aFeature('GM0202', square.slice(0, 4))), '1 not_closed'],
    [
      aFile(
        aFeature(
          'GM0202',
          square.map(() => ['5', '52']),
        ),
      ),
      '1 not_degrees',
    ],
    [
      aFile(
        aFeature(
          'GM0202',
          square.map(([lon, lat]) => [lon * 30_000, lat * 8000]),
        ),
      ),
      '1 not_degrees',
    ],
    [
      aFile(
        aFeature(
          'GM0202',
          square.map(([lon, lat]) => [lat, lon]),
        ),
      ),
      '1 outside',
    ],
    [
      aFile(
        aFeature(
          'GM0202',
          Array.from({ length: 200_001 }, () => [5, 52]),
        ),
      ),
      '1 too_many_points',
    ],
  ])('%.60s is refused with its reason', (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  test('every bad feature is told, not only the first', () => {
    expect(problemsOf(aFile(aFeature('GM9999'), aFeature('GM0202'), aFeature(null)))).toEqual([
      '1 unknown_municipality',
      '3 no_code',
    ]);
  });
});
