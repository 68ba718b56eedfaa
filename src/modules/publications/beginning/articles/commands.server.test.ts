import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import { operator } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../../tests/support/database.ts';
import { aPerson } from '../../../people/testing.ts';
import { aTelling } from '../../../stories/testing.ts';
import { editorOf, type Editor } from '../../access.ts';
import type { Standing } from '../../model.ts';
import { aParagraph, aPiece, aPublication, anArticle } from '../../testing.ts';
import { changeArticle, moveArticle } from './commands.server.ts';
import { flowOf } from './queries.server.ts';

ownDatabase();

const said = 'Ik kwam in de winter aan en niemand deed open die avond';
async function aBook(standing: Exclude<Standing, 'released'>) {
  const by = await aPerson('Redactie', [{ role: 'editor' }]);
  const teller = await aPerson('Semhar');
  const given = { verdict: 'given', audience: 'public' } as const;
  const telling = await aTelling({
    teller,
    says: [said],
    consents: [
      { use: 'read', ...given },
      { use: 'quote-report', ...given },
    ],
  });
  const { id } = await aPublication({ by });
  const article = await anArticle({ publication: id, standing });
  const piece = await aPiece({ publication: id, by, telling: telling.id });
  await aParagraph({ article: article.id, piece: piece.id });
  const editor = editorOf(by, { publication: id, part: 'editor' }) as Editor;
  const flow = () => withViewer(by, (tx) => flowOf(tx, id, article.id));
  const head = (title: string, opening = '') =>
    withViewer(by, (tx) =>
      changeArticle(tx, editor, article.id, {
        kind: 'section',
        title,
        opening,
        language: 'nl',
        byline: ['A.'],
      }),
    );
  return { by, id, article: article.id, editor, flow, head };
}

test('nothing is ready while a title, an opening, the cover or the text of a picture holds the words of a voice', async () => {
  const { by, id, article, editor, flow, head } = await aBook('told-back');
  expect(await flow()).toMatchObject({ copied: 0 });
  await head(`“${said}”`, `Zij zei: ${said}.`);
  expect(await flow()).toMatchObject({ copied: 2 });
  await head('Winter');
  await withViewer(by, (tx) =>
    sql`update core.publication set subtitle = ${said} where id = ${id}`.execute(tx),
  );
  await withViewer(operator, (tx) =>
    sql`with p as (insert into core.picture (publication, type, bytes, width, height, alt) values (${id}, 'image/webp', 'x', 1, 1, ${`Een deur. ${said}`}) returning id)
      insert into core.paragraph (article, place, kind, language, picture) select ${article}, 9, 'image', 'nl', id from p`.execute(
      tx,
    ),
  );
  expect(await flow()).toMatchObject({ copied: 2 });
  await withViewer(operator, (tx) =>
    sql`insert into core.told_back (piece, person_id, language, answer, answered_at) select id, laid_by, 'nl', 'agree', now() from core.piece where publication = ${id}`.execute(
      tx,
    ),
  );
  expect(await withViewer(by, (tx) => moveArticle(tx, editor, article, 'ready'))).toMatchObject({
    reason: 'words_copied',
    details: { count: 2 },
  });
});

test('what was ready is a draft again under another title, and not for another name under it', async () => {
  const { flow, head } = await aBook('ready');
  await head('Winter');
  expect(await flow()).toMatchObject({ standing: 'draft' });
  const { by, article, ...ready } = await aBook('ready');
  const was = await withViewer(by, (tx) =>
    tx
      .selectFrom('core.article')
      .select(['title', 'opening'])
      .where('id', '=', article)
      .executeTakeFirstOrThrow(),
  );
  await ready.head(was.title, was.opening);
  expect(await ready.flow()).toMatchObject({ standing: 'ready' });
});
