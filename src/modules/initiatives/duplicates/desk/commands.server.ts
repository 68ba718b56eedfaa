import { sql } from 'kysely';
import { distanceKm } from '#modules/places/model.ts';
import { hasRight } from '#platform/access.server.ts';
import type { Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';

/**
 * The metres between two entries, from their exact places. That the verifier looked is written down for both, and whoever
 * keeps them can read it. Refuses who does not watch over both, and places that are only known by their town.
 */
export async function measureApart(
  tx: Tx,
  pair: { readonly one: string; readonly other: string },
): Promise<Result<{ metres: number }, 'duplicates.desk.refused.gone' | 'duplicates.desk.refused.not-exact'>> {
  const ids = [pair.one, pair.other];
  if (!(await hasRight(tx, 'watch', ids))) return refused('duplicates.desk.refused.gone');
  const { rows } = await sql<{ lat: number; lon: number }>`
    select v.lat, v.lon from unnest(${ids}::uuid[]) as i(id)
    join lateral (select * from vault.initiative_place v where v.initiative_id = i.id order by v.valid desc limit 1) v on v.lat is not null and v.lon is not null`.execute(
    tx,
  );
  const [one, other] = rows;
  if (!one || !other) return refused('duplicates.desk.refused.not-exact');
  await sql`insert into core.place_look (initiative_id, person_id, purpose)
    select i.id, core.viewer_person(), 'duplicates' from unnest(${ids}::uuid[]) as i(id) where core.viewer_person() is not null`.execute(
    tx,
  );
  return ok({ metres: Math.round(distanceKm(one, other) * 1000) });
}
