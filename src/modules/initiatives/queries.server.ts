import { sql } from 'kysely';
import type { SearchText } from '#modules/languages/search/model.ts';
import type { Tx } from '#platform/db.server.ts';

/**
 * What the search may know of these initiatives: each open text with the names, and what it can be narrowed by now.
 * Nothing comes back for those that are not open.
 */
export async function searchTexts(tx: Tx, ids: readonly string[]): Promise<SearchText[]> {
  const { rows } = await sql<{
    id: string;
    name: string;
    names: string[];
    language: string;
    text: string;
    facets: string[];
    lat: number | null;
    lon: number | null;
    start: string | null;
  }>`
    select i.id, i.name, i.names || array(select distinct e.name from pub.initiative_period e where e.initiative_id = i.id and e.name <> i.name) as names,
      t.language, t.text, p.lat, p.lon, b.start,
      array['kind:' || p.kind, 'ledBy:' || p.led_by] || array(select 'phase:' || x from unnest(p.phases) x)
        || array(select 'theme:' || x from unnest(p.themes) x) || array(select 'language:' || x from unnest(p.languages) x)
        || case when p.province is null then '{}' else array['province:' || p.province] end
        || case when p.municipality is null then '{}' else array['municipality:' || p.municipality] end as facets
    from pub.initiative i
    join pub.initiative_text t on t.initiative_id = i.id
    join lateral (select * from pub.initiative_period p where p.initiative_id = i.id order by p.valid desc limit 1) p on true
    join lateral (select min(lower(b.valid)) filter (where b.start_known) as start from pub.initiative_period b where b.initiative_id = i.id) b on true
    where i.id = any(${[...ids]}::uuid[])`.execute(tx);
  return rows.map((row) => ({
    subjectKind: 'initiative',
    subjectId: row.id,
    language: row.language,
    title: row.name,
    names: row.names,
    text: row.text,
    facets: row.facets,
    point: row.lat !== null && row.lon !== null ? { lat: row.lat, lon: row.lon } : null,
    // What has ended can still be found; what had not begun cannot.
    days: { from: row.start, until: null },
  }));
}
