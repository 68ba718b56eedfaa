declare const provinceCode: unique symbol;
declare const municipalityCode: unique symbol;

/** Code of Statistics Netherlands, PV20 to PV31. */
export type ProvinceCode = string & { readonly [provinceCode]: true };
/** Code of Statistics Netherlands, GM and four digits. */
export type MunicipalityCode = string & { readonly [municipalityCode]: true };

/** Degrees, WGS 84. */
export interface Point {
  readonly lat: number;
  readonly lon: number;
}

export interface Province {
  readonly code: ProvinceCode;
  readonly name: string;
  /** What readers of the asked language call it; the official name where they have no other. */
  readonly called: string;
  readonly point: Point;
}

export interface Municipality {
  readonly code: MunicipalityCode;
  readonly name: string;
  readonly called: string;
  readonly province: ProvinceCode;
  readonly provinceCalled: string;
  /** Its main town. */
  readonly point: Point;
}

/** Anything that answers to a name on the map. */
export interface Place {
  readonly kind: 'town' | 'municipality' | 'province';
  /** GM0202-arnhem, GM0202 or PV25: lasting, and fit for an address. */
  readonly id: string;
  readonly name: string;
  readonly called: string;
  readonly point: Point;
  /** Null for a province. */
  readonly municipality: MunicipalityCode | null;
  readonly municipalityCalled: string | null;
  readonly province: ProvinceCode;
  readonly provinceCalled: string;
  /** 4 over 200,000 residents, 3 over 100,000, 2 over 40,000, 1 well known, 0 other. */
  readonly size: number;
}

const provinceCodes = ['20', '21', '22', '23', '24', '25', '26', '27', '28', '29', '30', '31'];

/** Whether a word has the shape of one of the twelve province codes. */
export function isProvinceCode(word: string): word is ProvinceCode {
  return word.startsWith('PV') && provinceCodes.includes(word.slice(2));
}

/** Whether a word has the shape of a municipality code; says nothing about whether it is still in use. */
export function isMunicipalityCode(word: string): word is MunicipalityCode {
  return /^GM\d{4}$/.test(word);
}

const radians = (degrees: number) => (degrees * Math.PI) / 180;
// Mean radius by the International Union of Geodesy and Geophysics, R1 of the ellipsoid GRS 80.
const earthRadiusKm = 6371.0088;

/** Great-circle distance in kilometres, haversine formula (Sinnott, Sky & Telescope 1984); within 0.6 % of the ellipsoid. */
export function distanceKm(a: Point, b: Point): number {
  const half = (from: number, to: number) => Math.sin(radians(to - from) / 2) ** 2;
  const chord = half(a.lat, b.lat) + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * half(a.lon, b.lon);
  return 2 * earthRadiusKm * Math.asin(Math.sqrt(Math.min(1, chord)));
}

/** How much of its place someone wants to be seen. */
export const precisions = ['exact', 'street', 'town', 'region', 'hidden'] as const;
export type Precision = (typeof precisions)[number];

/** The centres that stand in for a place that is not to be shown. */
export interface Surroundings {
  readonly town: Point;
  readonly province: Point;
}

// About 220 m north-south and 200 m east-west at 52 degrees: a few streets share one point.
const streetStep = { lat: 0.002, lon: 0.003 };

/**
 * The point that may be shown, or null where none may.
 * Always the same answer for the same place: noise that is drawn anew could be averaged away by asking often.
 */
export function coarsen(point: Point, precision: Precision, around: Surroundings): Point | null {
  switch (precision) {
    case 'exact':
      return point;
    case 'street':
      return { lat: snap(point.lat, streetStep.lat), lon: snap(point.lon, streetStep.lon) };
    case 'town':
      return around.town;
    case 'region':
      return around.province;
    case 'hidden':
      return null;
  }
}

const snap = (degrees: number, step: number) => Number((Math.round(degrees / step) * step).toFixed(4));
