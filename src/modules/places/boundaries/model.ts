import type { MunicipalityCode } from '../model.ts';

export type Position = [lon: number, lat: number];
/** GeoJSON coordinates of a MultiPolygon, degrees (WGS 84), four decimals: about ten metres. */
export type Outline = Position[][][];

export interface Boundary {
  readonly code: MunicipalityCode;
  readonly outline: Outline;
}

export type BoundaryReason =
  | 'not_json'
  | 'not_geojson'
  | 'no_municipalities'
  | 'no_code'
  | 'unknown_municipality'
  | 'doubled'
  | 'no_area'
  | 'too_few_points'
  | 'not_closed'
  | 'too_many_points'
  | 'not_degrees'
  | 'outside';

export interface BoundaryProblem {
  /** Counted from one; 0 is the file itself. */
  readonly feature: number;
  readonly code: string;
  readonly reason: BoundaryReason;
  readonly found: string;
}

const fine = (degrees: number) => Math.round(degrees * 10_000) / 10_000;

/** A ring on the grid of ten metres, without points that this brings together or puts on one line. */
export function simplified(ring: readonly Position[]): Position[] {
  const snapped = ring
    .map(([lon, lat]): Position => [fine(lon), fine(lat)])
    .filter(([lon, lat], at, all) => at === 0 || all[at - 1]?.[0] !== lon || all[at - 1]?.[1] !== lat);
  return snapped.filter((here, at) => {
    const [before, after] = [snapped[at - 1], snapped[at + 1]];
    if (!before || !after) return true;
    const bend =
      (here[0] - before[0]) * (after[1] - before[1]) - (after[0] - before[0]) * (here[1] - before[1]);
    return Math.abs(bend) > 1e-9;
  });
}
