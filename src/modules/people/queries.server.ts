import { sql } from 'kysely';
import { withViewer } from '#platform/db.server.ts';
import type { Entrusted } from '#platform/viewer.ts';

/**
 * What stands for this person today, in a session with or without a second factor: what a session carries as
 * `viewer.entrusted`. The database decides with the same rule as its walls; someone who left holds nothing.
 */
export async function entrustedTo(person: string, sure: boolean): Promise<Entrusted[]> {
  return withViewer({ kind: 'person', id: person, entrusted: [], sure }, async (tx) => {
    const { rows } = await sql<Entrusted>`
      select distinct g.role, g.scope_kind as "scopeKind", g.scope_id as "scopeId"
      from core.role_grant g join core.person p on p.id = g.person_id and p.left_on is null
      where g.person_id = ${person} and core.grant_stands(g) order by 1, 2, 3`.execute(tx);
    return rows;
  });
}
