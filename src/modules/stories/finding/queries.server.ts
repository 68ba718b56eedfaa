import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import { visitor } from '#platform/viewer.ts';
import { findTexts } from '../../languages/search/queries.server.ts';
import { beginningsOf } from '../reading/queries.server.ts';
import { tellingsAtOnce, type FoundStory, type FoundVoices, type StoryWish } from './model.ts';

const mostStories = 40;

/**
 * Tellings and stories that anyone may read and that answer the wish: by words in any of their languages, best first, else newest first.
 * Whoever asks, only what is open is looked through; nothing else is counted or named.
 */
export async function findStories(tx: Tx, wish: StoryWish, language: Language): Promise<FoundVoices> {
  const entry = wish.entry === null ? null : await entryCalled(tx, wish.entry);
  if (wish.entry !== null && entry === null) return { voices: [], total: 0, stories: [], entry: null };
  const { ids, total } = await (wish.q === ''
    ? newest(tx, wish, entry?.id ?? null)
    : byWords(tx, wish, entry?.id ?? null, language));
  return {
    voices: await beginningsOf(tx, visitor, ids, language),
    total,
    stories:
      wish.page === 1 && !wish.role && !wish.theme && !wish.province && !wish.moment
        ? await storiesFor(tx, wish, entry?.id ?? null, language)
        : [],
    entry: entry && { slug: entry.slug, name: entry.name },
  };
}

async function entryCalled(tx: Tx, slug: string): Promise<{ id: string; slug: string; name: string } | null> {
  const { rows } = await sql<{
    id: string;
    slug: string;
    name: string;
  }>`select i.id, i.slug, i.name from pub.initiative i where i.slug = ${slug}`.execute(tx);
  return rows[0] ?? null;
}

async function byWords(
  tx: Tx,
  wish: StoryWish,
  entry: string | null,
  language: Language,
): Promise<{ ids: string[]; total: number }> {
  const facets = [
    ['role', wish.role],
    ['theme', wish.theme],
    ['province', wish.province],
    ['about', entry],
    ['moment', wish.moment],
  ].flatMap(([name, value]) => (value ? [[`${name}:${value}`]] : []));
  const found = await findTexts(tx, {
    words: wish.q,
    language,
    kinds: ['telling'],
    facets,
    limit: tellingsAtOnce,
    offset: (wish.page - 1) * tellingsAtOnce,
  });
  return { ids: found.hits.map(({ subjectId }) => subjectId), total: found.total };
}

async function newest(
  tx: Tx,
  wish: StoryWish,
  entry: string | null,
): Promise<{ ids: string[]; total: number }> {
  const { rows } = await sql<{ id: string; total: number }>`
    select t.id, count(*) over ()::int as total from pub.telling t
    where (${wish.role}::text is null or t.role_then = ${wish.role}) and (${wish.theme}::text is null or ${wish.theme} = any(t.themes))
      and (${wish.province}::text is null or t.province = ${wish.province})
      and (${entry}::uuid is null or t.id in (select a.telling from pub.telling_about a where a.initiative_id = ${entry}))
      and (${wish.moment}::uuid is null or t.id in (select b.telling from pub.telling_block b where b.moment = ${wish.moment}
        or b.moment in (select f.fact from pub.moment_fact f where f.moment = ${wish.moment})))
    order by t.opened_on desc, t.id desc limit ${tellingsAtOnce} offset ${(wish.page - 1) * tellingsAtOnce}`.execute(
    tx,
  );
  return { ids: rows.map(({ id }) => id), total: rows[0]?.total ?? 0 };
}

async function storiesFor(
  tx: Tx,
  wish: StoryWish,
  entry: string | null,
  language: Language,
): Promise<FoundStory[]> {
  const answer =
    wish.q === ''
      ? null
      : await findTexts(tx, { words: wish.q, language, kinds: ['story'], limit: mostStories, offset: 0 });
  const ids = answer?.hits.map(({ subjectId }) => subjectId) ?? null;
  const { rows } = await sql<FoundStory>`
    select s.slug, s.kind, s.title, s.opening, s.language, s.link from pub.story s
    where (${ids}::uuid[] is null or s.id = any(${ids}::uuid[])) and (${entry}::uuid is null or ${entry} = any(s.initiatives))
    order by array_position(${ids}::uuid[], s.id), s.link is null desc, s.title limit ${mostStories}`.execute(
    tx,
  );
  return rows;
}
