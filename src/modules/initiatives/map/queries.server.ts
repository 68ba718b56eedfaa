import { basemap } from '#modules/places/basemap/drawing.ts';
import { windowAround, type Frame } from '#modules/places/basemap/model.ts';
import { parseWindow } from '#modules/places/input.ts';
import { isMunicipalityCode, isProvinceCode, type Point } from '#modules/places/model.ts';
import { outlineOf } from '#modules/places/boundaries/queries.server.ts';
import { municipalities, municipality, placesIn, provinces } from '#modules/places/queries.server.ts';
import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import type { FieldWish, Found, WishProblem } from '../finding/model.ts';
import { readable } from '../input.ts';
import { findInitiatives } from '../queries.server.ts';
import { drawnStones, type FieldMap } from './model.ts';

const everything = 5000;
// On the narrowest phone this is 24 pixels: a finger hits one stone and no other.
const apart = 74;

/** The field on a map for a wish: the whole country, a province, a municipality, or a window someone opened. */
export async function fieldMap(
  tx: Tx,
  wish: FieldWish,
  query: URLSearchParams,
  language: Language,
): Promise<FieldMap> {
  const problems: WishProblem[] = [];
  const found = await findInitiatives(tx, { ...wish, page: 1 }, language, everything);
  const { frame, province, municipalityCode } = await frameOf(tx, query, found, wish, problems);
  const map = basemap(frame);
  const placed = found.stones.flatMap((stone) =>
    stone.lat !== null && stone.lon !== null ? [{ ...stone, point: { lat: stone.lat, lon: stone.lon } }] : [],
  );
  const inFrame = (stone: { point: Point }) => map.contains(map.project(stone.point));
  // Borders move and the drawn ones lag: who belongs to a province is listed, also where the drawing ends before it.
  const here = placed.filter((stone) =>
    municipalityCode
      ? stone.municipality === municipalityCode
      : province
        ? stone.province === province
        : inFrame(stone),
  );
  return {
    frame,
    stones: drawnStones(here.filter(inFrame), map, apart),
    listed: here,
    nowhere: found.stones.length - placed.length,
    provinces: await provinces(tx, language),
    municipalities: province
      ? await municipalities(tx, isProvinceCode(province) ? province : undefined, language)
      : [],
    province,
    municipality: municipalityCode,
    towns:
      municipalityCode && isMunicipalityCode(municipalityCode)
        ? await placesIn(tx, municipalityCode, language)
        : [],
    found,
    problems,
  };
}

async function frameOf(
  tx: Tx,
  query: URLSearchParams,
  found: Found,
  wish: FieldWish,
  problems: WishProblem[],
) {
  const frameless = { province: null, municipalityCode: null };
  const tell = (name: string, given: string, expected: string) =>
    problems.push({ name, reason: 'unknown_value', given: readable(given).slice(0, 80), expected });
  const asked = query.get('municipality')?.trim() ?? '';
  if (asked !== '') {
    const known = isMunicipalityCode(asked) ? await municipality(tx, asked) : null;
    if (known) {
      const towns = (await placesIn(tx, known.code)).map((place) => place.point);
      const frame: Frame = {
        kind: 'municipality',
        code: known.code,
        outline: await outlineOf(tx, known.code),
        towns: [known.point, ...towns],
      };
      return { frame, province: known.province as string, municipalityCode: known.code as string };
    }
    tell('municipality', asked, 'a code of a municipality, as GM0202');
  }
  const code = query.get('province')?.trim() ?? '';
  if (code !== '') {
    if (isProvinceCode(code))
      return {
        frame: { kind: 'province', code } satisfies Frame,
        province: code as string,
        municipalityCode: null,
      };
    tell('province', code, 'a code of a province, as PV25');
  }
  const opened = query.get('window');
  if (opened) {
    const bounds = parseWindow(opened);
    if (bounds) return { frame: { kind: 'window', bounds } satisfies Frame, ...frameless };
    tell('window', opened, 'south,west,north,east in degrees');
  }
  if (found.place?.kind === 'province')
    return {
      frame: { kind: 'province', code: found.place.province } satisfies Frame,
      province: found.place.province as string,
      municipalityCode: null,
    };
  if (found.place)
    return {
      frame: { kind: 'window', bounds: windowAround(found.place.point, wish.within) } satisfies Frame,
      ...frameless,
    };
  return { frame: { kind: 'country' } satisfies Frame, ...frameless };
}
