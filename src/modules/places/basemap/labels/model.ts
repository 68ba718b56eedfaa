import type { Place, Province } from '../../model.ts';
import type { Basemap, Spot } from '../model.ts';

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const touch = (a: Box, b: Box) =>
  a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;
const around = ({ x, y }: Spot, half: number, above: number, below: number): Box => ({
  left: x - half,
  right: x + half,
  top: y - above,
  bottom: y + below,
});
const inside = (map: Pick<Basemap, 'contains'>, box: Box) =>
  map.contains({ x: box.left, y: box.top }) && map.contains({ x: box.right, y: box.bottom });
/** Letters are about half as wide as they are high. */
const halfWidth = (text: string, size: number) => ([...text].length * size * 0.54) / 2;

export interface ProvinceLabel {
  readonly province: Province;
  readonly spot: Spot;
  /** A double name stands on two lines. */
  readonly lines: readonly string[];
}

const steps = [0, -30, 30, -60, 60, -90, 90, -120, 120];

/** Where the names of the provinces stand: near their middles, beside what is to be kept free where there is room. */
export function provinceLabels(
  map: Pick<Basemap, 'land' | 'contains' | 'isOn'>,
  provinces: readonly Province[],
  keepFree: readonly Spot[],
  size: number,
): ProvinceLabel[] {
  const taken = keepFree.map((spot) => around(spot, 17, 17, 17));
  return map.land.flatMap(({ name, label }) => {
    const province = provinces.find((each) => each.code === name);
    if (!province || !label) return [];
    const parts = province.called.split(/(?<=-)|\s/u);
    const lines = parts.length === 2 ? parts : [province.called];
    const half = Math.max(...lines.map((line) => halfWidth(line, size)));
    const boxAt = (spot: Spot) =>
      around(spot, half, size * (0.3 + lines.length / 2), size * (lines.length / 2));
    const tries = steps
      .flatMap((x) => steps.map((y) => ({ x, y })))
      .sort((a, b) => Math.hypot(a.x, a.y) - Math.hypot(b.x, b.y) || a.x - b.x || a.y - b.y)
      .map(({ x, y }) => ({ x: label.x + x, y: label.y + y }));
    const fits = (each: Spot) => inside(map, boxAt(each)) && !taken.some((box) => touch(box, boxAt(each)));
    const spot = tries.find((each) => fits(each) && map.isOn(each, province.code)) ?? label;
    taken.push(boxAt(spot));
    return [{ province, spot, lines }];
  });
}

export interface Label {
  readonly place: Place;
  readonly spot: Spot;
}

/** The towns whose names fit on the map without touching each other, biggest first; letters are `size` units high. */
export function townLabels(
  map: Pick<Basemap, 'project' | 'contains'>,
  towns: readonly Place[],
  size: number,
): Label[] {
  const labels: Label[] = [];
  const taken: Box[] = [];
  for (const place of [...towns].sort((a, b) => b.size - a.size || (a.id < b.id ? -1 : 1))) {
    const spot = map.project(place.point);
    // The name stands under its dot.
    const box = around(spot, halfWidth(place.called, size) + size / 3, size * 0.5, size * 1.7);
    if (!inside(map, box) || taken.some((other) => touch(box, other))) continue;
    taken.push(box);
    labels.push({ place, spot });
  }
  return labels;
}
