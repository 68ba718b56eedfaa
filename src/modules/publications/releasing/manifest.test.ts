import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import { operator, visitor, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { speakerOf, type Speaker } from '../../consent/access.ts';
import { takeBack } from '../../consent/commands.server.ts';
import type { Use } from '../../consent/model.ts';
import { aPerson } from '../../people/testing.ts';
import { aTelling } from '../../stories/testing.ts';
import { aParagraph, aPiece, aPublication, anArticle } from '../testing.ts';

ownDatabase();
let editor: Viewer;
let noor: Viewer;
beforeAll(async () => {
  editor = await aPerson('Redacteur', [{ role: 'editor' }]);
  noor = await aPerson('Noor');
});

const given = (use: Use) => ({ use, verdict: 'given', audience: 'public' }) as const;
const shown = (piece: string, person: Viewer) =>
  withViewer(operator, (tx) =>
    sql`insert into core.told_back (piece, person_id, language, shown_hash, shown_at) values (${piece}, ${person.id}, 'nl', sha256('x'), now())`.execute(
      tx,
    ),
  );
const release = (publication: string) =>
  withViewer(editor, async (tx) => {
    const { rows } = await sql<{
      edition: string;
    }>`select core.release_edition(${publication}, '') as edition`.execute(tx);
    return rows[0]?.edition ?? '';
  });
const count = async (table: string) => {
  const { rows } = await withViewer(visitor, (tx) =>
    sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(tx),
  );
  return rows[0]?.n;
};

test('an edition goes out with its voices and loses them in the moment in which they are taken back', async () => {
  const telling = await aTelling({
    teller: noor,
    says: ['Ik kwam 😀 in de winter aan.'],
    consents: [given('read'), given('quote-report')],
  });
  const publication = await aPublication({ by: editor });
  const article = await anArticle({ publication: publication.id, standing: 'ready' });
  const piece = await aPiece({
    publication: publication.id,
    by: editor,
    quote: { telling: telling.id, exact: '😀 in de winter' },
  });
  await aParagraph({ article: article.id, piece: piece.id });
  await aParagraph({
    article: article.id,
    text: 'Zij kwam toen het koud was.',
    draws: [{ piece: piece.id, way: 'paraphrases' }],
  });
  await aParagraph({
    article: article.id,
    text: 'Wij zeggen iets anders.',
    draws: [{ piece: piece.id, way: 'differs' }],
  });
  await expect(release(publication.id)).rejects.toMatchObject({ constraint: 'voice_not_shown' });
  await shown(piece.id, noor);
  const edition = await release(publication.id);
  const voices = await withViewer(visitor, (tx) =>
    tx.selectFrom('pub.edition_voice').selectAll().where('edition', '=', edition).execute(),
  );
  expect(voices).toMatchObject([
    { words: '😀 in de winter', on_web: true, on_paper: true, telling: telling.slug },
  ]);
  expect(await count('pub.edition_paragraph')).toBe(3);
  expect(await count('pub.edition_draw')).toBe(3);
  await withViewer(noor, (tx) =>
    takeBack(tx, speakerOf(noor) as Speaker, { item: telling.id, language: 'nl', how: 'screen' }),
  );
  expect(await count('pub.edition_voice')).toBe(0);
  expect(await count('pub.edition_paragraph')).toBe(1);
  expect(await count('pub.edition_draw')).toBe(0);
  const errata = await withViewer(visitor, (tx) =>
    tx.selectFrom('pub.erratum').select(['kind', 'printed', 'article']).execute(),
  );
  expect(errata).toEqual([{ kind: 'paragraph-left', printed: true, article: article.id }]);
});
