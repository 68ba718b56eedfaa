import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import { operator, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { anInsight } from '../../learning/testing.ts';
import { aPerson } from '../../people/testing.ts';
import { aTelling } from '../../stories/testing.ts';
import { editorOf, layerOf, type Layer } from '../access.ts';
import { workIn } from '../beginning/queries.server.ts';
import { coverageIn } from '../coverage/queries.server.ts';
import { aParagraph, aPublication, anArticle } from '../testing.ts';
import { layPiece, putRendering, takePieceOut } from './commands.server.ts';
import type { LayWish } from './model.ts';
import { piecesIn, quotableTelling, quotableTellings } from './queries.server.ts';

ownDatabase();
let teller: Viewer;
let editor: Viewer;
let layer: Viewer;
beforeAll(async () => {
  teller = await aPerson('Noor');
  editor = await aPerson('Redactie', [{ role: 'editor' }]);
  layer = await aPerson('Wie legt');
});

const given = (...uses: ('read' | 'quote-report' | 'web-book' | 'print' | 'translate-people')[]) =>
  uses.map((use) => ({ use, verdict: 'given', audience: 'public' }) as const);
const open = given('read', 'quote-report');
const book = (kind: 'common-story' | 'magazine' = 'common-story') =>
  aPublication({ kind, by: editor, people: [{ viewer: layer, part: 'layer', called: 'Amina' }] });
const as = async (viewer: Viewer, slug: string) => {
  const work = await withViewer(viewer, (tx) => workIn(tx, slug));
  return layerOf(viewer, work && { publication: work.id, part: work.part }) as Layer;
};
const lay = async (slug: string, wish: LayWish) => {
  const who = await as(layer, slug);
  return withViewer(layer, (tx) => layPiece(tx, who, wish));
};
const words = (telling: string, exact: string, blocks: readonly string[] = []): LayWish => ({
  kind: 'words',
  telling,
  blocks,
  exact,
  why: 'Omdat dit het begin is.',
});
const pieces = (viewer: Viewer, publication: string) =>
  withViewer(viewer, (tx) => piecesIn(tx, publication, 'nl'));

test('someone invited to lay pieces lays the exact words of a voice, once, and everyone who works on it reads them', async () => {
  const { id, slug } = await book();
  const told = await aTelling({
    teller,
    says: ['Ik kwam in de winter. Ja.', 'Ja. Het was koud.'],
    consents: open,
    roleThen: 'newcomer',
  });
  expect(await lay(slug, words(told.id, 'Ja.'))).toMatchObject({ reason: 'words_there_twice' });
  expect(await lay(slug, words(told.id, 'in de herfst'))).toMatchObject({ reason: 'words_not_there' });
  expect(await lay(slug, words(told.id, ''))).toMatchObject({ reason: 'nothing_chosen' });
  const first = await lay(slug, words(told.id, 'in de winter'));
  expect(await lay(slug, words(told.id, 'in de winter'))).toEqual(first);
  expect(await pieces(editor, id)).toMatchObject([
    {
      kind: 'quote',
      laidBy: 'Amina',
      mine: false,
      voice: { words: 'in de winter', language: 'nl', roleThen: 'newcomer', telling: told.slug },
    },
  ]);
  expect(await pieces(teller, id)).toEqual([]);
});

test('a whole telling is laid block by block, and an insight as itself', async () => {
  const { id, slug } = await book();
  const told = await aTelling({ teller, says: ['Eerst kwam ik.', 'Toen bleef ik.'], consents: open });
  expect(await lay(slug, { kind: 'telling', telling: told.id, why: '' })).toMatchObject({ ok: true });
  const insight = await anInsight(teller);
  expect(await lay(slug, { kind: 'insight', key: insight.id, why: '' })).toMatchObject({ ok: true });
  expect(await lay(slug, { kind: 'promise', key: insight.id, why: '' })).toMatchObject({
    reason: 'not_open',
  });
  const laid = await pieces(layer, id);
  expect(laid.map(({ kind, voice, shown }) => [kind, voice?.words ?? shown?.name]).sort()).toEqual([
    ['insight', 'Een vaste plek in de week maakt een vreemde stad kleiner.'],
    ['telling', 'Eerst kwam ik.'],
    ['telling', 'Toen bleef ik.'],
  ]);
});

test('a telling whose teller does not let it be used this way cannot be found or laid, and learns nobody that it is there', async () => {
  const report = await book();
  const magazine = await book('magazine');
  const told = await aTelling({ teller, title: 'Zwaluw', says: ['Zwaluw vloog.'], consents: open });
  const closed = await aTelling({
    teller,
    title: 'Zwaluw',
    says: ['Zwaluw bleef.'],
    consents: given('quote-report'),
  });
  const found = (publication: string) =>
    withViewer(layer, (tx) => quotableTellings(tx, publication, 'zwaluw')).then((list) =>
      list.map(({ id }) => id),
    );
  expect(await found(report.id)).toEqual([told.id]);
  expect(await found(magazine.id)).toEqual([]);
  expect(await withViewer(layer, (tx) => quotableTelling(tx, magazine.id, told.slug))).toBeNull();
  for (const [slug, telling] of [
    [magazine.slug, told.id],
    [report.slug, closed.id],
    [report.slug, editor.id ?? ''],
  ] as const)
    expect(await lay(slug, words(telling, 'Zwaluw'))).toEqual({
      ok: false,
      reason: 'telling_not_quotable',
      details: {},
    });
});

test('the words are gone from the desk in the moment the teller takes that use back', async () => {
  const { id, slug } = await book();
  const told = await aTelling({ teller, says: ['Kanarie in de kou.'], consents: open });
  await lay(slug, words(told.id, 'Kanarie'));
  await withViewer(teller, (tx) =>
    sql`insert into core.consent (item, use, verdict, audience, shown_in, how, said_by) values (${told.id}, 'quote-report', 'taken-back', 'circle', 'nl', 'screen', ${teller.id})`.execute(
      tx,
    ),
  );
  expect((await pieces(editor, id)).filter(({ voice }) => voice !== null)).toEqual([]);
  expect(
    await withViewer(layer, (tx) => sql`select exact from core.quote`.execute(tx).then(({ rows }) => rows)),
  ).not.toContainEqual({ exact: 'Kanarie' });
});

test('a piece that a paragraph rests on stays; otherwise who laid it takes it out, and its words are held no longer', async () => {
  const { id, slug } = await book();
  const told = await aTelling({ teller, says: ['Ik bleef.'], consents: open });
  const laid = await lay(slug, words(told.id, 'bleef'));
  const piece = (laid.ok && laid.value[0]) || expect.unreachable();
  const article = await anArticle({ publication: id });
  const paragraph = await aParagraph({ article: article.id, draws: [{ piece, way: 'joins' }] });
  const out = async (viewer: Viewer) => {
    const who = await as(viewer, slug);
    return withViewer(viewer, (tx) => takePieceOut(tx, who, piece));
  };
  expect(await out(layer)).toMatchObject({ reason: 'piece_in_use' });
  await withViewer(editor, (tx) => sql`delete from core.draw where paragraph = ${paragraph.id}`.execute(tx));
  const writer = await aPerson('Ander');
  await withViewer(operator, (tx) =>
    sql`insert into core.publication_person (publication, person_id, part) values (${id}, ${writer.id}, 'writer')`.execute(
      tx,
    ),
  );
  expect(await out(writer)).toMatchObject({ reason: 'piece_unknown' });
  expect(await out(layer)).toMatchObject({ ok: true });
  const held = await withViewer(teller, (tx) =>
    sql`select id from core.quote where telling = ${told.id}`.execute(tx),
  );
  expect(held.rows).toEqual([]);
});

test('words in another language stand beside a piece only where the teller lets them be put into it', async () => {
  const { id, slug } = await book();
  const without = await aTelling({ teller, says: ['Ik ging.'], consents: open });
  const dutch = await aTelling({
    teller,
    says: ['Ik kwam.'],
    consents: [...open, { use: 'translate-people', verdict: 'given', audience: 'public', languages: ['ar'] }],
  });
  const who = await as(layer, slug);
  const put = (piece: string, language: string, said = 'جئت.') =>
    withViewer(layer, (tx) =>
      putRendering(tx, who, { piece, language, words: said, signs: true, madeHow: 'person' }),
    );
  const first = async (telling: string) => {
    const laid = await lay(slug, { kind: 'telling', telling, why: '' });
    return (laid.ok && laid.value[0]) || expect.unreachable();
  };
  expect(await put(await first(without.id), 'ar')).toMatchObject({ reason: 'beside_not_wished' });
  const piece = await first(dutch.id);
  expect(await put(piece, 'uk')).toMatchObject({ reason: 'beside_not_wished' });
  expect(await put(piece, 'ar', '')).toMatchObject({ reason: 'beside_empty' });
  expect(await put(piece, 'ar')).toMatchObject({ ok: true });
  expect(await put(piece, 'ar')).toMatchObject({ reason: 'beside_there' });
  const seen = (await pieces(editor, id)).find((one) => one.id === piece);
  expect(seen?.renderings).toEqual([
    { language: 'ar', words: 'جئت.', signedAs: 'Amina', madeHow: 'person', mine: false },
  ]);
  expect(editorOf(layer, { publication: id, part: 'layer' })).toBeNull();
  const covered = await withViewer(editor, (tx) => coverageIn(tx, id));
  expect(covered.find(({ side }) => side === 'language')).toMatchObject({ carried: [], waiting: ['nl'] });
});

test('who puts words in another language beside a piece signs in their own name or none', async () => {
  const { id, slug } = await book();
  const { id: telling } = await aTelling({
    teller,
    says: ['Ik bleef.'],
    consents: [...open, ...given('translate-people')],
  });
  const laid = await lay(slug, { kind: 'telling', telling, why: '' });
  const piece = (laid.ok && laid.value[0]) || expect.unreachable();
  const who = await as(layer, slug);
  for (const [language, signs] of [
    ['fr', true],
    ['tr', false],
  ] as const)
    await withViewer(layer, (tx) =>
      putRendering(tx, who, { piece, language, words: '…', signs, madeHow: 'person' }),
    );
  const seen = (await pieces(editor, id)).find((one) => one.id === piece);
  expect(seen?.renderings).toMatchObject([
    { language: 'fr', signedAs: 'Amina' },
    { language: 'tr', signedAs: null },
  ]);
});
