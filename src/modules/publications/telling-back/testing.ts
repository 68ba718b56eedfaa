import { withViewer } from '#platform/db.server.ts';
import type { Viewer } from '#platform/viewer.ts';
import { aPerson } from '../../people/testing.ts';
import { aTelling } from '../../stories/testing.ts';
import { editorOf, type Editor } from '../access.ts';
import { anArticle, aParagraph, aPiece, aPublication } from '../testing.ts';
import { usedOf, type Used } from './access.ts';
import { showUse, tellBack } from './commands.server.ts';

/** The words that are used. */
export const words = 'We dronken thee tot het donker werd.';
/** Somebody as whoever is used. */
export const used = (viewer: Viewer): Used => usedOf(viewer) ?? { person: '', speaks: true, used: true };

/** A voice that is quoted, paraphrased, joined and answered in the one section of a common story, and told so: `aUse({ recordedBy })`. */
export async function aUse({ recordedBy }: { recordedBy?: Viewer } = {}) {
  const by = await aPerson('Redactie', [{ role: 'editor' }]);
  const teller = await aPerson('Semhar');
  const given = { verdict: 'given', audience: 'public' } as const;
  const telling = await aTelling({
    teller,
    says: [`Elke avond was er bezoek. ${words}`],
    consents: [
      { use: 'read', ...given },
      { use: 'quote-report', ...given },
    ],
    ...(recordedBy && { recordedBy }),
  });
  const publication = await aPublication({ by });
  const article = await anArticle({ publication: publication.id });
  const piece = await aPiece({
    publication: publication.id,
    by,
    quote: { telling: telling.id, exact: words },
  });
  const rests = async (way: 'paraphrases' | 'joins' | 'answers', text: string) =>
    (await aParagraph({ article: article.id, text, draws: [{ piece: piece.id, way }] })).id;
  const quoted = await aParagraph({ article: article.id, piece: piece.id });
  const retold = await rests('paraphrases', 'Zij vertelt van lange avonden.');
  const joined = await rests('joins', 'Velen vertellen van avonden.');
  const answered = await rests('answers', 'Wij vroegen ons af hoe dat was.');
  const editor = editorOf(by, { publication: publication.id, part: 'editor' }) as Editor;
  await withViewer(by, (tx) => tellBack(tx, editor, [piece.id], 'https://huis.example'));
  const show = () => withViewer(teller, (tx) => showUse(tx, used(teller), piece.id));
  return { by, editor, teller, telling, publication, piece, quoted, retold, joined, answered, show };
}
