import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { MunicipalityCode, ProvinceCode } from '../../places/model.ts';
import { plainWord, regionsOf } from './model.ts';

const point = { lat: 52, lon: 6 };
const gelderland = { code: 'PV25' as ProvinceCode, name: 'Gelderland', called: 'غيلديرلاند', point };
const town = (code: string, name: string, size: number) => ({
  code: code as MunicipalityCode,
  name,
  called: name,
  province: gelderland.code,
  provinceCalled: gelderland.called,
  point,
  size,
});

test('a region keeps its address in every language', () => {
  const regions = regionsOf([gelderland], [town('GM0202', 'Arnhem', 3)]);
  expect(regions.map(({ slug, called }) => [slug, called])).toEqual([
    ['gelderland', 'غيلديرلاند'],
    ['gelderland-arnhem', 'Arnhem'],
  ]);
});

test('the smaller municipalities of a province can be seen together', () => {
  const regions = regionsOf(
    [gelderland],
    [town('GM0202', 'Arnhem', 3), town('GM0233', 'Ermelo', 0), town('GM0244', 'Hattem', 1)],
  );
  expect(regions.find(({ kind }) => kind === 'small')).toMatchObject({
    slug: 'gelderland-small',
    municipalities: ['GM0233', 'GM0244'],
  });
});

test('no two municipalities share an address', async () => {
  const read = async (name: string) => JSON.parse(await readFile(`db/places/${name}.json`, 'utf8'));
  const provinces = ((await read('provinces')).provinces ?? []) as { code: string; name: string }[];
  const rows = ((await read('municipalities')).municipalities ?? []) as {
    code: string;
    name: string;
    province: string;
  }[];
  expect(provinces).toHaveLength(12);
  expect(rows.length).toBeGreaterThan(330);
  const regions = regionsOf(
    provinces.map((each) => ({ ...gelderland, code: each.code as ProvinceCode, name: each.name })),
    rows.map((each) => ({ ...town(each.code, each.name, 3), province: each.province as ProvinceCode })),
  );
  expect(regions).toHaveLength(provinces.length + rows.length);
  expect(new Set(regions.map(({ slug }) => slug)).size).toBe(regions.length);
  for (const { slug } of regions) expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
});

test.each([
  ['Súdwest-Fryslân', 'sudwest-fryslan'],
  ['’s-Hertogenbosch', 's-hertogenbosch'],
  ['Bergen (NH)', 'bergen-nh'],
])('%s has the address %s', (name, word) => expect(plainWord(name)).toBe(word));
