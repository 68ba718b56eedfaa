import {
  aroundVoice,
  restingBlocks,
  type UsedPiece,
  type UsedShown,
} from '#modules/publications/telling-back/model.ts';
import { proofOf } from '#modules/publications/writing/proof/queries.server.ts';
import type { Tx } from '#platform/db.server.ts';

/** What a use looks like to whoever is used; around it nothing, until they asked to see it. */
export async function shownTo(
  tx: Tx,
  use: UsedPiece,
  others: readonly UsedPiece[],
  to: (piece: string) => string,
): Promise<UsedShown> {
  const isOut = use.articles.length > 0 && use.articles.every(({ released }) => released);
  const articles = [];
  for (const { id } of use.seen || isOut ? use.articles : []) {
    const book = await proofOf(tx, use.publication.id, { article: id, exit: 'web' });
    for (const article of book?.articles ?? []) {
      const { slug, title, opening, language } = article;
      articles.push({ slug, title, opening, language, around: aroundVoice(article, use.voice) });
    }
  }
  return {
    use,
    articles,
    blocks: restingBlocks(articles),
    others: others
      .filter(({ piece }) => piece !== use.piece)
      .map(({ piece, words, language }) => ({ piece, words, language, to: to(piece) })),
  };
}
