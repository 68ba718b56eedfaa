import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import '../../tables.ts';
import type { Standing } from '../../model.ts';
import type { BlockKind } from '../../writing/model.ts';
import { copiedIn, copiedWords, type ArticleHead, type Flowing, type UsedVoice } from './model.ts';

/** The articles of a publication in their order; none to who does not work on it. */
export async function articlesOf(tx: Tx, publication: string): Promise<ArticleHead[]> {
  const { rows } = await sql<ArticleHead>`
    select a.id, a.slug, a.kind, a.title, a.opening, a.language, a.byline, a.standing, a.told_back_on as "toldBackOn",
      (select count(*)::int from core.paragraph b where b.article = a.id and b.gone_at is null) as blocks
    from core.article a where a.publication = ${publication} and core.works_on(${publication}) order by a.place, a.made_at, a.id`.execute(
    tx,
  );
  return rows;
}

/** What decides whether an article may move on; what was asked of whom is only there for who edits. Null when it is not there. */
export async function flowOf(tx: Tx, publication: string, article: string): Promise<Flowing | null> {
  const { rows } = await sql<{ standing: Standing }>`
    select standing from core.article where id = ${article} and publication = ${publication}`.execute(tx);
  const [found] = rows;
  if (!found) return null;
  const used = await sql<UsedVoice>`
    select u.piece, array_agg(distinct u.way) as ways, max((t.asked_at at time zone 'Europe/Amsterdam')::date) as "askedOn",
      max((t.shown_at at time zone 'Europe/Amsterdam')::date) as "shownOn", max(t.answer) as answer
    from (select d.piece, d.way from core.draw d join core.paragraph b on b.id = d.paragraph where b.article = ${article} and b.gone_at is null
      union select b.piece, 'quotes' from core.paragraph b where b.article = ${article} and b.gone_at is null and b.kind = 'quote') u
    join core.piece p on p.id = u.piece and p.quote is not null left join core.answers_in(${publication}) t on t.piece = p.id group by u.piece`.execute(
    tx,
  );
  const { rows: blocks } = await sql<{ id: string; kind: BlockKind; text: string }>`
    select id, kind, text from core.paragraph where article = ${article} and gone_at is null`.execute(tx);
  const above = await sql<{ text: string }>`
    select unnest(array[a.title, a.opening]) as text from core.article a where a.id = ${article}
    union all select unnest(array[b.title, b.subtitle, b.opening]) from core.publication b where b.id = ${publication}
    union all select distinct c.alt from core.picture c join core.paragraph b on b.picture = c.id where b.article = ${article} and b.gone_at is null`.execute(
    tx,
  );
  const voices = await sql<{ words: string }>`select words from core.voices_laid(${publication})`.execute(tx);
  const said = voices.rows.map(({ words }) => words);
  return {
    standing: found.standing,
    blocks: blocks.length,
    voices: used.rows,
    copied:
      copiedIn(blocks, said).length +
      above.rows.filter(({ text }) => copiedWords(text, said).length > 0).length,
  };
}
