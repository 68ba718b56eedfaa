import type { Place, Point } from '#modules/places/model.ts';
import { bearersOf, townsIn, townsNearest } from '#modules/places/names/queries.server.ts';
import { placeNamed } from '#modules/places/queries.server.ts';
import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import { townOf, type PlaceColumns, type Placed, type ToldPlace } from './model.ts';

/**
 * Resolves a told place to the columns of vault.initiative_place, or refuses the word that names no place (or more than
 * one), with the places that may be meant, called as readers of `language` call them.
 */
export async function placeTold(tx: Tx, told: ToldPlace, language: Language = 'nl'): Promise<Placed> {
  const [placed] = await placesTold(tx, [told], language);
  return placed ?? { ok: true, columns: null };
}

/** The same for many at once, in their order: a handful of questions to the database, however many places. */
export async function placesTold(
  tx: Tx,
  told: readonly ToldPlace[],
  language: Language = 'nl',
): Promise<Placed[]> {
  const names = told.flatMap((each) => [each.municipality, each.town, each.province]);
  const bearers = await bearersOf(
    tx,
    names.filter((name) => name !== null),
  );
  const meant = told.map((each) => meantBy(each, (name) => bearers.get(name) ?? []));
  const towns = await townsIn(
    tx,
    meant.flatMap((each) => (each.kind === 'municipality' ? [each.place.id] : [])),
  );
  const alone = meant.flatMap((each) => (each.kind === 'point' ? [each.point] : []));
  const nearest = alone.length > 0 ? await townsNearest(tx, alone) : [];
  const suggested = new Map<string, readonly Place[]>();
  const placed: Placed[] = [];
  let at = 0;
  for (const [index, each] of meant.entries()) {
    const one = told[index] as ToldPlace;
    if (each.kind === 'unknown') placed.push(await refusalOf(tx, one, each, language, suggested));
    else if (each.kind === 'nothing') placed.push({ ok: true, columns: null });
    else if (each.kind === 'point')
      placed.push({ ok: true, columns: columnsAt(one, each.point, nearest[at++] ?? null) });
    else placed.push({ ok: true, columns: columnsOf(one, each.place, each.point, towns.get(each.place.id)) });
  }
  return placed;
}

type Unknown = Pick<Extract<Placed, { ok: false }>, 'field' | 'reason' | 'found'>;

type Meant =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'point'; readonly point: Point }
  | { readonly kind: Place['kind']; readonly place: Place; readonly point: Point }
  | ({ readonly kind: 'unknown' } & Unknown);

/** What a told place means: the smallest thing that was named, with the point that was told or its own. */
function meantBy(told: ToldPlace, bearersOfName: (name: string) => readonly Place[]): Meant {
  const point = told.lat !== null && told.lon !== null ? { lat: told.lat, lon: told.lon } : null;
  const of = (name: string, kind: Place['kind']) =>
    bearersOfName(name).filter((place) => place.kind === kind);
  const unknown = (field: Unknown['field'], reason: Unknown['reason'], found: string): Meant => ({
    kind: 'unknown',
    field,
    reason,
    found,
  });
  const [province] = told.province === null ? [] : of(told.province, 'province');
  // A province that is a slip is forgiven where a smaller place says it all.
  const within = (places: readonly Place[]) => {
    const there = places.filter((place) => place.province === province?.id);
    return there.length > 0 ? there : places;
  };
  let municipality: Place | undefined;
  if (told.municipality !== null) {
    const found = within(of(told.municipality, 'municipality'));
    municipality = only(found);
    if (!municipality)
      return unknown(
        'municipality',
        found.length > 0 ? 'which_place' : 'unknown_municipality',
        told.municipality,
      );
  }
  if (told.town !== null) {
    const all = of(told.town, 'town');
    const found = municipality ? all.filter((town) => town.municipality === municipality.id) : within(all);
    const town = found.length > 0 || municipality ? only(found) : only(within(of(told.town, 'municipality')));
    if (!town) return unknown('town', found.length > 0 ? 'which_place' : 'unknown_town', told.town);
    return { kind: town.kind, place: town, point: point ?? town.point };
  }
  if (municipality) return { kind: 'municipality', place: municipality, point: point ?? municipality.point };
  if (told.province !== null)
    return province
      ? { kind: 'province', place: province, point: point ?? province.point }
      : unknown('province', 'unknown_province', told.province);
  return point ? { kind: 'point', point } : { kind: 'nothing' };
}

/** The one that is meant: of several that bear one name, the one that is bigger than all others. */
function only([first, second]: readonly Place[]): Place | undefined {
  return second && second.size === first?.size ? undefined : first;
}

function columnsOf(told: ToldPlace, place: Place, at: Point, towns: readonly Place[] = []): PlaceColumns {
  if (place.kind === 'province') {
    const precision = told.precision === 'hidden' ? 'hidden' : 'region';
    return { ...at, precision, town: null, municipality: null, province: place.id };
  }
  const town = place.kind === 'town' ? place : townOf(at, place.name, towns);
  return {
    ...at,
    precision: told.precision,
    town: town?.id ?? null,
    municipality: place.municipality,
    province: place.province,
  };
}

function columnsAt(told: ToldPlace, at: Point, town: Place | null): PlaceColumns | null {
  return town && columnsOf(told, town, at);
}

// Whoever has more wrong names than this has another list of names, and no use for more guesses.
const mostGuesses = 200;

async function refusalOf(
  tx: Tx,
  told: ToldPlace,
  { field, reason, found }: Unknown,
  language: Language,
  suggested: Map<string, readonly Place[]>,
): Promise<Placed> {
  const places = async (words: string) => {
    const named = await placeNamed(tx, words, language);
    return named.place ? [named.place, ...named.others] : named.didYouMean;
  };
  const around = field === 'town' ? told.municipality : null;
  const key = `${found}\n${around}`;
  let didYouMean = suggested.get(key);
  if (!didYouMean && suggested.size < mostGuesses) {
    didYouMean = around === null ? [] : await places(`${found}, ${around}`);
    if (didYouMean.length === 0) didYouMean = await places(found);
    suggested.set(key, didYouMean);
  }
  return { ok: false, field, reason, found, didYouMean: didYouMean ?? [] };
}
