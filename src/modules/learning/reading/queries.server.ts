import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import type { Work } from '../citing/model.ts';
import type { DilemmaAsk } from '../dilemmas/input.ts';
import { besideEachOther } from '../insight-cards/model.ts';
import type { OpenReading } from '../trajectories/model.ts';
import '../tables.ts';
import type {
  Beside,
  HeldThere,
  ListedDilemma,
  OpenTrajectoryListed,
  ReadDilemma,
  ReadInsight,
  ReadTrajectory,
} from './model.ts';

/** The dilemmas anyone may read that are asked for, by their word in the address. */
export async function openDilemmas(
  tx: Tx,
  ask: DilemmaAsk = { level: null, theme: null },
): Promise<ListedDilemma[]> {
  const { rows } =
    await sql<ListedDilemma>`select slug, level, title, language, themes, jsonb_array_length(positions) as positions from pub.dilemma
    where (${ask.level}::text is null or level = ${ask.level}) and (${ask.theme}::text is null or ${ask.theme} = any(themes)) order by slug`.execute(
      tx,
    );
  return rows;
}

/** A dilemma anyone may read, with what stands beside it and can be read itself; or null. */
export async function openDilemma(tx: Tx, slug: string): Promise<ReadDilemma | null> {
  const { rows } = await sql<Omit<ReadDilemma, 'beside'> & { links: Omit<Beside, 'title'>[] }>`
    select slug, level, title, language, themes, origin, what, questions, source, called, told_on as "toldOn", positions, links
    from pub.dilemma where slug = ${slug}`.execute(tx);
  const [found] = rows;
  if (!found) return null;
  const { links, ...dilemma } = found;
  return { ...dilemma, beside: await titled(tx, links) };
}

/** What can be read by anyone, with its title, in the order given; what left the street meanwhile is left out. */
async function titled(tx: Tx, links: readonly Omit<Beside, 'title'>[]): Promise<Beside[]> {
  const wanted = JSON.stringify(links.map(({ kind, slug }) => ({ kind, slug })));
  const { rows } = await sql<Beside>`
    with wanted as (select * from jsonb_to_recordset(${wanted}::jsonb) as w (kind text, slug text)), titles as (
      select 'story' as kind, s.slug, jsonb_build_object(s.language, s.title) as title from pub.story s
      union all select 'insight', c.slug, c.claim from pub.insight_card c
      union all select 'dilemma', d.slug, d.title from pub.dilemma d
      union all select 'word', w.slug, (select jsonb_object_agg(v.language, v.term order by v.opened_at desc, v.id desc) from pub.word_version v where v.word = w.id) from pub.word w)
    select t.kind, t.slug, t.title from titles t join wanted using (kind, slug) where t.title is not null order by t.kind, t.slug`.execute(
    tx,
  );
  return rows;
}

const card = sql`slug, kind, question_slug as "questionSlug", question, claim, holds, against, grounds, language, themes, authors, works, told_on as "toldOn"`;

/** Every insight anyone may read, in the one order they have; no kind stands first. */
export async function openInsights(tx: Tx): Promise<ReadInsight[]> {
  const { rows } = await sql<ReadInsight>`select ${card} from pub.insight_card`.execute(tx);
  return besideEachOther(rows);
}

/** An insight anyone may read and the others on its question, or null. */
export async function openInsight(
  tx: Tx,
  slug: string,
): Promise<{ card: ReadInsight; others: ReadInsight[] } | null> {
  const { rows } = await sql<ReadInsight>`select ${card} from pub.insight_card c where slug = ${slug}
    or question_slug = (select o.question_slug from pub.insight_card o where o.slug = ${slug})`.execute(tx);
  const found = rows.find((one) => one.slug === slug);
  return found ? { card: found, others: besideEachOther(rows.filter((one) => one !== found)) } : null;
}

const listed = sql`slug, title, purpose, language, from_day as "from", until_day as until`;

/** The trajectories anyone may read, the newest first. */
export async function openTrajectories(tx: Tx): Promise<OpenTrajectoryListed[]> {
  const { rows } =
    await sql<OpenTrajectoryListed>`select ${listed} from pub.trajectory order by from_day desc, slug`.execute(
      tx,
    );
  return rows;
}

/** A trajectory anyone may read, with its gatherings that are open themselves and what is read there; or null. */
export async function openTrajectory(tx: Tx, slug: string): Promise<ReadTrajectory | null> {
  const { rows } = await sql<
    Omit<ReadTrajectory, 'gatherings' | 'works' | 'beside'> & { sessions: string[]; reading: OpenReading[] }
  >`
    select ${listed}, themes, (select p.name from pub.province p where p.code = t.province) as province, questions, changes, sessions, reading
    from pub.trajectory t where slug = ${slug}`.execute(tx);
  const [found] = rows;
  if (!found) return null;
  const { sessions, reading, ...trajectory } = found;
  const held =
    await sql<HeldThere>`select slug, title, language, coalesce(held_on, (starts_at at time zone 'Europe/Amsterdam')::date) as day,
      coalesce(held_precision, 'day') as precision from pub.session where id = any(${sessions}::uuid[]) order by 4 nulls last, slug`.execute(
      tx,
    );
  return {
    ...trajectory,
    gatherings: held.rows,
    works: reading.flatMap(({ work, slug: id }): Work[] => (work ? [{ ...work, id }] : [])),
    beside: await titled(tx, reading.filter(({ kind }) => kind !== 'work') as Omit<Beside, 'title'>[]),
  };
}

/** The questions that insights speak to, also those without an insight yet. Asks someone who is signed in. */
export async function askedQuestions(tx: Tx) {
  return tx
    .selectFrom('core.insight_question')
    .select(['slug', 'question', 'language'])
    .orderBy('slug')
    .execute();
}

/** The key of an open dilemma by its word in the address, or null. */
export async function dilemmaKey(tx: Tx, slug: string): Promise<string | null> {
  const found = await tx.selectFrom('pub.dilemma').select('id').where('slug', '=', slug).executeTakeFirst();
  return found?.id ?? null;
}
