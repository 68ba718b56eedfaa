import { sql, type RawBuilder } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { isKey } from '#platform/ids.ts';
import type { Glass } from './model.ts';

async function glassWhere(tx: Tx, which: RawBuilder<unknown>): Promise<Glass[]> {
  const { rows } = await sql<Glass>`
    select g.id, case when i.id is not null then json_build_object('slug', i.slug, 'name',
        coalesce((select p.name from core.initiative_period p where p.initiative_id = i.id order by p.valid desc limit 1), i.slug)) end as entry,
      json_build_object('id', g.asked_by, 'called', asker.called) as "askedBy", g.reason, g.asked_at as "askedAt", g.hours,
      case when g.agreed_by is not null then json_build_object('id', g.agreed_by, 'called', second.called) end as "agreedBy",
      g.open_until as "openUntil", g.told_at as "toldAt"
    from core.glass g left join core.initiative i on i.id = g.initiative_id
      left join core.person asker on asker.id = g.asked_by left join core.person second on second.id = g.agreed_by
    where ${which} order by g.asked_at desc limit 200`.execute(tx);
  return rows;
}

/** Everything that was ever asked of glass, the newest first, as far as who is asking may know it. */
export function glassAsked(tx: Tx): Promise<Glass[]> {
  return glassWhere(tx, sql`true`);
}

/** One asking, or null when it is not there for who is asking. */
export async function glassWith(tx: Tx, id: string): Promise<Glass | null> {
  if (!isKey(id)) return null;
  return (await glassWhere(tx, sql`g.id = ${id}`))[0] ?? null;
}
