import { sql, type RawBuilder } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import type { Piece } from '../../languages/words/marking/model.ts';
import { markedTexts } from '../../languages/words/reading/queries.server.ts';
import type { Picture } from '../landscape/landscape.ts';
import type { Minutes } from '../minutes/model.ts';
import { wordsFor } from '../room/model.ts';
import '../tables.ts';
import {
  sessionsAtOnce,
  type FoundSessions,
  type IssueRead,
  type SessionInList,
  type SessionRead,
  type SessionWish,
  type StatementRead,
} from './model.ts';

const calledIn = (language: Language, column: 'municipality' | 'province') => sql`coalesce(
  (select n.name from pub.place_name n where n.${sql.ref(`${column}_code`)} = s.${sql.ref(column)} and n.language = ${language} and n.usual limit 1),
  (select p.name from pub.${sql.ref(column)} p where p.code = s.${sql.ref(column)}))`;

const listed = (
  language: Language,
) => sql`s.slug, s.origin, s.kind, s.number, s.title, s.language, s.themes, s.state,
  s.starts_at as "startsAt", s.minutes, s.held_on as "heldOn", s.held_precision as "heldPrecision", s.place,
  ${calledIn(language, 'municipality')} as municipality,
  (select m.name from pub.municipality m where m.code = s.municipality) as "municipalityItself", ${calledIn(language, 'province')} as province,
  s.minutes_body is not null or s.origin = 'sources' as told`;

// A gathering that nobody closed is no longer coming a day after it began.
const comes = (now: Date) =>
  sql`s.state <> 'held' and (s.starts_at is null or s.starts_at > ${now}::timestamptz - interval '1 day')`;
const wished = ({ q, kind, province }: SessionWish) =>
  sql`(${kind}::text is null or s.kind = ${kind}) and (${province}::text is null or s.province = ${province})
    and ${sql.join([sql`true`, ...q.split(' ').slice(0, 8).filter(Boolean).map(tells)], sql` and `)}`;

const told = (column: string, path: string) => sql`(select string_agg(each #>> '{}', ' ')
  from jsonb_path_query(${sql.ref(column)}, ${sql.lit(path)}::jsonpath) each)`;

/** Whether a gathering tells this word, with or without its accents. There are few enough to read them all. */
const tells = (
  word: string,
) => sql`pub.unaccent(concat_ws(' ', ${told('s.title', '$.*')}, ${told('s.purpose', '$.*')}, s.place,
    ${told('s.notes', '$[*].texts.*')},
    (select string_agg(${told('i.title', '$.*')}, ' ') from pub.session_issue i where i.session = s.id),
    (select string_agg(concat_ws(' ', t.text, ${told('t.renderings', '$[*].text')}), ' ') from pub.session_statement t where t.session = s.id)))
  ilike '%' || pub.unaccent(${word.replace(/[\\%_]/g, '\\$&')}) || '%'`;

/** The gatherings anyone may know of that answer the wish: what comes, soonest first, and a page of what was held, newest first. */
export async function findSessions(
  tx: Tx,
  wish: SessionWish,
  language: Language,
  now: Date,
): Promise<FoundSessions> {
  const [coming, held] = [
    sql`${wished(wish)} and ${comes(now)}`,
    sql`${wished(wish)} and not (${comes(now)})`,
  ];
  const { rows: counted } = await sql<{ total: number }>`
    select count(*)::integer as total from pub.session s where ${held}`.execute(tx);
  return {
    coming: await listOf(tx, language, coming, sql`s.starts_at, s.slug limit 100`),
    held: await listOf(
      tx,
      language,
      held,
      sql`s.held_on desc nulls last, s.number desc nulls last, s.slug
        limit ${sessionsAtOnce} offset ${(wish.page - 1) * sessionsAtOnce}`,
    ),
    total: counted[0]?.total ?? 0,
  };
}

async function listOf(
  tx: Tx,
  language: Language,
  where: RawBuilder<unknown>,
  order: RawBuilder<unknown>,
): Promise<SessionInList[]> {
  const { rows } = await sql<SessionInList>`
    select ${listed(language)} from pub.session s where ${where} order by ${order}`.execute(tx);
  return rows;
}

/** The gathering with this word in its address, with what was said there once its minutes are public; null when there is none. */
export async function sessionNamed(tx: Tx, slug: string, language: Language): Promise<SessionRead | null> {
  const { rows } = await sql<
    Omit<SessionRead, 'issues' | 'statements'> & { body: Minutes | null; picture: Picture | null }
  >`select s.id, ${listed(language)}, s.purpose, s.people, s.attendance, s.organisers, s.notes, s.minutes_body as body, s.picture,
      s.smallest, s.confidence
    from pub.session s where s.slug = ${slug}`.execute(tx);
  const [session] = rows;
  if (!session) return null;
  const issues =
    await sql<IssueRead>`select i.id, i.number, i.title, i.language, i.stones from pub.session_issue i
    where i.session = ${session.id} order by i.stones desc nulls last, i.number`.execute(tx);
  const statements =
    await sql<StatementRead>`select t.id, t.number, t.form, t.language, t.text, t.renderings, t.issue
    from pub.session_statement t where t.session = ${session.id} order by t.number`.execute(tx);
  return { ...session, issues: issues.rows, statements: statements.rows };
}

/** What a calendar keeps of the gatherings that come and of those called off, all or the one with this word in its address. */
export async function sessionsForCalendar(
  tx: Tx,
  language: Language,
  slug: string | null,
  now: Date,
): Promise<SessionInList[]> {
  const which = slug === null ? comes(now) : sql`s.slug = ${slug}`;
  return listOf(
    tx,
    language,
    sql`${which} and s.origin = 'room' and s.starts_at is not null`,
    sql`s.starts_at limit 500`,
  );
}

/** The questions that public sources tell of a gathering, in parts, as its words have pages of their own; of a gathering held here none. */
export async function questionsMarked(
  tx: Tx,
  session: SessionRead,
  language: Language,
  on: Day,
): Promise<{ language: string; pieces: Piece[] }[]> {
  if (session.origin !== 'sources') return [];
  const asked = session.notes
    .filter(({ kind }) => kind === 'question')
    .map(({ texts }) => wordsFor(texts, [language, session.language]) ?? { text: '', language });
  const marked = await markedTexts(tx, asked, on);
  return asked.map((each, at) => ({ language: each.language, pieces: marked[at] ?? [] }));
}
