import { sql } from 'kysely';
import { inLatin } from '#modules/languages/latin/model.ts';
import type { Tx } from '#platform/db.server.ts';
import { comparedOf, type Compared, type Told } from '../model.ts';
import type { PlaceWords } from '../names/model.ts';

/** The names of places as they stand inside names of initiatives, in every script we know them in. */
export async function placeWords(tx: Tx): Promise<PlaceWords> {
  const { rows } = await sql<{ name: string; of: string }>`
    select n.name, coalesce(p.name, m.name, v.name) as "of" from pub.place_name n
      left join pub.place p on p.id = n.place_id left join pub.municipality m on m.code = n.municipality_code
      left join pub.province v on v.code = n.province_code
    union select name, name from pub.place union select name, name from pub.municipality union select name, name from pub.province`.execute(
    tx,
  );
  return new Map(
    rows.map(({ name, of }) => [(inLatin(name).match(/[\p{L}\p{N}]+/gu) ?? []).join(' '), of] as const),
  );
}

type Row = Omit<Told, 'point'> & {
  readonly id: string;
  readonly lat: number | null;
  readonly lon: number | null;
};

const compared = (rows: readonly Row[], places: PlaceWords): Map<string, Compared> =>
  new Map(
    rows.map(({ id, lat, lon, ...told }) => [
      id,
      comparedOf({ ...told, point: lat !== null && lon !== null ? { lat, lon } : null }, places),
    ]),
  );

/**
 * All that we hold of these entries, open or not, in the form it is compared in; as far as the viewer may know it. Where an
 * entry is stands as a point only when it was told more exactly than by its town. Entries that left or were merged are not among them.
 */
export async function closedFacts(
  tx: Tx,
  ids: readonly string[],
  places: PlaceWords,
): Promise<Map<string, Compared>> {
  const { rows } = await sql<Row>`
    select i.id, i.website, i.mail, i.phone, v.municipality,
      case when not exists (select from (values (t.lat, t.lon), (m.lat, m.lon), (r.lat, r.lon)) c(lat, lon) where c.lat = v.lat and c.lon = v.lon)
        then v.lat end as lat, v.lon,
      array(select distinct on (n.name) n.name from (
        select p.name from core.initiative_period p where p.initiative_id = i.id
        union all select n.name from core.initiative_name n where n.initiative_id = i.id) n) as names
    from core.initiative i
    left join lateral (select * from vault.initiative_place v where v.initiative_id = i.id order by v.valid desc limit 1) v on true
    left join pub.place t on t.id = v.town
    left join pub.municipality m on m.code = v.municipality
    left join pub.province r on r.code = v.province
    where i.id = any(${[...ids]}::uuid[]) and i.standing in ('laid', 'proposed')`.execute(tx);
  return compared(rows, places);
}

/** What anyone may know of these entries, in the form it is compared in; entries that are not open are not among them. */
export async function openFacts(
  tx: Tx,
  ids: readonly string[],
  places: PlaceWords,
): Promise<Map<string, Compared>> {
  const { rows } = await sql<Row>`
    select i.id, i.website, i.mail, i.phone, p.municipality,
      case when p.place_precision in ('exact', 'street') then p.lat end as lat, p.lon,
      i.names || array(select distinct e.name from pub.initiative_period e where e.initiative_id = i.id) as names
    from pub.initiative i
    join lateral (select * from pub.initiative_period p where p.initiative_id = i.id order by p.valid desc limit 1) p on true
    where i.id = any(${[...ids]}::uuid[])`.execute(tx);
  return compared(rows, places);
}
