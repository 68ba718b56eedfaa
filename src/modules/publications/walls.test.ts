import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import type { Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../tests/support/database.ts';
import { aPerson } from '../people/testing.ts';
import { aTelling } from '../stories/testing.ts';
import { aParagraph, aPiece, aPublication, anArticle } from './testing.ts';

ownDatabase();
let teller: Viewer;
let editor: Viewer;
beforeAll(async () => {
  teller = await aPerson('Noor');
  editor = await aPerson('Redactie', [{ role: 'editor' }]);
});

test('a quote is made for the use of its publication, on the consent to that use', async () => {
  const telling = await aTelling({
    teller,
    says: ['Ik kwam in de winter.'],
    consents: [
      { use: 'read', verdict: 'given', audience: 'public' },
      { use: 'web-book', verdict: 'given', audience: 'public' },
      { use: 'print', verdict: 'given', audience: 'public' },
    ],
  });
  const magazine = await aPublication({ kind: 'magazine', by: editor });
  const article = await anArticle({ publication: magazine.id });
  const piece = await aPiece({
    publication: magazine.id,
    by: editor,
    quote: { telling: telling.id, exact: 'in de winter' },
  });
  await aParagraph({ article: article.id, piece: piece.id });
  const { rows } = await withViewer(editor, (tx) =>
    sql`select exact, use from core.quote where id = ${piece.quote}`.execute(tx),
  );
  expect(rows).toEqual([{ exact: 'in de winter', use: 'web-book' }]);
  const lines = await withViewer(teller, (tx) =>
    sql`select kind, use, consent is not null as consented from core.lineage where item = ${telling.id} order by kind`.execute(
      tx,
    ),
  );
  expect(lines.rows).toEqual([
    { kind: 'piece', use: 'web-book', consented: true },
    { kind: 'quote', use: 'web-book', consented: true },
  ]);
});
