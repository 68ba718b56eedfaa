import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import type { Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { aPerson } from '../../people/testing.ts';
import { aTelling } from '../../stories/testing.ts';
import { writerOf, type Writer } from '../access.ts';
import '../tables.ts';
import { aParagraph, aPiece, anArticle, aPublication } from '../testing.ts';
import { writeDeed } from './commands.server.ts';
import type { Deed } from './model.ts';

ownDatabase();

/** Someone who writes, with the proof that they may. */
interface Hand {
  readonly viewer: Viewer;
  readonly writer: Writer;
}

let editor: Viewer;
let one: Hand;
let two: Hand;
let layer: Viewer;
let publication: string;
let article: string;
let pieces: string[];

beforeAll(async () => {
  editor = await aPerson('Redacteur', [{ role: 'editor' }]);
  const [first, second, third, teller] = await Promise.all([
    aPerson('Een'),
    aPerson('Twee'),
    aPerson('Legt'),
    aPerson('Vertelt'),
  ]);
  layer = third;
  publication = (
    await aPublication({
      by: editor,
      people: [
        { viewer: first, part: 'writer', called: 'Een' },
        { viewer: second, part: 'writer', called: 'Twee' },
        { viewer: third, part: 'layer' },
      ],
    })
  ).id;
  const proof = (viewer: Viewer): Hand => {
    const writer = writerOf(viewer, { publication, part: 'writer' });
    if (!writer) throw new Error('not a writer');
    return { viewer, writer };
  };
  [one, two] = [proof(first), proof(second)];
  article = (await anArticle({ publication })).id;
  const telling = await aTelling({
    teller,
    says: ['Ik kwam in de winter. Niemand wist waar ik sliep.'],
    consents: [{ use: 'quote-report', verdict: 'given', audience: 'public' }],
  });
  pieces = [];
  for (const exact of ['Ik kwam in de winter.', 'Niemand wist waar ik sliep.'])
    pieces.push((await aPiece({ publication, by: editor, quote: { telling: telling.id, exact } })).id);
});

const done = async ({ viewer, writer }: Hand, deed: Deed) => {
  const answer = await withViewer(viewer, (tx) => writeDeed(tx, writer, article, deed));
  if (!answer.ok) throw new Error(answer.reason);
  return answer.value;
};
const write = (hand: Hand, paragraph: string, base: number, text: string, more: Partial<Deed> = {}) =>
  done(hand, {
    ...{ deed: 'write', op: randomUUID(), paragraph, base, text, draws: [], follows: null, because: null },
    ...more,
  } as Deed);
const add = (hand: Hand, text: string, more: Partial<Deed> = {}) =>
  done(hand, {
    ...{
      deed: 'add',
      op: randomUUID(),
      paragraph: randomUUID(),
      kind: 'paragraph',
      level: null,
      language: 'nl',
    },
    ...{ text, draws: [], piece: null, picture: null, after: null },
    ...more,
  } as Deed);
const kept = (paragraph: string) =>
  withViewer(one.viewer, async (tx) => ({
    ...(await tx
      .selectFrom('core.paragraph')
      .select(['text', 'version', 'gone_at'])
      .where('id', '=', paragraph)
      .executeTakeFirstOrThrow()),
    draws: await tx
      .selectFrom('core.draw')
      .select(['piece', 'way'])
      .where('paragraph', '=', paragraph)
      .execute(),
    beside: await tx
      .selectFrom('core.paragraph_wording')
      .select(['id', 'text', 'settled_at'])
      .where('paragraph', '=', paragraph)
      .orderBy('at')
      .execute(),
  }));
const order = () =>
  withViewer(one.viewer, (tx) =>
    tx
      .selectFrom('core.paragraph')
      .select('text')
      .where('article', '=', article)
      .where('gone_at', 'is', null)
      .orderBy('place')
      .execute(),
  );

test('a deed that comes twice is done once, and answered as before', async () => {
  const op = randomUUID();
  const { paragraph } = await add(one, 'Wij kwamen aan en bleven.');
  const first = await write(one, paragraph, 1, 'Wij kwamen laat aan en bleven.', { op });
  await write(two, paragraph, 2, 'Wij kwamen laat aan en bleven lang.');
  expect(await write(one, paragraph, 1, 'Wij kwamen laat aan en bleven.', { op })).toEqual(first);
  expect(await kept(paragraph)).toMatchObject({ text: 'Wij kwamen laat aan en bleven lang.', version: 3 });
});

test('other words under the key of a deed that was done, as from a page that was gone back to, are another deed', async () => {
  const [op, begun] = [randomUUID(), randomUUID()];
  const { paragraph } = await add(one, 'Eerst dit.', { op: begun });
  await write(one, paragraph, 1, 'Eerst dit en dat.', { op });
  await write(one, paragraph, 1, 'Eerst dit en iets anders.', { op });
  expect((await kept(paragraph)).text).toBe('Eerst dit en iets anders.');
  const other = await add(one, 'Heel iets anders.', { op: begun, paragraph });
  expect(other.paragraph).not.toBe(paragraph);
  expect((await kept(other.paragraph)).text).toBe('Heel iets anders.');
});

test('two who write at once are joined word by word, and each draw stays', async () => {
  const [a = '', b = ''] = pieces;
  const { paragraph } = await add(one, 'Wij kwamen aan en bleven hier.', {
    draws: [{ piece: a, way: 'joins' }],
  });
  const drawn = [{ piece: a, way: 'joins' as const }];
  await write(one, paragraph, 1, 'Wij kwamen samen aan en bleven hier.', {
    draws: [...drawn, { piece: b, way: 'answers' }],
  });
  const landed = await write(two, paragraph, 1, 'Wij kwamen aan en bleven jaren hier.', { draws: drawn });
  expect(landed.landing).toBe('merged');
  const now = await kept(paragraph);
  expect(now.text).toBe('Wij kwamen samen aan en bleven jaren hier.');
  expect(now.draws).toHaveLength(2);
});

test('the same words changed by two stand beside each other until somebody joins them; who goes on offline goes on', async () => {
  const { paragraph } = await add(one, 'Zij bleef.');
  await write(one, paragraph, 1, 'Zij bleef even.');
  const op = randomUUID();
  expect((await write(two, paragraph, 1, 'Zij bleef lang.', { op })).landing).toBe('beside');
  // The device of two does not know that yet and writes on.
  expect((await write(two, paragraph, 1, 'Zij bleef heel lang.', { follows: op })).landing).toBe('beside');
  const beside = await kept(paragraph);
  expect(beside.text).toBe('Zij bleef even.');
  const open = beside.beside.filter(({ settled_at }) => settled_at === null);
  expect(open.map(({ text }) => text)).toEqual(['Zij bleef heel lang.']);
  await done(one, {
    ...{ deed: 'join', op: randomUUID(), paragraph, base: beside.version, follows: null, draws: [] },
    ...{ text: 'Zij bleef even, en toen heel lang.', settles: open.map(({ id }) => id) },
  });
  const joined = await kept(paragraph);
  expect(joined.text).toBe('Zij bleef even, en toen heel lang.');
  expect(joined.beside.every(({ settled_at }) => settled_at !== null)).toBe(true);
});

test('who writes on after their words were joined with another’s takes nothing of the other away', async () => {
  const [a = '', b = ''] = pieces;
  const { paragraph } = await add(one, 'Wij kwamen aan en bleven hier.');
  await write(one, paragraph, 1, 'Wij kwamen samen aan en bleven hier.', {
    draws: [{ piece: a, way: 'joins' }],
  });
  const op = randomUUID();
  const mine = [{ piece: b, way: 'answers' as const }];
  await write(two, paragraph, 1, 'Wij kwamen aan en bleven jaren hier.', { op, draws: mine });
  await write(two, paragraph, 1, 'Wij kwamen aan en bleven twintig jaren hier.', {
    follows: op,
    draws: mine,
  });
  const now = await kept(paragraph);
  expect(now.text).toBe('Wij kwamen samen aan en bleven twintig jaren hier.');
  expect(now.draws).toHaveLength(2);
});

test('what is written in a block that was taken out is kept with it, and comes back with it', async () => {
  const { paragraph } = await add(one, 'Wij zaten bij het water.');
  await done(one, { deed: 'take-out', op: randomUUID(), paragraph });
  const landed = await write(two, paragraph, 1, 'Wij zaten lang bij het water.');
  expect(landed.landing).toBe('kept-out');
  await done(two, { deed: 'bring-back', op: randomUUID(), paragraph });
  expect(await kept(paragraph)).toMatchObject({ text: 'Wij zaten lang bij het water.', gone_at: null });
});

test('blocks stand where they were put, also after a hundred moves to the same place', async () => {
  const other = (await anArticle({ publication })).id;
  const here = article;
  article = other;
  const [x, y, z] = [await add(one, 'x'), await add(one, 'y'), await add(one, 'z\n\nw')];
  expect((await order()).map(({ text }) => text)).toEqual(['z', 'w', 'y', 'x']);
  for (let turn = 0; turn < 100; turn++)
    await done(turn % 2 ? one : two, {
      deed: 'move',
      op: randomUUID(),
      paragraph: (turn % 2 ? x : y).paragraph,
      after: z.paragraph,
    });
  expect((await order()).map(({ text }) => text)).toEqual(['z', 'x', 'y', 'w']);
  article = here;
});

test('a quote holds no words; it rests on its piece, and on none that lies elsewhere', async () => {
  const [piece = ''] = pieces;
  const { paragraph } = await add(one, '', { kind: 'quote', piece });
  expect(await kept(paragraph)).toMatchObject({ text: '', draws: [{ piece, way: 'quotes' }] });
  const elsewhere = (await aPublication({ by: editor })).id;
  const strange = await anArticle({ publication: elsewhere });
  await expect(add(one, '', { kind: 'quote', piece: strange.id })).rejects.toThrow('writing.refused.piece');
  const answer = await withViewer(one.viewer, (tx) =>
    writeDeed(tx, one.writer, strange.id, { deed: 'take-out', op: randomUUID(), paragraph }),
  );
  expect(answer).toMatchObject({ ok: false, reason: 'writing.refused.unknown' });
});

test('who only lays pieces writes nothing, whatever proof they claim', async () => {
  const { paragraph } = await add(one, 'Dit blijft.');
  const claimed = writerOf(layer, { publication, part: 'writer' });
  if (!claimed) throw new Error('no proof');
  const answer = await withViewer(layer, (tx) =>
    writeDeed(tx, claimed, article, { deed: 'take-out', op: randomUUID(), paragraph }),
  );
  expect(answer).toMatchObject({ ok: false, reason: 'writing.refused.unknown' });
  expect((await kept(paragraph)).gone_at).toBeNull();
});

test('what was ready is a draft again once somebody writes in it', async () => {
  const ready = (await anArticle({ publication, standing: 'ready' })).id;
  const { id } = await aParagraph({ article: ready, text: 'Klaar.' });
  await withViewer(one.viewer, (tx) =>
    writeDeed(tx, one.writer, ready, { deed: 'take-out', op: randomUUID(), paragraph: id }),
  );
  const { standing } = await withViewer(one.viewer, (tx) =>
    tx.selectFrom('core.article').select('standing').where('id', '=', ready).executeTakeFirstOrThrow(),
  );
  expect(standing).toBe('draft');
});

test('words that retell a voice do not come back by a deed that waited while the voice left; what answers it comes without it', async () => {
  const [stays = ''] = pieces;
  const gone = randomUUID();
  const retells = [{ piece: gone, way: 'paraphrases' as const }];
  const tried = (deed: Deed) =>
    withViewer(one.viewer, (tx) => writeDeed(tx, one.writer, article, deed)).then((answer) =>
      answer.ok ? answer.value.landing : answer.reason,
    );
  const op = () => randomUUID();
  const said = { text: 'Zij sliep nergens.', draws: retells };
  const { paragraph } = await add(one, 'Wij wisten van niets.');
  const begun = {
    kind: 'paragraph',
    level: null,
    language: 'nl',
    piece: null,
    picture: null,
    after: null,
  } as const;
  const onto = { base: 1, follows: null, paragraph };
  for (const deed of [
    { deed: 'add', op: op(), paragraph: op(), ...begun, ...said },
    { deed: 'write', op: op(), because: null, ...onto, ...said },
    { deed: 'join', op: op(), settles: [], ...onto, ...said },
  ] as const)
    expect(await tried(deed)).toBe('writing.refused.piece');
  const answers = [gone, stays].map((each) => ({ piece: each, way: 'answers' as const }));
  expect(
    await tried({ deed: 'write', op: op(), because: null, ...onto, text: 'Wij antwoorden.', draws: answers }),
  ).toBe('laid');
  expect(await kept(paragraph)).toMatchObject({ text: 'Wij antwoorden.', draws: [{ piece: stays }] });
});

test('who lets go of a voice while the words stay is told that they would stay without it', async () => {
  const [piece = ''] = pieces;
  const { paragraph } = await add(one, 'Zij kwam in de winter.', { draws: [{ piece, way: 'paraphrases' }] });
  expect((await write(one, paragraph, 1, 'Zij kwam in de winter.', { draws: [] })).landing).toBe('let-go');
});
