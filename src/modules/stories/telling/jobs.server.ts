import { sql } from 'kysely';
import { leaveHouse } from '#modules/people/commands/leave.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { house } from '#platform/viewer.ts';

declare module '#platform/jobs/put-off.server.ts' {
  interface Jobs {
    'forget-newcomers': Record<string, never>;
  }
}

/** Days in which someone who came in to tell, and wrote nothing, can still begin. */
export const daysToBegin = 14;

/** Forgets whoever came in to tell without an account and left nothing behind: no word, no photo, no sound, no role. */
export async function forgetNewcomers(): Promise<void> {
  await withViewer(house, async (tx) => {
    const { rows } = await sql<{ id: string }>`
      select p.id from core.person p
      where p.came_by = 'card' and p.made_by is null and p.left_on is null and p.made_at < now() - make_interval(days => ${daysToBegin})
        and not exists (select from core.role_grant g where g.person_id = p.id)
        and not exists (select from core.consent_item i where i.teller = p.id and (i.taken_back_at is not null
          or exists (select from core.telling_version v where v.telling = i.id)
          or exists (select from core.media m where m.telling = i.id)
          or exists (select from core.telling_draft d where d.telling = i.id and jsonb_array_length(d.doc -> 'content') > 0)))`.execute(
      tx,
    );
    for (const { id } of rows) {
      await sql`delete from core.telling where id in (select i.id from core.consent_item i where i.teller = ${id})`.execute(
        tx,
      );
      await leaveHouse(tx, { person: id });
    }
  });
}
