import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import type { MunicipalityCode, Place, Point, ProvinceCode } from '../model.ts';
import { askedNames } from './model.ts';

interface Row {
  readonly kind: Place['kind'];
  readonly id: string;
  readonly name: string;
  readonly lat: number;
  readonly lon: number;
  readonly size: number;
  readonly municipality: string | null;
  readonly municipality_name: string | null;
  readonly province: string;
  readonly province_name: string;
}

function placeFrom(row: Row): Place {
  return {
    kind: row.kind,
    id: row.id,
    name: row.name,
    called: row.name,
    point: { lat: row.lat, lon: row.lon },
    municipality: row.municipality as MunicipalityCode | null,
    municipalityCalled: row.municipality_name,
    province: row.province as ProvinceCode,
    provinceCalled: row.province_name,
    size: row.size,
  };
}

const town = sql`'town' as kind, p.id, p.name, p.lat, p.lon, p.size::int as size, m.code as municipality,
  m.name as municipality_name, v.code as province, v.name as province_name`;
const around = sql`join pub.municipality m on m.code = p.municipality_code join pub.province v on v.code = m.province_code`;

/**
 * Everything that bears one of these names (or codes), in any of our scripts and without a slip of a letter: by the words as they
 * were asked, biggest first. One question to the database, however many names.
 */
export async function bearersOf(tx: Tx, names: readonly string[]): Promise<Map<string, Place[]>> {
  const asked = new Map([...new Set(names)].map((name) => [name, askedNames(name)]));
  const wanted = [...new Set([...asked.values()].flat())];
  const { rows } = await sql<Row & { folded: string }>`
    with named as materialized (
      select distinct folded, place_id, municipality_code, province_code from pub.place_name where folded = any(${wanted}::text[])
    )
    select n.folded, ${town} from named n join pub.place p on p.id = n.place_id ${around}
    union all
    select n.folded, 'municipality', m.code, m.name, m.lat, m.lon, m.size, m.code, m.name, v.code, v.name
      from named n join pub.municipality m on m.code = n.municipality_code join pub.province v on v.code = m.province_code
    union all
    select n.folded, 'province', v.code, v.name, v.lat, v.lon, 3, null, null, v.code, v.name
      from named n join pub.province v on v.code = n.province_code
    union all
    select lower(m.code), 'municipality', m.code, m.name, m.lat, m.lon, m.size, m.code, m.name, v.code, v.name
      from pub.municipality m join pub.province v on v.code = m.province_code where lower(m.code) = any(${wanted}::text[])
    union all
    select lower(v.code), 'province', v.code, v.name, v.lat, v.lon, 3, null, null, v.code, v.name
      from pub.province v where lower(v.code) = any(${wanted}::text[])
    order by size desc, id`.execute(tx);
  const byFolded = Map.groupBy(rows, (row) => row.folded);
  return new Map(
    [...asked].map(([name, foldeds]) => {
      const bearers = foldeds.flatMap((folded) => byFolded.get(folded) ?? []).map(placeFrom);
      return [name, [...new Map(bearers.map((place) => [place.id, place])).values()]];
    }),
  );
}

/** The towns, villages and districts of these municipalities, biggest first, then by name. */
export async function townsIn(tx: Tx, municipalities: readonly string[]): Promise<Map<string, Place[]>> {
  const { rows } = await sql<Row>`select ${town} from pub.place p ${around}
    where p.municipality_code = any(${[...new Set(municipalities)]}::text[]) order by p.size desc, p.name`.execute(
    tx,
  );
  return Map.groupBy(rows.map(placeFrom), (place) => place.municipality ?? '');
}

/** For each point the town, village or district whose centre lies nearest, in the order of the points. */
export async function townsNearest(tx: Tx, points: readonly Point[]): Promise<(Place | null)[]> {
  const { rows } = await sql<Row & { at: number }>`
    select asked.at::int as at, ${town}
    from unnest(${points.map((point) => point.lat)}::float8[], ${points.map((point) => point.lon)}::float8[])
      with ordinality as asked(lat, lon, at)
    cross join lateral (select * from pub.place near
      order by pub.spot(near.lat, near.lon) <-> pub.spot(asked.lat, asked.lon), near.id limit 1) p
    ${around}`.execute(tx);
  const found = new Map(rows.map((row) => [row.at, placeFrom(row)]));
  return points.map((_, at) => found.get(at + 1) ?? null);
}
