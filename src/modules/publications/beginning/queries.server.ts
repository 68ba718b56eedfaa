import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import '../tables.ts';
import type { Worked, Worker } from './model.ts';

const head = sql`b.id, b.slug, b.kind, b.title, b.subtitle, b.opening, b.language, b.issue, b.printed, b.invented, b.ended_on as "endedOn", p.part, p.called
  from core.publication b join core.publication_person p on p.publication = b.id and p.person_id = core.viewer_person() and p.left_on is null`;

/** The publications who is asking works on, what is being made first. */
export async function workedOn(tx: Tx): Promise<Worked[]> {
  const { rows } =
    await sql<Worked>`select ${head} order by b.ended_on nulls first, b.made_at desc, b.id`.execute(tx);
  return rows;
}

/** The publication of this name in the address and as what who is asking works on it, or null; `{ publication: id, part }` of it is what access.ts takes. */
export async function workIn(tx: Tx, slug: string): Promise<Worked | null> {
  const { rows } = await sql<Worked>`select ${head} where b.slug = ${slug}`.execute(tx);
  return rows[0] ?? null;
}

/** Who works on a publication and who did, editors first; nobody when who asks does not. */
export async function workersOf(tx: Tx, publication: string): Promise<Worker[]> {
  const { rows } =
    await sql<Worker>`select p.person_id as person, p.part, p.called, p.since, p.left_on as "leftOn", p.person_id = core.viewer_person() as mine
    from core.publication_person p where p.publication = ${publication} and core.works_on(${publication})
    order by p.left_on nulls first, array_position(array['editor','writer','layer'], p.part), p.since, p.called, p.person_id`.execute(
      tx,
    );
  return rows;
}
