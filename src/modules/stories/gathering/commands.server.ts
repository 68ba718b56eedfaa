import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { putOff } from '#platform/jobs/put-off.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { Gatherer } from './access.ts';
import type { StoryWish } from './input.ts';
import { storySlug } from './model.ts';
import './jobs.server.ts';

/** Begins a story that only its maker sees; answers its key. */
export async function beginStory(tx: Tx, gatherer: Gatherer, wish: StoryWish): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into core.story (slug, kind, title, opening, language, link, made_by)
    values (${storySlug(wish.title, randomBytes(3).toString('hex'))}, ${wish.kind}, ${wish.title}, ${wish.opening}, ${wish.language}, ${wish.link}, ${gatherer.person}) returning id`.execute(
    tx,
  );
  const id = rows[0]?.id ?? '';
  await layParts(tx, id, wish);
  return id;
}

/** Changes a story of one's own; what is open shows the change at once. Refuses who does not make it. */
export async function changeStory(
  tx: Tx,
  gatherer: Gatherer,
  story: string,
  wish: StoryWish,
): Promise<Result<{ unknown: string[] }, 'not_yours'>> {
  const { numUpdatedRows } = await tx
    .updateTable('core.story')
    .set({
      kind: wish.kind,
      title: wish.title,
      opening: wish.opening,
      language: wish.language,
      link: wish.link,
    })
    .where('id', '=', story)
    .where('made_by', '=', gatherer.person)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) return refused('not_yours');
  const unknown = await layParts(tx, story, wish);
  await settle(tx, story);
  return ok({ unknown });
}

/** Opens a story to everyone, or closes it again. What it brings together keeps to what each teller allows, either way. */
export async function standStory(
  tx: Tx,
  gatherer: Gatherer,
  story: string,
  standing: 'open' | 'draft',
): Promise<Result<null, 'not_yours'>> {
  const { numUpdatedRows } = await tx
    .updateTable('core.story')
    .set({ standing })
    .where('id', '=', story)
    .where('made_by', '=', gatherer.person)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) return refused('not_yours');
  await settle(tx, story);
  return ok(null);
}

async function settle(tx: Tx, story: string): Promise<void> {
  await sql`select core.lay_stories_open(array[${story}::uuid])`.execute(tx);
  await putOff(tx, 'index-story', { story }, { onlyOnce: story });
}

/** Lays the initiatives and tellings of a story anew; answers the initiatives that nobody can find in the open field. */
async function layParts(tx: Tx, story: string, wish: StoryWish): Promise<string[]> {
  await sql`delete from core.story_initiative where story = ${story}`.execute(tx);
  await sql`delete from core.story_telling where story = ${story}`.execute(tx);
  const { rows } = await sql<{ slug: string }>`
    with named as (select i.id, i.slug from pub.initiative i where i.slug = any(${[...wish.initiatives]}::text[])),
      laid as (insert into core.story_initiative (story, initiative_id) select ${story}, n.id from named n)
    select n.slug from named n`.execute(tx);
  // Only what anyone may read is brought together here: a story would otherwise tell of what it may not show.
  await sql`insert into core.story_telling (story, telling, place)
    select ${story}, t.id, x.place from unnest(${[...wish.tellings]}::uuid[]) with ordinality x(id, place) join pub.telling t on t.id = x.id`.execute(
    tx,
  );
  return wish.initiatives.filter((slug) => !rows.some((row) => row.slug === slug));
}
