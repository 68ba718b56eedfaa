import { sql } from 'kysely';
import { insistOnOperator } from '#platform/access.server.ts';
import type { Tx } from '#platform/db.server.ts';
import '../tables.ts';
import type { ToldVersion, ToldWord } from './model.ts';

/**
 * Lays words that public sources tell, with their ways of saying; what a source no longer tells goes, what people here added
 * stays. Answers how many words were new or changed: a second time 0.
 */
export async function layToldWords(tx: Tx, told: readonly ToldWord[]): Promise<number> {
  await insistOnOperator(tx);
  let changed = 0;
  for (const word of told) if (await layOne(tx, word)) changed++;
  return changed;
}

async function layOne(tx: Tx, { slug, versions }: ToldWord): Promise<boolean> {
  const { rows: made } = await sql<{
    id: string;
  }>`insert into core.word (slug, origin) values (${slug}, 'sources')
    on conflict (slug) do nothing returning id`.execute(tx);
  const { id } = await tx
    .selectFrom('core.word')
    .select('id')
    .where('slug', '=', slug)
    .executeTakeFirstOrThrow();
  let rows = made.length;
  for (const version of versions) rows += await layVersion(tx, id, version);
  const kept = versions.map(({ register, language, term }) => `${register} ${language} ${term}`);
  const gone = await sql`delete from core.word_version where word = ${id} and status = 'sources'
    and not (register || ' ' || language || ' ' || term = any(${kept}::text[]))`.execute(tx);
  rows += Number(gone.numAffectedRows ?? 0);
  if (rows === 0) return false;
  await sql`select core.lay_word_open(${id})`.execute(tx);
  return true;
}

async function layVersion(tx: Tx, word: string, version: ToldVersion): Promise<number> {
  const { register, language, term, also, meaning, hides, sources } = version;
  const { rows } = await sql`
    insert into core.word_version as v (word, register, language, term, also, meaning, hides, sources, status)
    values (${word}, ${register}, ${language}, ${term}, ${also}::text[], ${meaning}, ${JSON.stringify(hides)}::jsonb, ${sources}::text[], 'sources')
    on conflict (word, register, language, term) do update
      set also = excluded.also, meaning = coalesce(excluded.meaning, v.meaning), hides = excluded.hides, sources = excluded.sources
      where (v.also, v.hides, v.sources) is distinct from (excluded.also, excluded.hides, excluded.sources)
        or (excluded.meaning is not null and v.meaning is distinct from excluded.meaning)
    returning id`.execute(tx);
  return rows.length;
}
