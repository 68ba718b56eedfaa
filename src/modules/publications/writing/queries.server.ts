import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import type { ArticleKind, Standing } from '../model.ts';
import '../tables.ts';
import type { Picture, WordsGiven, WrittenBlock } from './model.ts';

/** An article as who writes in it sees its head. */
export interface WrittenArticle {
  readonly id: string;
  readonly slug: string;
  readonly kind: ArticleKind;
  readonly title: string;
  readonly opening: string;
  readonly language: string;
  readonly standing: Standing;
}

/** The article of this name in the address in a publication; null when it is not there for who asks. */
export async function articleHere(tx: Tx, publication: string, slug: string): Promise<WrittenArticle | null> {
  const { rows } =
    await sql<WrittenArticle>`select id, slug, kind, title, opening, language, standing from core.article
    where publication = ${publication} and slug = ${slug} and core.works_on(publication)`.execute(tx);
  return rows[0] ?? null;
}

/** The blocks of an article as they are being written, in their order, those that were taken out too; none to who does not work on it. */
export async function blocksOf(tx: Tx, article: string): Promise<WrittenBlock[]> {
  const { rows } = await sql<WrittenBlock>`
    select b.id, b.kind, b.level, b.language, b.text, b.version, b.piece, b.gone_at is not null as gone,
      b.changed_at as "changedAt", w.called as "changedBy", b.changed_by is not distinct from core.viewer_person() as mine,
      coalesce((select jsonb_agg(jsonb_build_object('piece', d.piece, 'way', d.way) order by d.piece, d.way)
        from core.draw d where d.paragraph = b.id), '[]') as draws,
      coalesce((select jsonb_agg(jsonb_build_object('id', o.id, 'text', o.text, 'draws', o.draws, 'called', x.called) order by o.at, o.id)
        from core.paragraph_wording o left join core.who_wrote(${article}) x on x.person = o.by_person
        where o.paragraph = b.id and o.settled_at is null), '[]') as beside,
      (select count(*)::int from core.margin m where m.paragraph = b.id) as margin
    from core.paragraph b left join core.who_wrote(${article}) w on w.person = b.changed_by
    where b.article = ${article} and core.works_on_article(${article}) order by b.place, b.id`.execute(tx);
  return rows;
}

/** The pictures that were brought for a publication, newest first; none to who does not work on it. */
export async function picturesOf(tx: Tx, publication: string): Promise<Picture[]> {
  const { rows } = await sql<Picture>`select id, alt from core.picture
    where publication = ${publication} and core.works_on(${publication}) order by made_at desc, id`.execute(
    tx,
  );
  return rows;
}

/** Words people gave to a publication, for a writer to say because of whose they write; none to who does not work on it. */
export async function wordsGiven(tx: Tx, publication: string): Promise<WordsGiven[]> {
  const { rows } = await sql<WordsGiven>`
    select id, words, language, called from core.own_word
    where publication = ${publication} and core.works_on(${publication}) and core.may_stand_in(id, ${publication}) order by made_at desc, id`.execute(
    tx,
  );
  return rows;
}
