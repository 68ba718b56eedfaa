import type { Basemap, Bounds, Spot } from '../basemap/model.ts';
import type { Point } from '../model.ts';

/** Anything that lies on the map. */
export interface Stone {
  readonly id: string;
  readonly point: Point;
}

/** Stones that would lie on each other; a single stone is a cluster of one. */
export interface Cluster<Kind extends Stone> {
  readonly stones: readonly Kind[];
  readonly spot: Spot;
  /** The window in which its stones lie apart; null for one stone, and for stones that share one point. */
  readonly opens: Bounds | null;
}

interface Heap<Kind extends Stone> {
  readonly stones: readonly Kind[];
  readonly spot: Spot;
}

/**
 * Groups the stones that can be seen in a drawing, so that no two groups lie nearer to each other than `radius` units.
 * The order in which the stones come makes no difference. Grid-based: time grows with the number of stones.
 */
export function clusters<Kind extends Stone>(
  stones: readonly Kind[],
  map: Pick<Basemap, 'project' | 'contains'>,
  radius: number,
): Cluster<Kind>[] {
  let heaps: Heap<Kind>[] = stones
    .map((stone) => ({ stones: [stone], spot: map.project(stone.point) }))
    .filter((heap) => map.contains(heap.spot));
  for (let before = Infinity; heaps.length < before;) {
    before = heaps.length;
    heaps = gathered(heaps, radius);
  }
  return heaps.map((heap) => ({ ...heap, opens: opening(heap.stones) }));
}

const key = (heap: Heap<Stone>) => heap.stones[0]?.id ?? '';

/** One round: the fullest heap first takes in what lies within the radius. */
function gathered<Kind extends Stone>(heaps: readonly Heap<Kind>[], radius: number): Heap<Kind>[] {
  const cellOf = (at: number) => Math.floor(at / radius);
  const grid = new Map<string, Set<Heap<Kind>>>();
  for (const heap of heaps) {
    const cell = `${cellOf(heap.spot.x)} ${cellOf(heap.spot.y)}`;
    grid.set(cell, (grid.get(cell) ?? new Set()).add(heap));
  }
  const order = [...heaps].sort((a, b) => b.stones.length - a.stones.length || (key(a) < key(b) ? -1 : 1));
  const taken = new Set<Heap<Kind>>();
  return order.flatMap((leader) => {
    if (taken.has(leader)) return [];
    const members: Heap<Kind>[] = [];
    for (let x = cellOf(leader.spot.x) - 1; x <= cellOf(leader.spot.x) + 1; x++) {
      for (let y = cellOf(leader.spot.y) - 1; y <= cellOf(leader.spot.y) + 1; y++) {
        for (const heap of grid.get(`${x} ${y}`) ?? []) {
          if (Math.hypot(heap.spot.x - leader.spot.x, heap.spot.y - leader.spot.y) >= radius) continue;
          members.push(heap);
          taken.add(heap);
          grid.get(`${x} ${y}`)?.delete(heap);
        }
      }
    }
    return [merged(members)];
  });
}

function merged<Kind extends Stone>(heaps: readonly Heap<Kind>[]): Heap<Kind> {
  const [only] = heaps;
  if (only && heaps.length === 1) return only;
  const stones = heaps.flatMap((heap) => heap.stones).sort((a, b) => (a.id < b.id ? -1 : 1));
  const mean = (of: 'x' | 'y') =>
    heaps.reduce((sum, heap) => sum + heap.spot[of] * heap.stones.length, 0) / stones.length;
  return { stones, spot: { x: Math.round(mean('x') * 10) / 10, y: Math.round(mean('y') * 10) / 10 } };
}

function opening(stones: readonly Stone[]): Bounds | null {
  const lats = stones.map((stone) => stone.point.lat);
  const lons = stones.map((stone) => stone.point.lon);
  const [south, north] = [Math.min(...lats), Math.max(...lats)];
  const [west, east] = [Math.min(...lons), Math.max(...lons)];
  if (south === north && west === east) return null;
  // Room around the outermost, and never less than a few streets.
  const lat = Math.max(0.01, (north - south) * 0.2);
  const lon = Math.max(0.016, (east - west) * 0.2);
  return { south: south - lat, west: west - lon, north: north + lat, east: east + lon };
}
