import { expect, test } from 'vitest';
import type { MunicipalityCode, Place, Province, ProvinceCode } from '../../model.ts';
import { basemap } from '../drawing.ts';
import { provinceLabels, townLabels } from './model.ts';

const map = basemap({ kind: 'country' });
const provinces: Province[] = map.land.map(({ name }) => ({
  code: name,
  name,
  called: name === 'PV27' ? 'Noord-Holland' : 'Gelderland',
  point: { lat: 52, lon: 5 },
}));
const town = (name: string, lat: number, lon: number, size: number): Place => ({
  kind: 'town',
  id: `GM0001-${name}`,
  name,
  called: name,
  point: { lat, lon },
  size,
  municipality: 'GM0001' as MunicipalityCode,
  municipalityCalled: name,
  province: 'PV25' as ProvinceCode,
  provinceCalled: 'Gelderland',
});

test('every province is named, a double name on two lines', () => {
  const labels = provinceLabels(map, provinces, [], 33);
  expect(labels).toHaveLength(12);
  expect(labels.find((label) => label.province.code === 'PV27')?.lines).toEqual(['Noord-', 'Holland']);
});

test('a name steps aside for a stone, and stays on the land of its province', () => {
  const [before] = provinceLabels(
    map,
    provinces.filter((province) => province.code === 'PV25'),
    [],
    33,
  );
  if (!before) throw new Error('Gelderland has no label');
  const [after] = provinceLabels(
    map,
    provinces.filter((province) => province.code === 'PV25'),
    [before.spot],
    33,
  );
  expect(after?.spot).not.toEqual(before.spot);
  expect(after && map.isOn(after.spot, 'PV25' as ProvinceCode)).toBe(true);
});

test('of two towns that lie together, the bigger is named', () => {
  const labels = townLabels(
    map,
    [town('Klein', 52.0, 5.9, 0), town('Groot', 52.01, 5.91, 3), town('Ver', 51.5, 5.5, 0)],
    30,
  );
  expect(labels.map((label) => label.place.name)).toEqual(['Groot', 'Ver']);
});
