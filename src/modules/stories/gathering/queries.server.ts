import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { Offered, OwnStory, Story } from './model.ts';

/** An open story with the initiatives of the open field whose history it is; null when there is none by this name. */
export async function storyNamed(tx: Tx, slug: string): Promise<Story | null> {
  const { rows } = await sql<Story>`
    select s.id, s.slug, s.kind, s.title, s.opening, s.language, s.link, s.tellings,
      coalesce((select jsonb_agg(jsonb_build_object('id', i.id, 'slug', i.slug, 'name', i.name) order by i.name) from pub.initiative i where i.id = any(s.initiatives)), '[]') as initiatives
    from pub.story s where s.slug = ${slug}`.execute(tx);
  return rows[0] ?? null;
}

/** The open stories about an initiative, by title. */
export async function storiesAbout(
  tx: Tx,
  initiative: string,
): Promise<Omit<Story, 'id' | 'initiatives' | 'tellings'>[]> {
  const { rows } = await sql<Omit<Story, 'id' | 'initiatives' | 'tellings'>>`
    select s.slug, s.kind, s.title, s.opening, s.language, s.link from pub.story s
    where s.initiatives @> array[${initiative}::uuid] order by s.title limit 40`.execute(tx);
  return rows;
}

/** The stories that this viewer brings together, newest first. */
export async function ownStories(
  tx: Tx,
  viewer: Viewer,
): Promise<Pick<OwnStory, 'id' | 'slug' | 'kind' | 'title' | 'language' | 'standing'>[]> {
  const { rows } = await sql<Pick<OwnStory, 'id' | 'slug' | 'kind' | 'title' | 'language' | 'standing'>>`
    select s.id, s.slug, s.kind, s.title, s.language, s.standing from core.story s where s.made_by = ${viewer.id}::uuid order by s.made_at desc`.execute(
    tx,
  );
  return rows;
}

/** A story this viewer brings together, with the open tellings that can stand in it: those about its initiatives, and those already there. */
export async function ownStory(tx: Tx, viewer: Viewer, id: string): Promise<OwnStory | null> {
  const { rows } = await sql<Omit<OwnStory, 'tellings'>>`
    select s.id, s.slug, s.kind, s.title, s.opening, s.language, s.link, s.standing,
      coalesce((select jsonb_agg(jsonb_build_object('id', i.id, 'slug', i.slug, 'name', i.name) order by i.name) from core.story_initiative x
        join pub.initiative i on i.id = x.initiative_id where x.story = s.id), '[]') as initiatives
    from core.story s where s.id::text = ${id} and s.made_by = ${viewer.id}::uuid`.execute(tx);
  const [story] = rows;
  if (!story) return null;
  const tellings = await sql<Offered>`
    select t.id, t.slug, t.title, t.voice as name, t.language, t.invented, x.place
    from pub.telling t left join core.story_telling x on x.telling = t.id and x.story = ${story.id}
    where x.story is not null or t.id in (select a.telling from pub.telling_about a join core.story_initiative i on i.initiative_id = a.initiative_id where i.story = ${story.id})
    order by x.place nulls last, t.opened_on, t.id limit 400`.execute(tx);
  return { ...story, tellings: tellings.rows };
}
