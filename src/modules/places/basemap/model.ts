import type { MunicipalityCode, Point, ProvinceCode } from '../model.ts';

export type Position = [lon: number, lat: number];
/** GeoJSON coordinates of a MultiPolygon. */
export type Polygons = Position[][][];

/** Degrees, WGS 84. */
export interface Bounds {
  readonly south: number;
  readonly west: number;
  readonly north: number;
  readonly east: number;
}

/** What a map shows. */
export type Frame =
  | { readonly kind: 'country' }
  | { readonly kind: 'province'; readonly code: ProvinceCode }
  | { readonly kind: 'window'; readonly bounds: Bounds }
  | {
      readonly kind: 'municipality';
      readonly code: MunicipalityCode;
      /** The official outline where the operator imported it. */
      readonly outline: Polygons | null;
      /** Its main town first. */
      readonly towns: readonly Point[];
    };

/** A spot on the drawing, in units of its viewBox. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

export interface Shape {
  /** SVG path data, whole units, relative commands. */
  readonly d: string;
}

export interface NamedShape<Name extends string> extends Shape {
  readonly name: Name;
  /** Where its name may stand; null where that is outside the frame. */
  readonly label: Spot | null;
}

export type Lake = 'ijsselmeer' | 'markermeer' | 'ketelmeer';
export type Sea = 'noordzee' | 'waddenzee';

export interface Basemap {
  readonly width: number;
  readonly height: number;
  readonly kmPerUnit: number;
  readonly land: readonly NamedShape<ProvinceCode>[];
  readonly lakes: readonly NamedShape<Lake>[];
  readonly seas: readonly { readonly name: Sea; readonly label: Spot }[];
  /** Narrow waters and rivers, to be drawn as lines; '' where the frame has none. */
  readonly channels: Shape;
  readonly rivers: Shape;
  /** The land of the neighbours, which lies under ours. */
  readonly beyond: Shape;
  /** The municipality that the frame is about, where its outline is known. */
  readonly outline: Shape | null;
  /** The province that the frame is about. */
  readonly about: ProvinceCode | null;
  /** Whether a spot lies on the land of a province. */
  isOn(spot: Spot, province: ProvinceCode): boolean;
  project(point: Point): Spot;
  contains(spot: Spot): boolean;
}

/** What the map is drawn from, in degrees (WGS 84). */
export interface Outlines {
  readonly source: string;
  readonly provinces: readonly { code: string; label: Position; polygons: Polygons }[];
  readonly lakes: readonly { name: Lake; label: Position | null; polygons: Polygons }[];
  readonly seas: readonly { name: Sea; label: Position }[];
  readonly channels: Position[][];
  readonly rivers: Position[][];
  readonly beyond: Position[];
}

const kmPerDegree = 111.2;

/** The window of a given radius around a point. */
export function windowAround(point: Point, km: number): Bounds {
  const lat = km / kmPerDegree;
  const lon = lat / Math.cos((point.lat * Math.PI) / 180);
  return { south: point.lat - lat, west: point.lon - lon, north: point.lat + lat, east: point.lon + lon };
}
