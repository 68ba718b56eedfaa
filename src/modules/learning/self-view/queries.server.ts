import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import type { Need, Other, SelfViewVersion } from './model.ts';
import './tables.ts';

/** How an initiative saw itself, newest first, as far as who is asking keeps it. */
export async function selfViewsOf(tx: Tx, initiative: string): Promise<SelfViewVersion[]> {
  const { rows } = await sql<SelfViewVersion & { needs: Need[] }>`
    select v.id, v.language, v.brings, v.loses, v.written_on as on,
      coalesce((select json_agg(json_build_object('slug', i.slug, 'whom', n.of_whom, 'what', n.what) order by n.position)
        from core.self_view_need n left join core.initiative i on i.id = n.of_initiative where n.self_view = v.id), '[]') as needs
    from core.self_view v where v.initiative_id = ${initiative} order by v.written_on desc`.execute(tx);
  return rows;
}

/** Who of the open field an initiative has a relation with, by name; only these can be picked as someone something is needed of. */
export async function othersOf(tx: Tx, initiative: string): Promise<Other[]> {
  const { rows } = await sql<Other>`
    select distinct o.id, o.slug, o.name from pub.relation r
    join pub.initiative o on o.id = case when r.from_id = ${initiative} then r.to_id else r.from_id end
    where ${initiative} in (r.from_id, r.to_id) order by o.name`.execute(tx);
  return rows;
}
