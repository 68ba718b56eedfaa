import { isMunicipalityCode, type MunicipalityCode } from '../model.ts';
import {
  simplified,
  type Boundary,
  type BoundaryProblem,
  type BoundaryReason,
  type Outline,
  type Position,
} from './model.ts';

export type ReadBoundaries =
  | { readonly ok: true; readonly boundaries: readonly Boundary[] }
  | { readonly ok: false; readonly problems: readonly BoundaryProblem[] };

type Fields = Readonly<Record<string, unknown>>;
const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? { ...value } : {};
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

// What CBS, PDOK and the open data of municipalities call the code.
const codeFields = ['code', 'statcode', 'gemeentecode', 'gm_code', 'gemcode', 'identificatie'];
// A file with more is not a file of outlines of municipalities.
const mostPoints = 200_000;

/** Unpacks a TopoJSON file into the GeoJSON features of each of its layers; null where it is no such file. */
export type Unpack = (file: unknown) => readonly (readonly unknown[])[] | null;

/** Reads outlines of municipalities from the text of a GeoJSON or TopoJSON file; one bad feature refuses the whole file. */
export function parseBoundaries(text: string, known: ReadonlySet<string>, unpack: Unpack): ReadBoundaries {
  let file: Fields;
  try {
    file = fieldsOf(JSON.parse(text.replace(/^\ufeff/, '')));
  } catch (error) {
    return refusedFile('not_json', error instanceof Error ? error.message.slice(0, 120) : '');
  }
  const features = featuresOf(file, unpack);
  if (!features) return refusedFile('not_geojson', String(file.type ?? '').slice(0, 40));
  if (features.length === 0) return refusedFile('no_municipalities', '');
  const seen = new Set<string>();
  const problems: BoundaryProblem[] = [];
  const boundaries = features.flatMap((each, at) => {
    const code = codeOf(each);
    const read = readFeature(each, code, known, seen);
    if ('outline' in read) return [read];
    problems.push({ feature: at + 1, code: code ?? '', ...read });
    return [];
  });
  return problems.length > 0 ? { ok: false, problems } : { ok: true, boundaries };
}

function refusedFile(reason: BoundaryReason, found: string): ReadBoundaries {
  return { ok: false, problems: [{ feature: 0, code: '', reason, found }] };
}

/** Null where the file is neither form; of a TopoJSON file the layer that speaks of municipalities. */
function featuresOf(file: Fields, unpack: Unpack): readonly unknown[] | null {
  if (file.type === 'FeatureCollection' && Array.isArray(file.features)) return listOf(file.features);
  const layers = unpack(file);
  return layers && (layers.find((features) => features.some((each) => codeOf(each))) ?? []);
}

function codeOf(value: unknown): MunicipalityCode | null {
  const { properties, id } = fieldsOf(value);
  const named = Object.entries(fieldsOf(properties)).filter(([name]) =>
    codeFields.includes(name.toLowerCase()),
  );
  for (const candidate of [...named.map(([, each]) => each), id]) {
    const word = String(candidate ?? '').trim();
    const code = /^\d{4}$/.test(word) ? `GM${word}` : word;
    if (isMunicipalityCode(code)) return code;
  }
  return null;
}

type Trouble = Pick<BoundaryProblem, 'reason' | 'found'>;

function readFeature(
  value: unknown,
  code: MunicipalityCode | null,
  known: ReadonlySet<string>,
  seen: Set<string>,
): Boundary | Trouble {
  const { geometry, properties } = fieldsOf(value);
  if (!code) return { reason: 'no_code', found: Object.keys(fieldsOf(properties)).join(', ').slice(0, 80) };
  if (!known.has(code)) return { reason: 'unknown_municipality', found: code };
  if (seen.has(code)) return { reason: 'doubled', found: code };
  seen.add(code);
  const { type, coordinates } = fieldsOf(geometry);
  if (type !== 'Polygon' && type !== 'MultiPolygon')
    return { reason: 'no_area', found: String(type ?? '').slice(0, 40) };
  const polygons = type === 'Polygon' ? [coordinates] : listOf(coordinates);
  const outline: Outline = [];
  let points = 0;
  for (const polygon of polygons) {
    const rings: Position[][] = [];
    for (const [at, ring] of listOf(polygon).entries()) {
      points += listOf(ring).length;
      if (points > mostPoints) return { reason: 'too_many_points', found: String(points) };
      const read = readRing(listOf(ring));
      if ('reason' in read) return read;
      const plain = simplified(read.ring);
      // An islet that vanishes at ten metres may go; a hole may too, but not the land around a hole.
      if (plain.length < 4 && at === 0) break;
      if (plain.length >= 4) rings.push(plain);
    }
    if (rings.length > 0) outline.push(rings);
  }
  return outline.length > 0 ? { code, outline } : { reason: 'no_area', found: type };
}

function readRing(ring: readonly unknown[]): { ring: Position[] } | Trouble {
  if (ring.length < 4) return { reason: 'too_few_points', found: String(ring.length) };
  const positions: Position[] = [];
  for (const position of ring) {
    const [lon, lat] = listOf(position);
    if (typeof lon !== 'number' || typeof lat !== 'number')
      return { reason: 'not_degrees', found: JSON.stringify(position)?.slice(0, 40) ?? '' };
    // Dutch surveyors count in metres from a point near Paris: a file in RD must be converted first.
    if (Math.abs(lon) > 180 || Math.abs(lat) > 90) return { reason: 'not_degrees', found: `${lon}, ${lat}` };
    if (lon < 3 || lon > 7.5 || lat < 50.5 || lat > 54) return { reason: 'outside', found: `${lon}, ${lat}` };
    positions.push([lon, lat]);
  }
  const [first, last] = [positions[0], positions.at(-1)];
  return first?.[0] === last?.[0] && first?.[1] === last?.[1]
    ? { ring: positions }
    : { reason: 'not_closed', found: String(last) };
}
