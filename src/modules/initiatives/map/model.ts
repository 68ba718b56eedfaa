import type { Basemap, Frame } from '#modules/places/basemap/model.ts';
import { clusters } from '#modules/places/clusters/model.ts';
import type { Municipality, Place, Point, Province } from '#modules/places/model.ts';
import type { Found, Stone, WishProblem } from '../finding/model.ts';
import type { Fading } from '../asking/model.ts';
import type { LedBy, Phase } from '../model.ts';

/** What a map needs to know of an initiative. */
export interface MapStone {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly ledBy: LedBy;
  readonly startKnown: boolean;
  readonly phases: readonly Phase[];
  readonly town: string | null;
  readonly fading: Fading | null;
  readonly point: Point;
}

/** One stone as it is drawn: one initiative, or all that lie on one spot. */
export interface DrawnStone {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly count: number;
  readonly name: string;
  readonly slug: string | null;
  readonly town: string | null;
  /** The window in which its initiatives lie apart, as 'south,west,north,east'; null when they share one point. */
  readonly opens: string | null;
  readonly refugeeLed: boolean;
  readonly perhaps: boolean;
  /** How far it has faded, 0 to 3; of several the one that faded least. */
  readonly faded: number;
  /** The phase most of them work in; null when none says so. */
  readonly phase: Phase | null;
}

/** The stones of a map: sized by how many lie there (area grows with the number), biggest first so that small ones stay on top. */
export function drawnStones(stones: readonly MapStone[], map: Basemap, apart: number): DrawnStone[] {
  return clusters(stones, map, apart)
    .map((cluster): DrawnStone => {
      const [first] = cluster.stones;
      const towns = tally(cluster.stones.map((stone) => stone.town));
      return {
        x: Math.round(cluster.spot.x),
        y: Math.round(cluster.spot.y),
        radius: radiusOf(cluster.stones.length),
        count: cluster.stones.length,
        name: first?.name ?? '',
        slug: cluster.stones.length === 1 ? (first?.slug ?? null) : null,
        town: towns[0] ?? null,
        opens: cluster.opens
          ? [cluster.opens.south, cluster.opens.west, cluster.opens.north, cluster.opens.east]
              .map((edge) => edge.toFixed(3))
              .join(',')
          : null,
        refugeeLed: cluster.stones.some(
          (stone) => stone.ledBy === 'refugee-led' || stone.ledBy === 'together',
        ),
        perhaps: cluster.stones.every((stone) => !stone.startKnown),
        faded: Math.min(...cluster.stones.map((stone) => stone.fading?.step ?? 0)),
        phase: tally(cluster.stones.flatMap((stone) => stone.phases))[0] ?? null,
      };
    })
    .sort((a, b) => b.radius - a.radius || a.x - b.x || a.y - b.y);
}

/** Big enough for its number to be read on a phone; the area above that grows with the number. */
function radiusOf(count: number): number {
  return count === 1 ? 13 : Math.round(Math.min(50, 17 + 4.6 * Math.sqrt(count)));
}

/** Values by how often they come, most first; ties by the order they came in. */
function tally<Value>(values: readonly (Value | null)[]): Value[] {
  const counts = new Map<Value, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([value]) => value);
}

export interface FieldMap {
  readonly frame: Frame;
  readonly stones: readonly DrawnStone[];
  /** What lies in the frame, for the list beside the drawing. */
  readonly listed: readonly Stone[];
  /** How many answer the wish but have no spot on any map. */
  readonly nowhere: number;
  readonly provinces: readonly Province[];
  readonly municipalities: readonly Municipality[];
  readonly province: string | null;
  readonly municipality: string | null;
  readonly towns: readonly Place[];
  readonly found: Found;
  readonly problems: readonly WishProblem[];
}
