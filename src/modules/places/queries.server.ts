import { sql, type RawBuilder } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import './tables.ts';
import { askedNames, folded, lettersApart } from './names/model.ts';
import type { Municipality, MunicipalityCode, Place, Point, Province, ProvinceCode } from './model.ts';

/** Either the place that was meant, with others that bear the same name, or the places that may have been meant. */
export type Named =
  | { readonly place: Place; readonly others: readonly Place[] }
  | { readonly place: null; readonly didYouMean: readonly Place[] };

interface PlaceRow {
  kind: Place['kind'];
  id: string;
  name: string;
  called: string | null;
  lat: number;
  lon: number;
  size: number;
  municipality_code: string | null;
  municipality_called: string | null;
  province_code: string;
  province_called: string;
}

const calledIn = (language: Language, column: string, value: string) =>
  sql`(select n.name from pub.place_name n where n.${sql.ref(column)} = ${sql.ref(value)} and n.language = ${language} and n.usual)`;

// Whatever `named` holds the codes of, as one list; a province counts as a city of over 100,000.
const placesOf = (named: RawBuilder<unknown>, language: Language, more = sql``) => sql`
  select case when p.id is not null then 'town' when named.municipality_code is not null then 'municipality' else 'province' end as kind,
    coalesce(p.id, named.municipality_code, v.code) as id,
    coalesce(p.name, m.name, v.name) as name,
    coalesce(${calledIn(language, 'place_id', 'p.id')}, ${calledIn(language, 'municipality_code', 'named.municipality_code')},
      ${calledIn(language, 'province_code', 'named.province_code')}) as called,
    coalesce(p.lat, m.lat, v.lat) as lat, coalesce(p.lon, m.lon, v.lon) as lon, coalesce(p.size, m.size, 3) as size,
    m.code as municipality_code, coalesce(${calledIn(language, 'municipality_code', 'm.code')}, m.name) as municipality_called,
    v.code as province_code, coalesce(${calledIn(language, 'province_code', 'v.code')}, v.name) as province_called${more}
  from (${named}) named
  left join pub.place p on p.id = named.place_id
  left join pub.municipality m on m.code = coalesce(named.municipality_code, p.municipality_code)
  join pub.province v on v.code = coalesce(named.province_code, m.province_code)`;

function placeFrom(row: PlaceRow): Place {
  return {
    kind: row.kind,
    id: row.id,
    name: row.name,
    called: row.called ?? row.name,
    point: { lat: row.lat, lon: row.lon },
    municipality: row.municipality_code as MunicipalityCode | null,
    municipalityCalled: row.municipality_called,
    province: row.province_code as ProvinceCode,
    provinceCalled: row.province_called,
    size: row.size,
  };
}

const kinds: readonly Place['kind'][] = ['town', 'municipality', 'province'];
const biggestFirst = (a: Place, b: Place) =>
  b.size - a.size || kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || a.id.localeCompare(b.id);

/**
 * The place, municipality or province that these words name, in any of our scripts, forgiving a slip of a letter.
 * 'Nes, Ameland' asks for the Nes in Ameland. An exact name beats a bigger place, and a bigger place a likely one.
 */
export async function placeNamed(tx: Tx, words: string, language: Language = 'nl'): Promise<Named> {
  const [name = '', ...around] = words.slice(0, 200).split(/[,،、(]/);
  const asked = askedNames(name);
  if (asked.length === 0) return { place: null, didYouMean: [] };
  const within = (await Promise.all(around.map((part) => exactly(tx, askedNames(part), language)))).flat();
  const near = <Kind extends Place>(places: readonly Kind[]) =>
    places.filter((place) => within.length === 0 || within.some((whole) => liesIn(place, whole)));

  const exact = near(await exactly(tx, asked, language));
  const [first, ...others] = withoutNamesakes([...exact].sort(biggestFirst));
  if (first) {
    const rival = others.find((other) => other.size === first.size && other.kind === first.kind);
    return rival ? { place: null, didYouMean: [first, ...others] } : { place: first, others };
  }
  return likely(near(await somewhatLike(tx, asked, language)), asked);
}

const liesIn = (place: Place, whole: Place) =>
  place.municipality !== null && place.municipality === whole.municipality
    ? true
    : whole.kind === 'province' && place.province === whole.province;

/** A town and the municipality around it that bears its name are one answer to one question. */
function withoutNamesakes(places: readonly Place[]): Place[] {
  return places.filter(
    (place, at) =>
      !places
        .slice(0, at)
        .some(
          (earlier) =>
            earlier.municipality !== null &&
            earlier.municipality === place.municipality &&
            earlier.name === place.name,
        ),
  );
}

async function exactly(tx: Tx, asked: readonly string[], language: Language): Promise<Place[]> {
  if (asked.length === 0) return [];
  const named = sql`select distinct place_id, municipality_code, province_code from pub.place_name where folded = any(${asked})`;
  const { rows } = await sql<PlaceRow>`${placesOf(named, language)}`.execute(tx);
  return rows.map(placeFrom);
}

interface LikelyPlace extends Place {
  readonly sounds: readonly string[];
}

async function somewhatLike(tx: Tx, asked: readonly string[], language: Language): Promise<LikelyPlace[]> {
  const named = sql`select n.place_id, n.municipality_code, n.province_code, array_agg(n.folded) as sounds
    from pub.place_name n, unnest(${asked}::text[]) as asked(name)
    where (abs(length(n.folded) - length(asked.name)) <= 2 and levenshtein_less_equal(n.folded, asked.name, 2) <= 2)
      or n.folded % asked.name
      or (length(asked.name) >= 3 and n.folded like asked.name || '%')
    group by 1, 2, 3`;
  const { rows } = await sql<
    PlaceRow & { sounds: string[] }
  >`${placesOf(named, language, sql`, named.sounds`)}`.execute(tx);
  return rows.map((row) => ({ ...placeFrom(row), sounds: row.sounds }));
}

const enough = 6;

function likely(places: readonly LikelyPlace[], asked: readonly string[]): Named {
  const slip = (place: LikelyPlace) =>
    Math.min(...place.sounds.flatMap((sound) => asked.map((name) => lettersApart(sound, name))));
  const begins = (place: LikelyPlace) =>
    place.sounds.some((sound) => asked.some((name) => sound.startsWith(name)));
  const longest = Math.max(...asked.map((name) => name.length));
  // In a short word one other letter is soon another word: 'Ede' and 'Epe' are two towns.
  const forgiven = longest < 4 ? 1 : longest < 8 ? 2 : 3;
  const scored = places
    .map((place) => ({ place, slip: slip(place), begins: begins(place) }))
    .filter((each) => each.begins || each.slip <= forgiven)
    .sort(
      (a, b) =>
        Number(a.slip > 1) - Number(b.slip > 1) ||
        Number(b.begins) - Number(a.begins) ||
        a.slip - b.slip ||
        biggestFirst(a.place, b.place),
    );
  const found = withoutNamesakes(scored.map((each) => each.place));
  const oneSlip = withoutNamesakes(scored.filter((each) => each.slip === 1).map((each) => each.place));
  const [only] = oneSlip;
  const clear = only && longest >= 5 && oneSlip.every((other) => other === only || other.size < only.size);
  if (clear)
    return {
      place: bare(only),
      others: found
        .filter((other) => other !== only)
        .slice(0, enough)
        .map(bare),
    };
  return { place: null, didYouMean: found.slice(0, enough).map(bare) };
}

function bare(place: Place): Place {
  const { sounds: _, ...rest } = place as LikelyPlace;
  return rest;
}

/** The twelve provinces, in the order of their official names. */
export async function provinces(tx: Tx, language: Language = 'nl'): Promise<Province[]> {
  const { rows } = await sql<{ code: string; name: string; called: string; lat: number; lon: number }>`
    select v.code, v.name, coalesce(${calledIn(language, 'province_code', 'v.code')}, v.name) as called, v.lat, v.lon
    from pub.province v order by v.name`.execute(tx);
  return rows.map(({ code, name, called, lat, lon }) => ({
    code: code as ProvinceCode,
    name,
    called,
    point: { lat, lon },
  }));
}

/** The municipalities, of one province where it is given, in the order of their names. */
export async function municipalities(
  tx: Tx,
  province?: ProvinceCode,
  language: Language = 'nl',
): Promise<Municipality[]> {
  return municipalitiesWhere(tx, province ? sql`m.province_code = ${province}` : sql`true`, language);
}

interface MunicipalityRow {
  code: string;
  name: string;
  called: string;
  province_code: string;
  province_called: string;
  lat: number;
  lon: number;
}

async function municipalitiesWhere(
  tx: Tx,
  condition: RawBuilder<unknown>,
  language: Language,
): Promise<Municipality[]> {
  const { rows } = await sql<MunicipalityRow>`
    select m.code, m.name, coalesce(${calledIn(language, 'municipality_code', 'm.code')}, m.name) as called, m.province_code,
      coalesce(${calledIn(language, 'province_code', 'm.province_code')}, v.name) as province_called, m.lat, m.lon
    from pub.municipality m join pub.province v on v.code = m.province_code
    where ${condition} order by m.name, m.code`.execute(tx);
  return rows.map((row) => ({
    code: row.code as MunicipalityCode,
    name: row.name,
    called: row.called,
    province: row.province_code as ProvinceCode,
    provinceCalled: row.province_called,
    point: { lat: row.lat, lon: row.lon },
  }));
}

/** One municipality, or null where the code is no longer in use. */
export async function municipality(
  tx: Tx,
  code: MunicipalityCode,
  language: Language = 'nl',
): Promise<Municipality | null> {
  const [only] = await municipalitiesWhere(tx, sql`m.code = ${code}`, language);
  return only ?? null;
}

/** The towns, villages and districts of a municipality, biggest first, then by name. */
export async function placesIn(tx: Tx, code: MunicipalityCode, language: Language = 'nl'): Promise<Place[]> {
  const named = sql`select id as place_id, null as municipality_code, null as province_code from pub.place where municipality_code = ${code}`;
  const { rows } = await sql<PlaceRow>`${placesOf(named, language)} order by size desc, name`.execute(tx);
  return rows.map(placeFrom);
}

/** The town, village or district whose centre lies nearest to a point, with its distance in kilometres. */
export async function townNearest(
  tx: Tx,
  point: Point,
  language: Language = 'nl',
): Promise<{ town: Place; km: number } | null> {
  const named = sql`select id as place_id, null as municipality_code, null as province_code,
    pub.km_between(lat, lon, ${point.lat}, ${point.lon}) as km from pub.place
    order by pub.spot(lat, lon) <-> pub.spot(${point.lat}, ${point.lon}), id limit 1`;
  const { rows } = await sql<
    PlaceRow & { km: number }
  >`${placesOf(named, language, sql`, named.km`)}`.execute(tx);
  const [row] = rows;
  return row ? { town: placeFrom(row), km: row.km } : null;
}

/** Whether a text names a municipality as an entry of the field does, by name or official name; null where it does not. */
export async function municipalityNamed(
  tx: Tx,
  name: string,
  province?: string | null,
): Promise<Municipality | null> {
  const found = (await exactly(tx, askedNames(name), 'nl')).filter((place) => place.kind === 'municipality');
  const inProvince = province ? found.filter((place) => sameName(place.provinceCalled, province)) : found;
  const [one] = (inProvince.length > 0 ? inProvince : found).sort(biggestFirst);
  return one?.municipality ? municipality(tx, one.municipality) : null;
}

const sameName = (a: string, b: string) => folded(a) === folded(b);
