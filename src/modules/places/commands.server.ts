import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { insistOnOperator } from '#platform/access.server.ts';
import type { Tx } from '#platform/db.server.ts';
import { projectFolder } from '#platform/project.server.ts';
import './tables.ts';
import { folded } from './names/model.ts';

type Names = Readonly<Record<string, readonly string[]>>;

interface ProvinceFile {
  readonly provinces: readonly { code: string; name: string; lat: number; lon: number; names: Names }[];
}
interface MunicipalityFile {
  readonly municipalities: readonly {
    code: string;
    name: string;
    province: string;
    lat: number;
    lon: number;
  }[];
}
interface PlaceFile {
  readonly places: readonly { name: string; lat: number; lon: number; municipality: string }[];
}
interface OtherNamesFile {
  readonly places: readonly { place: string; municipality: string; size: number; names: Names }[];
  readonly municipalities: readonly { municipality: string; size: number; names: Names }[];
}

/** What a load left in the database, in numbers of rows. */
export interface PlacesLoaded {
  readonly provinces: number;
  readonly municipalities: number;
  readonly places: number;
  readonly names: number;
}

interface NameRow {
  folded: string;
  name: string;
  language: string;
  usual: boolean;
  place_id: string | null;
  municipality_code: string | null;
  province_code: string | null;
}

/** GM0202-arnhem: the code of the municipality and the name in plain letters. */
function placeId(municipality: string, name: string): string {
  const plain = name.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '');
  return `${municipality}-${plain.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '')}`;
}

/** Fills provinces, municipalities, places and their names from db/places; a second time changes nothing. Operator only. */
export async function loadPlaces(
  tx: Tx,
  folder = join(projectFolder, 'db', 'places'),
): Promise<PlacesLoaded> {
  await insistOnOperator(tx);
  const read = async <Shape>(file: string) => JSON.parse(await readFile(join(folder, file), 'utf8')) as Shape;
  const { provinces } = await read<ProvinceFile>('provinces.json');
  const { municipalities } = await read<MunicipalityFile>('municipalities.json');
  const { places } = await read<PlaceFile>('places.json');
  const others = await read<OtherNamesFile>('other-names.json');

  const known = new Map(others.places.map((other) => [placeId(other.municipality, other.place), other]));
  const knownMunicipality = new Map(others.municipalities.map((other) => [other.municipality, other]));
  const names: NameRow[] = [];
  const nobody = { place_id: null, municipality_code: null, province_code: null };
  const addNames = (of: Partial<NameRow>, own: string, more: Names = {}) => {
    const inDutch = [own, ...(more.nl ?? [])];
    for (const [language, list] of Object.entries({ ...more, nl: inDutch })) {
      [...new Set(list)].forEach((name, at) =>
        names.push({ ...nobody, folded: folded(name), name, language, usual: at === 0, ...of }),
      );
    }
  };

  const municipalityRows = municipalities.map(({ province, ...rest }) => {
    const namesake = known.get(placeId(rest.code, rest.name));
    const own = knownMunicipality.get(rest.code);
    addNames({ municipality_code: rest.code }, rest.name, { ...namesake?.names, ...own?.names });
    return {
      code: rest.code,
      name: rest.name,
      province_code: province,
      lat: rest.lat,
      lon: rest.lon,
      size: own?.size ?? namesake?.size ?? 0,
    };
  });
  const placeRows = places.map(({ name, lat, lon, municipality }) => {
    const id = placeId(municipality, name);
    const other = known.get(id);
    known.delete(id);
    addNames({ place_id: id }, name, other?.names);
    return { id, name, municipality_code: municipality, lat, lon, size: other?.size ?? 0 };
  });
  for (const { code, name, names: more } of provinces) {
    const inDutch = (more.nl ?? []).filter((each) => each !== name);
    addNames({ province_code: code }, name, { ...more, nl: inDutch });
  }
  if (known.size > 0)
    throw new Error(`other-names.json names places that do not exist: ${[...known.keys()].join(', ')}`);

  await fill(
    tx,
    'province',
    ['code'],
    provinces.map(({ code, name, lat, lon }) => ({ code, name, lat, lon })),
  );
  await fill(tx, 'municipality', ['code'], municipalityRows);
  await fill(tx, 'place', ['id'], placeRows);
  await fill(
    tx,
    'place_name',
    ['folded', 'name', 'language', 'place_id', 'municipality_code', 'province_code'],
    names,
  );
  await sql`delete from pub.place_name as old where not exists (
    select from jsonb_to_recordset(${JSON.stringify(names)}::jsonb)
      as new(name text, language text, place_id text, municipality_code text, province_code text)
    where new.name = old.name and new.language = old.language and new.place_id is not distinct from old.place_id
      and new.municipality_code is not distinct from old.municipality_code
      and new.province_code is not distinct from old.province_code)`.execute(tx);
  return {
    provinces: provinces.length,
    municipalities: municipalityRows.length,
    places: placeRows.length,
    names: names.length,
  };
}

/** Writes only what is new or differs, so that a load that changes nothing tells nobody that something changed. */
async function fill(tx: Tx, table: string, key: readonly string[], rows: readonly object[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  const list = (each: (column: string) => ReturnType<typeof sql>) => sql.join(columns.map(each));
  const name = sql.table(`pub.${table}`);
  const rest = columns.filter((column) => !key.includes(column));
  await sql`insert into ${name} as old (${list(sql.ref)})
    select ${list(sql.ref)} from jsonb_populate_recordset(null::${name}, ${JSON.stringify(rows)}::jsonb)
    on conflict (${sql.join(key.map((column) => sql.ref(column)))}) do update
      set ${sql.join(rest.map((column) => sql`${sql.ref(column)} = excluded.${sql.ref(column)}`))}
      where (${sql.join(rest.map((column) => sql`old.${sql.ref(column)}`))})
        is distinct from (${sql.join(rest.map((column) => sql`excluded.${sql.ref(column)}`))})`.execute(tx);
}
