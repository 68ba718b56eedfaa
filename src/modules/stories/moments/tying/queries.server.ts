import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import { momentsOf } from '../queries.server.ts';
import type { Side } from './model.ts';

/** The initiative at this word in an address; null when the open field has none. */
export async function sideOf(tx: Tx, word: string, language: Language): Promise<Side | null> {
  const slug =
    word
      .trim()
      .replace(/[?#].*$/, '')
      .split('/')
      .filter(Boolean)
      .at(-1) ?? '';
  const { rows } = await sql<{
    id: string;
    slug: string;
    name: string;
  }>`select i.id, i.slug, i.name from pub.initiative i where i.slug = ${slug}`.execute(tx);
  const [found] = rows;
  if (!found) return null;
  const moments = await momentsOf(tx, [found.id], language);
  const own = moments.map((moment) => ({
    ...moment,
    facts: moment.facts.filter(({ initiative }) => initiative.id === found.id),
  }));
  const tied = await sql<{ fact: string }>`
    select f.fact from pub.moment_fact f join pub.life_event e on e.fact = f.fact where e.initiative_id = ${found.id}`.execute(
    tx,
  );
  return { slug: found.slug, name: found.name, moments: own, tied: tied.rows.map(({ fact }) => fact) };
}
