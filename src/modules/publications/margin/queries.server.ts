import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import '../tables.ts';
import type { Beside } from './model.ts';

/** A block of a publication and what stands beside it, for who works on it. */
export interface WithMargin {
  readonly article: { readonly slug: string; readonly title: string; readonly language: string };
  readonly text: string;
  readonly language: string;
  /** The words of the voice it quotes, when it does. */
  readonly quoted: string | null;
  readonly beside: readonly Beside[];
}

/** A block with its margin, in the order in which people said it; null when it is not there for who asks. */
export async function withMargin(tx: Tx, publication: string, paragraph: string): Promise<WithMargin | null> {
  const { rows } = await sql<WithMargin>`
    select json_build_object('slug', a.slug, 'title', a.title, 'language', a.language) as article, b.text, coalesce(w.language, b.language) as language,
      coalesce(q.exact, w.words) as quoted,
      coalesce((select json_agg(json_build_object('id', o.id, 'words', o.words, 'language', o.language, 'called', o.called, 'stance', o.stance, 'mine', core.tells(o.id)) order by o.made_at, o.id)
        from core.margin m join core.own_word o on o.id = m.own_word where m.paragraph = b.id), '[]') as beside
    from core.paragraph b join core.article a on a.id = b.article left join core.piece p on p.id = b.piece
    left join core.quote q on q.id = p.quote left join core.own_word w on w.id = p.own_word
    where b.id = ${paragraph} and b.gone_at is null and a.publication = ${publication}`.execute(tx);
  return rows[0] ?? null;
}
