import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { distanceKm, type MunicipalityCode, type Point, type ProvinceCode } from '../model.ts';
import { basemap } from './drawing.ts';
import { windowAround, type Basemap } from './model.ts';

const country = basemap({ kind: 'country' });
const texts = (map: Basemap) =>
  [...map.land, ...map.lakes, map.channels, map.rivers, map.beyond].map((shape) => shape.d);
const gelderland = 'PV25' as ProvinceCode;

describe('the whole country', () => {
  test('shows twelve provinces and the lakes between them', () => {
    expect(country.land).toHaveLength(12);
    expect(country.lakes.map((lake) => lake.name)).toEqual(['ijsselmeer', 'markermeer', 'ketelmeer']);
    expect(country.land.every((land) => land.label)).toBe(true);
  });

  test('travels light: all land and water within four kilobytes', () => {
    expect(gzipSync(texts(country).join('\n')).length).toBeLessThan(4000);
  });

  test('is the same drawing every time', () => {
    expect(texts(basemap({ kind: 'country' }))).toEqual(texts(country));
  });

  test('every town of the data lies in the frame, and none lies in a lake', async () => {
    const { places } = JSON.parse(await readFile('db/places/places.json', 'utf8')) as {
      places: (Point & { name: string })[];
    };
    const centres = JSON.parse(await readFile('db/places/provinces.json', 'utf8')) as {
      provinces: { code: ProvinceCode; lat: number; lon: number }[];
    };
    expect(places.filter((place) => !country.contains(country.project(place)))).toEqual([]);
    expect(
      centres.provinces.filter((province) => !country.isOn(country.project(province), province.code)),
    ).toEqual([]);
    expect(country.isOn(country.project({ lat: 52.8, lon: 5.3 }), 'PV24' as ProvinceCode)).toBe(false);
  });

  test('north is up and east is right, in every language', () => {
    const amsterdam = country.project({ lat: 52.37, lon: 4.89 });
    const enschede = country.project({ lat: 52.22, lon: 6.89 });
    const maastricht = country.project({ lat: 50.85, lon: 5.69 });
    expect(enschede.x).toBeGreaterThan(amsterdam.x);
    expect(maastricht.y).toBeGreaterThan(amsterdam.y);
  });
});

describe('a closer look', () => {
  test('carries only the provinces that can be seen', () => {
    const map = basemap({ kind: 'province', code: gelderland });
    const names = map.land.map((land) => land.name);
    expect(names).toContain(gelderland);
    expect(names).not.toContain('PV29');
    expect(map.about).toBe(gelderland);
    expect(texts(map).join('').length).toBeLessThan(texts(country).join('').length);
  });

  test('of a municipality follows its official outline where there is one', () => {
    const outline: [number, number][][][] = [
      [
        [
          [5.8, 51.93],
          [5.8, 52.05],
          [6.0, 52.05],
          [6.0, 51.93],
          [5.8, 51.93],
        ],
      ],
    ];
    const code = 'GM0202' as MunicipalityCode;
    const towns = [{ lat: 51.98, lon: 5.911 }];
    const map = basemap({ kind: 'municipality', code, outline, towns });
    expect(map.outline?.d).toMatch(/^M\d+ \d+l[-\d ]+z$/);
    expect(map.contains(map.project({ lat: 51.93, lon: 5.8 }))).toBe(true);
    expect(basemap({ kind: 'municipality', code, outline: null, towns }).outline).toBeNull();
  });

  test('a unit is as long as it says, in the middle of the map', () => {
    for (const map of [country, basemap({ kind: 'province', code: gelderland })]) {
      const [a, b] = [
        { lat: 52.1, lon: 5.8 },
        { lat: 52.1, lon: 6.1 },
      ];
      const units = map.project(b).x - map.project(a).x;
      expect(distanceKm(a, b) / units / map.kmPerUnit).toBeCloseTo(1, 1);
    }
  });

  test('anywhere at all gives whole paths that lie on the sheet, however small or odd the window', () => {
    const point = fc.record({
      lat: fc.double({ min: 50.8, max: 53.5, noNaN: true }),
      lon: fc.double({ min: 3.4, max: 7.1, noNaN: true }),
    });
    fc.assert(
      fc.property(point, fc.double({ min: 0.2, max: 80, noNaN: true }), (centre, km) => {
        const map = basemap({ kind: 'window', bounds: windowAround(centre, km) });
        for (const d of texts(map)) expect(d).toMatch(/^(M-?\d+[- ]\d+l-?\d+([- ]\d+)+z?)*$/);
        expect(map.contains(map.project(centre))).toBe(true);
        expect(map.height).toBeGreaterThanOrEqual(800);
        expect(map.height).toBeLessThanOrEqual(1250);
      }),
      { numRuns: 60 },
    );
  });
});
