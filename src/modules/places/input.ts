import * as v from 'valibot';
import { ok, refused, type Result } from '#platform/result.ts';
import type { Bounds } from './basemap/model.ts';
import type { Point } from './model.ts';

/** Words that may name a place: trimmed, in one Unicode form, without anything a reader cannot see. */
export type PlaceWords = string & { readonly [placeWords]: true };
declare const placeWords: unique symbol;

export type PlaceWordsProblem =
  'places.problem.words_missing' | 'places.problem.words_too_long' | 'places.problem.words_unreadable';
export type PointProblem =
  'places.problem.point_incomplete' | 'places.problem.point_not_a_number' | 'places.problem.point_outside';

// The longest place name in the data has 33 letters; someone may add a municipality and a province.
const longest = 100;
// Signs that turn the direction of text or end it can make a page say what nobody wrote.
const unseen = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;

/** Reads what someone typed as a place: one to a hundred signs, all of them visible. */
export function parsePlaceWords(words: unknown): Result<PlaceWords, PlaceWordsProblem> {
  if (typeof words !== 'string' || words.trim() === '') return refused('places.problem.words_missing');
  if (words.length > longest * 4) return refused('places.problem.words_too_long', { longest });
  const tidy = words.normalize('NFC').replace(/\s+/gu, ' ').trim();
  if ([...tidy].length > longest) return refused('places.problem.words_too_long', { longest });
  if (unseen.test(tidy)) return refused('places.problem.words_unreadable');
  return ok(tidy as PlaceWords);
}

const degrees = v.union([
  v.pipe(v.number(), v.finite()),
  v.pipe(
    v.string(),
    v.trim(),
    v.regex(/^-?\d{1,3}([.,]\d{1,15})?$/),
    v.transform((text) => Number(text.replace(',', '.'))),
  ),
]);
// The European part of the Netherlands with its sea.
const bounds = { south: 50.7, north: 53.8, west: 3.2, east: 7.3 };

/** Reads a point in degrees (WGS 84) within the Netherlands; a comma may stand for the decimal point. */
export function parsePoint(lat: unknown, lon: unknown): Result<Point, PointProblem> {
  const absent = (value: unknown) => value === null || value === undefined || value === '';
  if (absent(lat) || absent(lon)) return refused('places.problem.point_incomplete');
  const read = { lat: v.safeParse(degrees, lat), lon: v.safeParse(degrees, lon) };
  if (!read.lat.success || !read.lon.success) return refused('places.problem.point_not_a_number');
  const point = { lat: read.lat.output, lon: read.lon.output };
  const inside =
    point.lat >= bounds.south &&
    point.lat <= bounds.north &&
    point.lon >= bounds.west &&
    point.lon <= bounds.east;
  return inside ? ok(point) : refused('places.problem.point_outside');
}

/** Reads the window of a map from an address: 'south,west,north,east' in degrees; null where it is none, so that a map can still be shown. */
export function parseWindow(text: unknown): Bounds | null {
  if (typeof text !== 'string' || text.length > 100) return null;
  const parts = text.split(',');
  const [southWest, northEast] = [parsePoint(parts[0], parts[1]), parsePoint(parts[2], parts[3])];
  if (parts.length !== 4 || !southWest.ok || !northEast.ok) return null;
  const window = {
    south: southWest.value.lat,
    west: southWest.value.lon,
    north: northEast.value.lat,
    east: northEast.value.lon,
  };
  // Nobody needs to look closer than a street.
  return window.north - window.south >= 0.002 && window.east - window.west >= 0.002 ? window : null;
}

/** The window as an address carries it. */
export function windowText({ south, west, north, east }: Bounds): string {
  return [south, west, north, east].map((degrees) => Number(degrees.toFixed(3))).join(',');
}
