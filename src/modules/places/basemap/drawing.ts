import {
  geoArea,
  geoContains,
  geoMercator,
  geoPath,
  type GeoPermissibleObjects,
  type GeoProjection,
} from 'd3-geo';
import { distanceKm, type Point, type ProvinceCode } from '../model.ts';
import {
  windowAround,
  type Basemap,
  type Bounds,
  type Frame,
  type Polygons,
  type Position,
  type Shape,
  type Spot,
} from './model.ts';
import { outlines } from './outlines.ts';

const width = 1000;
const margin = 24;

// On a sphere a ring has two insides; d3 takes the one to the right of the line, and the Netherlands is the smaller.
function wound(polygons: Polygons): Polygons {
  const large = (ring: Position[]) => geoArea({ type: 'Polygon', coordinates: [ring] }) > 2 * Math.PI;
  return polygons.map((polygon) =>
    polygon.map((ring, at) => (large(ring) === at > 0 ? ring : [...ring].reverse())),
  );
}

const area = (polygons: Polygons): GeoPermissibleObjects => ({
  type: 'MultiPolygon',
  coordinates: wound(polygons),
});
const lines = (coordinates: Position[][]): GeoPermissibleObjects => ({
  type: 'MultiLineString',
  coordinates,
});

function boundsOf(polygons: Polygons): Bounds {
  const all = polygons.flat(2);
  const lons = all.map(([lon]) => lon);
  const lats = all.map(([, lat]) => lat);
  return {
    south: Math.min(...lats),
    west: Math.min(...lons),
    north: Math.max(...lats),
    east: Math.max(...lons),
  };
}

function boundsOfFrame(frame: Frame): Bounds {
  switch (frame.kind) {
    case 'country':
      return boundsOf(outlines.provinces.flatMap((province) => province.polygons));
    case 'province':
      return boundsOf(outlines.provinces.find((province) => province.code === frame.code)?.polygons ?? []);
    case 'window':
      return frame.bounds;
    case 'municipality': {
      if (frame.outline) return boundsOf(frame.outline);
      const [centre = { lat: 52.1, lon: 5.4 }, ...others] = frame.towns;
      const farthest = Math.max(0, ...others.map((town) => distanceKm(centre, town)));
      return windowAround(centre, Math.min(40, Math.max(10, farthest + 3)));
    }
  }
}

function fit(frame: Frame): { projection: GeoProjection; height: number } {
  const { south, west, north, east } = boundsOfFrame(frame);
  const shape = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const ratio = (north - south) / Math.max(1e-6, (east - west) * shape);
  const height = Math.round(width * Math.min(1.25, Math.max(0.8, ratio)));
  const corners: GeoPermissibleObjects = {
    type: 'MultiPoint',
    coordinates: [
      [west, south],
      [west, north],
      [east, south],
      [east, north],
    ],
  };
  const extent: [[number, number], [number, number]] = [
    [margin, margin],
    [width - margin, height - margin],
  ];
  const projection = geoMercator().precision(0).fitExtent(extent, corners);
  // A little beyond the edge, so that no shoreline is drawn along the edge itself.
  projection.clipExtent([
    [-30, -30],
    [width + 30, height + 30],
  ]);
  return { projection, height };
}

/** Writes what d3 draws as whole units and relative commands, which is a third of the length of its own text. */
class Pen {
  #done = '';
  #line: Spot[] = [];
  beginPath(): void {
    this.#flush('');
  }
  moveTo(x: number, y: number): void {
    this.#flush('');
    this.#line = [{ x: Math.round(x), y: Math.round(y) }];
  }
  lineTo(x: number, y: number): void {
    this.#line.push({ x: Math.round(x), y: Math.round(y) });
  }
  arc(): void {
    // Only points ask for one, and we draw none.
  }
  closePath(): void {
    this.#flush('z');
  }
  get written(): string {
    this.#flush('');
    return this.#done;
  }
  #flush(end: '' | 'z'): void {
    const kept = this.#line.filter(
      (spot, at, all) => at === 0 || !needless(all[at - 1] as Spot, spot, all[at + 1]),
    );
    const [first, ...rest] = kept;
    this.#line = [];
    if (!first || rest.length < (end ? 2 : 1)) return;
    let { x, y } = first;
    let steps = '';
    for (const spot of rest) {
      steps += pair(spot.x - x, spot.y - y, steps === '');
      ({ x, y } = spot);
    }
    this.#done += `M${first.x}${sign(first.y)}l${steps}${end}`;
  }
}

const sign = (whole: number) => (whole < 0 ? `${whole}` : ` ${whole}`);
const pair = (dx: number, dy: number, first: boolean) => `${first ? dx : sign(dx)}${sign(dy)}`;

/** Judged by its neighbours as they were, so that two provinces drop the same spots of their common border. */
function needless(before: Spot, spot: Spot, after: Spot | undefined): boolean {
  if (before.x === spot.x && before.y === spot.y) return true;
  if (!after) return false;
  return (
    Math.abs((spot.x - before.x) * (after.y - before.y) - (after.x - before.x) * (spot.y - before.y)) < 3
  );
}

/** Draws the frame: a thousand units wide, never mirrored; carries only what can be seen in it. */
export function basemap(frame: Frame): Basemap {
  const { projection, height } = fit(frame);
  const draw = (shape: GeoPermissibleObjects): string => {
    const pen = new Pen();
    geoPath(projection, pen)(shape);
    return pen.written;
  };
  const project = ({ lat, lon }: Point): Spot => {
    const [x, y] = projection([lon, lat]) ?? [-width, -width];
    return { x: Math.round(x * 10) / 10, y: Math.round(y * 10) / 10 };
  };
  const contains = ({ x, y }: Spot) => x >= 0 && x <= width && y >= 0 && y <= height;
  const label = (position: Position | null): Spot | null => {
    const spot = position && project({ lon: position[0], lat: position[1] });
    return spot && spot.x > 60 && spot.x < width - 60 && spot.y > 30 && spot.y < height - 20 ? spot : null;
  };
  const [middle, east] = [width / 2, width / 2 + 1].map(
    (x) => projection.invert?.([x, height / 2]) ?? [5.4, 52.1],
  ) as [Position, Position];
  const visible = (shape: Shape) => shape.d !== '';
  return {
    width,
    height,
    kmPerUnit: distanceKm({ lon: middle[0], lat: middle[1] }, { lon: east[0], lat: east[1] }),
    land: outlines.provinces
      .map(({ code, polygons, label: at }) => ({
        name: code as ProvinceCode,
        d: draw(area(polygons)),
        label: label(at),
      }))
      .filter(visible),
    lakes: outlines.lakes
      .map(({ name, polygons, label: at }) => ({ name, d: draw(area(polygons)), label: label(at) }))
      .filter(visible),
    seas: outlines.seas.flatMap(({ name, label: at }) => {
      const spot = label(at);
      return spot ? [{ name, label: spot }] : [];
    }),
    channels: { d: draw(lines(outlines.channels)) },
    rivers: { d: draw(lines(outlines.rivers)) },
    beyond: { d: draw(area([[outlines.beyond]])) },
    outline: frame.kind === 'municipality' && frame.outline ? { d: draw(area(frame.outline)) } : null,
    about: frame.kind === 'province' ? frame.code : null,
    isOn: ({ x, y }, code) => {
      const position = projection.invert?.([x, y]);
      const holds = ({ polygons }: { polygons: Polygons }) =>
        !!position && geoContains(area(polygons), position);
      return (
        outlines.provinces.some((each) => each.code === code && holds(each)) && !outlines.lakes.some(holds)
      );
    },
    project,
    contains,
  };
}
