import { distanceKm, type Place, type Point, type Precision } from '#modules/places/model.ts';

/** Where someone says an initiative is, in their own words (or by code); what was not said is null. */
export interface ToldPlace {
  readonly municipality: string | null;
  /** A town, village or district; enough by itself where only one bears the name. */
  readonly town: string | null;
  readonly province: string | null;
  readonly lat: number | null;
  readonly lon: number | null;
  readonly precision: Precision;
}

/** The columns of vault.initiative_place: the codes of what was told, and the point that stands for it. */
export interface PlaceColumns {
  readonly lat: number;
  readonly lon: number;
  readonly precision: Precision;
  readonly town: string | null;
  readonly municipality: string | null;
  readonly province: string;
}

/** which_place: more than one bears the name, and nothing says which. */
export type PlaceProblem = 'unknown_municipality' | 'unknown_town' | 'unknown_province' | 'which_place';

/** A told place as columns (null when nothing was told), or which of its words names no place, with the places that may be meant. */
export type Placed =
  | { readonly ok: true; readonly columns: PlaceColumns | null }
  | {
      readonly ok: false;
      readonly field: 'municipality' | 'town' | 'province';
      readonly reason: PlaceProblem;
      readonly found: string;
      readonly didYouMean: readonly Place[];
    };

/**
 * The town a point may be shown as, among those of its municipality. Around the middle of a city that is the city itself
 * and never its district: a district of a few streets says too much about a place that was only given as a town.
 */
export function townOf(at: Point, municipality: string, places: readonly Place[]): Place | null {
  const city = places.find((place) => place.name === municipality && place.size >= 2);
  if (city && distanceKm(city.point, at) < 12) return city;
  let nearest: Place | null = null;
  let least = Infinity;
  for (const place of places) {
    const km = distanceKm(place.point, at);
    if (km >= least) continue;
    nearest = place;
    least = km;
  }
  return nearest;
}
