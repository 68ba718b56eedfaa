import { sql } from 'kysely';
import { insistOnOperator } from '#platform/access.server.ts';
import type { Tx } from '#platform/db.server.ts';
import type { FieldProblem } from '../../initiatives/field/rows/input.ts';
import { placeNamed, provinces } from '../../places/queries.server.ts';
import '../tables.ts';
import { placeWords, type ToldSession } from './model.ts';

const file = 'sessions.json';

/**
 * Lays gatherings that public sources tell of, by their words in the address; a second time brings them up to date. Answers how many,
 * or what is wrong; the caller's transaction must then end. Asks the operator's transaction.
 */
export async function layToldSessions(
  tx: Tx,
  sessions: readonly ToldSession[],
): Promise<{ ok: true; laid: number } | { ok: false; problems: FieldProblem[] }> {
  await insistOnOperator(tx);
  const known = await entriesKnown(tx, sessions);
  const problems: FieldProblem[] = [];
  for (const session of sessions) {
    const id = await layOne(tx, session);
    if (id === null) {
      problems.push(problem(session, 'id', 'doubled', session.slug));
      continue;
    }
    for (const [place, organiser] of session.organisers.entries()) {
      const entry = known.get(organiser);
      if (entry)
        await tx
          .insertInto('core.session_organiser')
          .values({ session: id, place: place + 1, name: entry.name, initiative: entry.id })
          .execute();
      else problems.push(problem(session, `organisers.${place}`, 'unknown_entry', organiser));
    }
    for (const [at, { owners }] of session.agreed.entries())
      for (const [place, owner] of owners.entries())
        if (!known.has(owner))
          problems.push(problem(session, `actions.${at}.owners.${place}`, 'unknown_entry', owner));
    if (session.notes.length > 0)
      await tx
        .insertInto('core.session_note')
        .values(session.notes.map((note, at) => ({ session: id, place: at + 1, ...note })))
        .execute();
    await sql`select core.lay_session_open(${id}::uuid)`.execute(tx);
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, laid: sessions.length };
}

const problem = (
  { row, slug }: ToldSession,
  field: string,
  reason: FieldProblem['reason'],
  found: string,
): FieldProblem => ({ file, row, id: slug, field, reason, found });

/** Lays the session itself, bare of what belongs to it; null when a session held here has its address. */
async function layOne(tx: Tx, told: ToldSession): Promise<string | null> {
  const facts = {
    kind: told.kind,
    number: told.number,
    title: told.title,
    language: 'en',
    themes: [...told.themes],
    place: told.place,
    ...(await placeOf(tx, told.place)),
    held_on: told.held?.day ?? null,
    held_precision: (told.held?.precision ?? null) as 'day' | 'month' | 'year' | null,
    people: told.people,
    confidence: told.confidence,
  };
  const laid = await tx
    .insertInto('core.session')
    .values({ ...facts, slug: told.slug, origin: 'sources', state: 'shared' })
    .onConflict((same) => same.column('slug').doUpdateSet(facts).where('core.session.origin', '=', 'sources'))
    .returning('id')
    .executeTakeFirst();
  if (!laid) return null;
  await tx.deleteFrom('core.session_organiser').where('session', '=', laid.id).execute();
  await tx.deleteFrom('core.session_note').where('session', '=', laid.id).execute();
  return laid.id;
}

async function placeOf(
  tx: Tx,
  told: string | null,
): Promise<{ municipality: string | null; province: string | null }> {
  if (told === null) return { municipality: null, province: null };
  const asked = placeWords(told);
  const called = asked.name.toLowerCase();
  if (asked.province) {
    const found = (await provinces(tx)).find(({ name }) => name.toLowerCase() === called);
    return { municipality: null, province: found?.code ?? null };
  }
  const found = await placeNamed(tx, asked.name);
  // Only the very name: what sounds a little like a place, as 'online', is none.
  const [place, namesake] = (found.place ? [found.place] : found.didYouMean).filter((each) =>
    [each.name, each.called].some((name) => name.toLowerCase() === called),
  );
  if (!place || namesake) return { municipality: null, province: null };
  return { municipality: place.municipality, province: place.province };
}

async function entriesKnown(
  tx: Tx,
  sessions: readonly ToldSession[],
): Promise<Map<string, { id: string; name: string }>> {
  const asked = [
    ...new Set(
      sessions.flatMap(({ organisers, agreed }) => [...organisers, ...agreed.flatMap((one) => one.owners)]),
    ),
  ];
  const { rows } = await sql<{ id: string; slug: string; name: string }>`
    select i.id, i.slug, coalesce(o.name, i.slug) as name from core.initiative i left join pub.initiative o on o.id = i.id
    where i.slug = any(${asked}::text[])`.execute(tx);
  return new Map(rows.map(({ slug, ...entry }) => [slug, entry]));
}
