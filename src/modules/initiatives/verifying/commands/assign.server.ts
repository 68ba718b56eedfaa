import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { WatchedMatter } from '../access.ts';
import '../tables.ts';

/** Takes a matter that nobody took; one that a colleague holds is asked of that colleague. */
export async function takeMatter(tx: Tx, matter: WatchedMatter): Promise<Result<null, 'taken'>> {
  const { rows } = await sql<{ mine: boolean }>`
    insert into core.assignment (matter, subject, initiative_id, person_id, given_by)
    values (${matter.kind}, ${matter.subject}, ${matter.initiative}, core.viewer_person(), core.viewer_person())
    on conflict (matter, subject) do update set given_by = excluded.given_by where core.assignment.person_id = excluded.person_id
    returning true as mine`.execute(tx);
  return rows.length > 0 ? ok(null) : refused('taken');
}

/** Gives a matter to a colleague, or to oneself; refuses when that person could not watch over its entry. */
export async function giveMatter(
  tx: Tx,
  matter: WatchedMatter,
  to: string,
): Promise<Result<null, 'colleague'>> {
  const { rows } = await sql<{
    may: boolean;
  }>`select core.person_watches(${to}, ${matter.initiative}) as may`.execute(tx);
  if (!rows[0]?.may) return refused('colleague');
  await sql`insert into core.assignment (matter, subject, initiative_id, person_id, given_by)
    values (${matter.kind}, ${matter.subject}, ${matter.initiative}, ${to}, core.viewer_person())
    on conflict (matter, subject) do update set person_id = excluded.person_id, given_by = excluded.given_by, given_at = now()`.execute(
    tx,
  );
  return ok(null);
}

/** Lets go of a matter that one took or was given. */
export async function letGoOfMatter(tx: Tx, matter: WatchedMatter): Promise<Result<null, 'taken'>> {
  const { rows } = await sql<{ mine: boolean }>`
    select person_id = core.viewer_person() as mine from core.assignment where matter = ${matter.kind} and subject = ${matter.subject}`.execute(
    tx,
  );
  if (rows[0] && !rows[0].mine) return refused('taken');
  await forgetAssignment(tx, matter);
  return ok(null);
}

/** What no longer waits is nobody's any more. */
export async function forgetAssignment(tx: Tx, matter: WatchedMatter): Promise<void> {
  await tx
    .deleteFrom('core.assignment')
    .where('matter', '=', matter.kind)
    .where('subject', '=', matter.subject)
    .execute();
}
