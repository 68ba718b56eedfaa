import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import { operator } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../../tests/support/database.ts';
import { aPerson } from '../../../people/testing.ts';
import { aTelling } from '../../../stories/testing.ts';
import { aParagraph, aPiece, anArticle, aPublication } from '../../testing.ts';
import { proofOf } from './queries.server.ts';

ownDatabase();

async function aDraft() {
  const editor = await aPerson('Redacteur', [{ role: 'editor' }]);
  const [teller, other] = [await aPerson('Vertelt'), await aPerson('Vertelt ook')];
  const publication = await aPublication({ by: editor });
  const article = await anArticle({ publication: publication.id });
  const quoted = async (by: typeof teller, says: string) => {
    const telling = await aTelling({
      teller: by,
      says: [says],
      otherName: 'Semhar',
      consents: [{ use: 'quote-report', verdict: 'given', audience: 'public', nameForm: 'other' }],
    });
    const piece = await aPiece({
      publication: publication.id,
      by: editor,
      quote: { telling: telling.id, exact: says },
    });
    await aParagraph({ article: article.id, piece: piece.id });
    return piece;
  };
  const mine = await quoted(teller, 'Ik kwam in de winter.');
  const theirs = await quoted(other, 'Niemand wist waar ik sliep.');
  await aParagraph({
    article: article.id,
    text: 'Zij vertelt van *kou*.',
    draws: [{ piece: mine.id, way: 'paraphrases' }],
  });
  return { editor, teller, publication, article, mine, theirs };
}

test('who works on a publication sees it as it would go out, each voice under the name it chose', async () => {
  const { editor, publication, article } = await aDraft();
  const book = await withViewer(editor, (tx) => proofOf(tx, publication.id, { exit: 'web' }));
  expect(book).toMatchObject({ edition: null, releasedOn: null, exit: 'web', slug: publication.slug });
  expect(book?.articles[0]?.blocks).toMatchObject([
    { type: 'quote', voice: { words: 'Ik kwam in de winter.', called: 'Semhar', language: 'nl' } },
    { type: 'quote', voice: { words: 'Niemand wist waar ik sliep.' } },
    { type: 'paragraph', inlines: [{ text: 'Zij vertelt van ' }, { text: 'kou', em: true }, { text: '.' }] },
  ]);
  const paper = await withViewer(editor, (tx) =>
    proofOf(tx, publication.id, { article: article.id, exit: 'paper' }),
  );
  expect(paper?.articles).toHaveLength(1);
});

test('a voice that consents to this no longer is not in it, and neither is what retells it', async () => {
  const { editor, teller, publication, mine } = await aDraft();
  await withViewer(operator, async (tx) => {
    await sql`insert into core.consent (item, use, verdict, seen_hash, shown_in, how, said_by)
      select c.item, c.use, 'taken-back', c.seen_hash, 'nl', 'screen', ${teller.id} from core.consent c
      join core.quote q on q.telling = c.item where q.id = ${mine.quote}`.execute(tx);
  });
  const book = await withViewer(editor, (tx) => proofOf(tx, publication.id, { exit: 'web' }));
  expect(JSON.stringify(book)).not.toContain('winter');
  expect(JSON.stringify(book)).not.toContain('kou');
  expect(JSON.stringify(book)).toContain('Niemand wist waar ik sliep.');
});

test('who was told how they are used sees their own words in it and no other voice; a stranger sees nothing', async () => {
  const { editor, teller, publication, mine } = await aDraft();
  const see = () => withViewer(teller, (tx) => proofOf(tx, publication.id, { exit: 'web' }));
  expect(await see()).toBeNull();
  await withViewer(editor, (tx) => sql`select core.tell_back(${mine.id})`.execute(tx));
  const book = await see();
  expect(JSON.stringify(book)).toContain('Ik kwam in de winter.');
  expect(JSON.stringify(book)).toContain('kou');
  expect(JSON.stringify(book)).not.toContain('Niemand wist');
});
