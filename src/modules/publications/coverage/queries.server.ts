import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import '../tables.ts';
import { coverageOf, type Covered, type VoiceFacts } from './model.ts';

/** Which voices a publication carries and which not yet, for who works on it. Provinces come as their names. */
export async function coverageIn(tx: Tx, publication: string): Promise<Covered[]> {
  const voices = await sql<VoiceFacts>`
    select v.language, v.role_then as "roleThen", r.name as province,
      coalesce((select array_agg(distinct f) from pub.initiative_period i cross join unnest(i.phases) f where i.initiative_id = any(v.initiatives)), '{}') as phases,
      coalesce((select array_agg(distinct i.led_by) from pub.initiative_period i where i.initiative_id = any(v.initiatives)), '{}') as "ledBy",
      exists (select from core.draw d join core.paragraph b on b.id = d.paragraph and b.gone_at is null where d.piece = v.piece) as used
    from core.voices_laid(${publication}) v left join pub.province r on r.code = v.province`.execute(tx);
  const provinces = await sql<{ name: string }>`select name from pub.province order by name`.execute(tx);
  return coverageOf(
    voices.rows,
    provinces.rows.map(({ name }) => name),
  );
}
