import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import '../tables.ts';
import type { ListedAgenda, ReadAgenda, ReadPromise } from './model.ts';

/** Every agenda anyone may read: those of this house first, the newest first; those without a day last. */
export async function openAgendas(tx: Tx, slug: string | null = null): Promise<ListedAgenda[]> {
  const { rows } = await sql<ListedAgenda>`
    select a.slug, a.title, a.origin, a.drawn_on as "drawnOn", a.drawn_precision as precision, a.until_day as "untilDay",
      count(p.id)::integer as promises, count(*) filter (where p.state = 'done')::integer as done,
      count(*) filter (where p.state = 'let-go')::integer as "letGo", count(p.silent_since)::integer as silent
    from pub.agenda a left join pub.promise p on p.agenda = a.id where ${slug}::text is null or a.slug = ${slug}
    group by a.id order by a.origin, a.drawn_on desc nulls last, a.slug`.execute(tx);
  return rows;
}

/** An agenda anyone may read, by its name in the address, or null. */
export async function openAgenda(tx: Tx, slug: string): Promise<ReadAgenda | null> {
  const [listed] = await openAgendas(tx, slug);
  const agenda = await tx
    .selectFrom('pub.agenda as a')
    .leftJoin('pub.session as s', 's.id', 'a.session')
    .select(['a.id', 's.slug as session', 'a.ended_on', 'a.waiting'])
    .where('a.slug', '=', slug)
    .executeTakeFirst();
  if (!listed || !agenda) return null;
  const { rows } = await sql<ReadPromise>`
    select p.id, p.number, p.what, p.who_kind as "whoKind", p.carriers, p.unnamed, p.to_whom as "toWhom", p.by_day as "byDay",
      p.issue_title as "issueTitle", p.state, p.paused_until as "pausedUntil", p.why, p.silent_since as "silentSince", p.stones, p.news,
      p.help_asked as "helpAsked"
    from pub.promise p where p.agenda = ${agenda.id} order by p.number`.execute(tx);
  return {
    ...listed,
    sessionSlug: agenda.session,
    endedOn: agenda.ended_on,
    waiting: agenda.waiting,
    told: rows,
  };
}

/** The agenda that was drawn up in the session with this word in its address, when anyone may read it, or null. */
export async function agendaOfSession(tx: Tx, session: string): Promise<ReadAgenda | null> {
  const found = await tx
    .selectFrom('pub.agenda as a')
    .innerJoin('pub.session as s', 's.id', 'a.session')
    .select('a.slug')
    .where('s.slug', '=', session)
    .executeTakeFirst();
  return found ? openAgenda(tx, found.slug) : null;
}
