import { keyOf } from '../model.ts';

interface Point {
  readonly lat: number;
  readonly lon: number;
}

// Cells of 180/2^level degrees: about 313, 78, 20 and 5 km high, and in the Netherlands about as wide.
const levels = [6, 8, 10, 12] as const;
const mostCells = 24;
const kmPerDegree = 111.195;

function cellOf(point: Point, level: number): string {
  const size = 180 / 2 ** level;
  const across = 2 ** level;
  const column = ((Math.floor((point.lon + 180) / (2 * size)) % across) + across) % across;
  return `${level}:${Math.floor((point.lat + 90) / size)}:${column}`;
}

/** The cells a point lies in, coarse to fine, as keys of the index. */
export function cellsOf(point: Point): number[] {
  return levels.map((level) => keyOf('cell', cellOf(point, level)));
}

/** The finest set of cells that covers a circle in at most 24; null when the circle is so wide that cells do not help. */
export function cellsAround(centre: Point, withinKm: number): number[] | null {
  const up = withinKm / kmPerDegree;
  const widest = Math.min(89, Math.abs(centre.lat) + up);
  const aside = up / Math.cos((widest * Math.PI) / 180);
  const perLevel = levels.toReversed().map((level) => {
    const size = 180 / 2 ** level;
    if (((2 * up) / size + 2) * (aside / size + 2) > mostCells * 2 || aside >= 180) return null;
    const found = new Set<string>();
    for (let lat = centre.lat - up; lat <= centre.lat + up + size; lat += size)
      for (let lon = centre.lon - aside; lon <= centre.lon + aside + 2 * size; lon += 2 * size)
        found.add(
          cellOf({ lat: Math.min(lat, centre.lat + up), lon: Math.min(lon, centre.lon + aside) }, level),
        );
    return found.size <= mostCells ? [...found].map((cell) => keyOf('cell', cell)) : null;
  });
  return perLevel.find((cells) => cells !== null) ?? null;
}
