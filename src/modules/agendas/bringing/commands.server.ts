import { sql } from 'kysely';
import { insistOnOperator } from '#platform/access.server.ts';
import { today } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { lastingKey } from '#platform/ids.ts';
import type { ToldSession } from '../../sessions/bringing/model.ts';
import '../../sessions/tables.ts';
import type { WhoKind } from '../model.ts';
import '../tables.ts';

interface Owner {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly kind: string | null;
}

const institutions: ReadonlySet<string | null> = new Set([
  'municipality',
  'province',
  'national-institution',
  'knowledge-institution',
  'fund',
  'housing-corporation',
]);

const whoOf = (owners: readonly Owner[]): WhoKind => {
  const [first, second] = owners;
  if (!first || second) return 'together';
  return institutions.has(first.kind) ? 'institution' : 'initiative';
};

/**
 * Lays what was agreed in gatherings that public sources tell of as agendas of those gatherings, after the gatherings themselves; a second
 * time brings them up to date. What came of it is not known, and said so. Answers how many agendas. Asks the operator's transaction.
 */
export async function layToldAgendas(tx: Tx, sessions: readonly ToldSession[]): Promise<number> {
  await insistOnOperator(tx);
  const agreed = sessions.filter((session) => session.agreed.length > 0);
  const known = await ownersKnown(tx, agreed);
  let laid = 0;
  for (const told of agreed) {
    const agenda = await layOne(tx, told);
    if (!agenda) continue;
    await tx.deleteFrom('core.promise').where('agenda', '=', agenda.id).execute();
    for (const [at, { texts, owners }] of told.agreed.entries()) {
      const promise = lastingKey('promise', told.slug, String(at + 1));
      const carriers = owners.flatMap((slug) => known.get(slug) ?? []);
      await tx
        .insertInto('core.promise')
        .values({
          id: promise,
          session: agenda.session,
          agenda: agenda.id,
          what: texts,
          language: 'en',
          who_kind: whoOf(carriers),
          to_whom: null,
          by_day: null,
          issue: null,
          state: 'not-known',
          made_on: told.held?.day ?? today(),
        })
        .execute();
      for (const [place, { name, id }] of carriers.entries())
        await tx
          .insertInto('core.source_carrier')
          .values({ promise, place: place + 1, name, initiative: id })
          .execute();
    }
    await sql`select core.lay_agenda_open(${agenda.id}::uuid)`.execute(tx);
    laid++;
  }
  return laid;
}

/** The agenda itself, bare of its promises; null when the gathering was not laid. */
async function layOne(tx: Tx, told: ToldSession): Promise<{ id: string; session: string } | null> {
  const session = await tx
    .selectFrom('core.session')
    .select('id')
    .where('slug', '=', told.slug)
    .where('origin', '=', 'sources')
    .executeTakeFirst();
  if (!session) return null;
  const when = { drawn_on: told.held?.day ?? null, drawn_precision: told.held?.precision ?? null };
  const { id } = await tx
    .insertInto('core.agenda')
    .values({
      id: lastingKey('agenda', told.slug),
      session: session.id,
      slug: told.slug,
      origin: 'sources',
      open_to: 'everyone',
      ...when,
    } as never)
    .onConflict((same) => same.column('session').doUpdateSet(when as never))
    .returning('id')
    .executeTakeFirstOrThrow();
  return { id, session: session.id };
}

async function ownersKnown(tx: Tx, agreed: readonly ToldSession[]): Promise<Map<string, Owner>> {
  const asked = [...new Set(agreed.flatMap((told) => told.agreed.flatMap(({ owners }) => owners)))];
  const { rows } = await sql<Owner>`
    select i.id, i.slug, coalesce(o.name, i.slug) as name, (select p.kind from core.initiative_period p where p.initiative_id = i.id
      order by p.valid desc limit 1) as kind
    from core.initiative i left join pub.initiative o on o.id = i.id where i.slug = any(${asked}::text[])`.execute(
    tx,
  );
  return new Map(rows.map((owner) => [owner.slug, owner]));
}
