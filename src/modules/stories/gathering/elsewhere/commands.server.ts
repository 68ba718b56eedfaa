import { sql } from 'kysely';
import { insistOnOperator } from '#platform/access.server.ts';
import type { Tx } from '#platform/db.server.ts';
import { indexStories } from '../finding/commands.server.ts';
import type { StoryElsewhere } from './input.ts';

/** Lays stories that are told elsewhere, by their words in the address; a second time brings them up to date. Asks the operator's transaction. */
export async function layElsewhere(tx: Tx, stories: readonly StoryElsewhere[]): Promise<number> {
  await insistOnOperator(tx);
  const { rows } = await sql<{ id: string }>`
    with told as (select * from jsonb_to_recordset(${JSON.stringify(stories)}::jsonb)
        as t(slug text, kind text, language text, title text, opening text, link text, initiatives text[])),
      laid as (insert into core.story (slug, kind, title, opening, language, link, standing)
        select slug, kind, title, opening, language, link, 'open' from told
        on conflict (slug) do update set kind = excluded.kind, title = excluded.title, opening = excluded.opening, language = excluded.language, link = excluded.link
          where core.story.made_by is null returning id, slug),
      about as (insert into core.story_initiative (story, initiative_id)
        select l.id, i.id from laid l join told t on t.slug = l.slug join core.initiative i on i.slug = any(t.initiatives) on conflict do nothing)
    select id from laid`.execute(tx);
  const ids = rows.map(({ id }) => id);
  await sql`select core.lay_stories_open(${ids}::uuid[])`.execute(tx);
  await indexStories(tx, ids);
  return ids.length;
}
