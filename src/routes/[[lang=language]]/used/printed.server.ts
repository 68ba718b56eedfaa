import { error } from '@sveltejs/kit';
import { useOfMine } from '#modules/publications/telling-back/queries.server.ts';
import { setBook } from '#modules/publications/setting/jobs.server.ts';
import { proofOf } from '#modules/publications/writing/proof/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { catalogue } from '#platform/i18n/catalogue.ts';
import type { Language } from '#platform/i18n/languages.ts';
import { speaker } from '#platform/i18n/speech.ts';
import type { Viewer } from '#platform/viewer.ts';
import { printed } from '../printed.server.ts';

/** The pages on which somebody's words would be printed, as they see them; the words of other voices are not in it. */
export async function pageOfUse(viewer: Viewer, piece: string, language: Language): Promise<Response> {
  const book = await withViewer(viewer, async (tx) => {
    const use = await useOfMine(tx, piece);
    const [first, ...more] = use?.publication.printed ? use.articles : [];
    if (!use || !first) error(404, 'not found');
    const proof = await proofOf(tx, use.publication.id, { article: first.id, exit: 'paper' });
    if (!proof) error(404, 'not found');
    const articles = [...proof.articles];
    for (const { id } of more)
      articles.push(
        ...((await proofOf(tx, use.publication.id, { article: id, exit: 'paper' }))?.articles ?? []),
      );
    return { ...proof, articles };
  });
  const say = speaker(language, catalogue);
  return printed({ say }, await setBook(book, 'ua-1'), 'page', { kept: false });
}
