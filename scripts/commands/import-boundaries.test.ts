import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { MunicipalityCode } from '#modules/places/model.ts';
import { visitor } from '#platform/viewer.ts';
import { ownDatabase } from '../../tests/support/database.ts';
import { outsideData } from '../../tests/support/outside-data.ts';

ownDatabase();

const official = outsideData('data', 'geo', 'nl-vr-gm.topo.json');
const square = [
  [5.8, 51.9],
  [5.8, 52],
  [6, 52],
  [6, 51.9],
  [5.8, 51.9],
];
const file = (...codes: string[]) =>
  JSON.stringify({
    type: 'FeatureCollection',
    features: codes.map((code) => ({
      type: 'Feature',
      properties: { code },
      geometry: { type: 'Polygon', coordinates: [square] },
    })),
  });

async function imported(text: string) {
  const { bringIn } = await import('./import-boundaries.ts');
  const lines: string[] = [];
  const exit = await bringIn(
    text,
    'a file',
    (line) => lines.push(line),
    (line) => lines.push(line),
  );
  return { exit, lines };
}

async function outline(code: string) {
  const { withViewer } = await import('#platform/db.server.ts');
  const { outlineOf } = await import('#modules/places/boundaries/queries.server.ts');
  return withViewer(visitor, (tx) => outlineOf(tx, code as MunicipalityCode));
}

test('official outlines come in and anyone may see them', async () => {
  const { exit, lines } = await imported(file('GM0202', 'GM0228'));
  expect([exit, lines.length]).toEqual([0, 1]);
  expect(lines[0]).toContain('342');
  expect(await outline('GM0202')).toEqual([[square]]);
});

test('one bad feature leaves everything as it was, and is told with its number and reason', async () => {
  const { exit, lines } = await imported(file('GM0344', 'GM9999'));
  expect(exit).toBe(2);
  expect(lines[0]).toMatch(/2 \(GM9999\).*GM9999/);
  expect(await outline('GM0344')).toBeNull();
  expect(await outline('GM0202')).toEqual([[square]]);
});

test('a second file takes the place of the first', async () => {
  expect((await imported(file('GM0344'))).exit).toBe(0);
  expect(await outline('GM0202')).toBeNull();
  expect(await outline('GM0344')).toEqual([[square]]);
});

test('of a TopoJSON file the layer of municipalities is taken, and a broken one is refused', async () => {
  const layer = (code: string, arc: number) => ({
    type: 'GeometryCollection',
    geometries: [{ type: 'Polygon', arcs: [[arc]], properties: { code } }],
  });
  const topology = (arc: number) =>
    JSON.stringify({
      type: 'Topology',
      arcs: [square],
      objects: { provinces: layer('PV25', 0), municipalities: layer('GM0228', arc) },
    });
  expect((await imported(topology(0))).exit).toBe(0);
  expect(await outline('GM0228')).toEqual([[square]]);
  expect((await imported(topology(7))).exit).toBe(2);
  expect((await imported('{"type":"Topology","arcs":[],"objects":null}')).exit).toBe(2);
  expect(await outline('GM0228')).toEqual([[square]]);
});

test.skipIf(official === null)(
  'the 342 outlines of 2023 come in, and Arnhem is drawn along its border',
  async () => {
    expect((await imported(await readFile(official ?? '', 'utf8'))).exit).toBe(0);
    const arnhem = await outline('GM0202');
    const { basemap } = await import('#modules/places/basemap/drawing.ts');
    const towns = [{ lat: 51.98, lon: 5.911 }];
    const map = basemap({ kind: 'municipality', code: 'GM0202' as MunicipalityCode, outline: arnhem, towns });
    expect(map.outline?.d.length).toBeGreaterThan(200);
    expect(map.contains(map.project({ lat: 51.98, lon: 5.911 }))).toBe(true);
  },
);
