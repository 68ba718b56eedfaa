import { beforeAll, expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import { visitor, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { holds, taggedPhotos } from '../../../../tests/support/media-files.ts';
import { aPerson } from '../../people/testing.ts';
import { writerOf, type Writer } from '../access.ts';
import { workIn } from '../beginning/queries.server.ts';
import { anArticle, aPublication } from '../testing.ts';
import { describePicture, layPicture, removePicture } from './commands.server.ts';
import { parsePictureWords } from './input.ts';
import { pictureBytes, picturesHeld } from './queries.server.ts';

ownDatabase();
const word = 'CANARY-3c7d1f';
let photos: Record<string, Buffer>;
let editor: Viewer;
let writer: Writer;
let book: { id: string; slug: string };

beforeAll(async () => {
  photos = await taggedPhotos(word);
  editor = await aPerson('Noor', [{ role: 'editor' }]);
  book = await aPublication({ by: editor });
  const held = await withViewer(editor, (tx) => workIn(tx, book.slug));
  const proof = writerOf(editor, held && { publication: held.id, part: held.part });
  if (!proof) throw new Error('There is no proof.');
  writer = proof;
}, 60_000);

const words = { alt: 'Drie mensen aan een lange tafel.', credit: 'Amina' };

test('a picture is kept without anything it told, and never without words for who cannot see it', async () => {
  const photo = photos['photo.jpg'] as Buffer;
  expect(holds(photo, word)).toBe(true);
  expect(await layPicture(editor, writer, photo, null)).toMatchObject({ ok: false, reason: 'no_alt' });
  expect(await withViewer(editor, (tx) => picturesHeld(tx, book.id))).toEqual([]);
  const laid = await layPicture(editor, writer, photo, words);
  if (!laid.ok) throw new Error(laid.reason);
  const kept = await withViewer(editor, (tx) => pictureBytes(tx, book.id, laid.value.id));
  expect(kept?.type).toBe('image/webp');
  expect(holds(kept?.bytes ?? Buffer.alloc(0), word)).toBe(false);
  expect(await withViewer(editor, (tx) => picturesHeld(tx, book.id))).toMatchObject([
    { ...words, width: 96, height: 64, used: false },
  ]);
  const samira = await aPerson('Samira');
  expect(await withViewer(samira, (tx) => pictureBytes(tx, book.id, laid.value.id))).toBeNull();
  await expect(withViewer(visitor, (tx) => pictureBytes(tx, book.id, laid.value.id))).rejects.toThrow();
  await expect(layPicture(samira, writer, photo, words)).rejects.toThrow(/row-level security/);
});

test.each([
  ['a drawing', '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', 'photo_svg'],
  ['a document', '%PDF-1.7\n1 0 obj', 'photo_pdf'],
  ['nothing at all', '', 'empty'],
])('%s is refused, and it is said why', async (_, bytes, reason) => {
  expect(await layPicture(editor, writer, Buffer.from(bytes), words)).toMatchObject({ ok: false, reason });
});

test('a picture that a block shows stays; one that nothing shows can go, and its words can be said better', async () => {
  const [shown, loose] = await Promise.all(
    [1, 2].map(async () => {
      const laid = await layPicture(editor, writer, photos['photo.jpg'] as Buffer, words);
      if (!laid.ok) throw new Error(laid.reason);
      return laid.value.id;
    }),
  );
  const article = await anArticle({ publication: book.id, by: editor });
  await withViewer(editor, (tx) =>
    tx
      .insertInto('core.paragraph')
      .values({
        article: article.id,
        place: '1',
        kind: 'image',
        level: null,
        language: 'nl',
        piece: null,
        picture: shown ?? '',
        changed_by: editor.id,
        gone_at: null,
      })
      .execute(),
  );
  const deed = <Value>(work: Parameters<typeof withViewer<Value>>[1]) => withViewer(editor, work);
  expect(await deed((tx) => removePicture(tx, writer, shown ?? ''))).toMatchObject({ ok: false });
  expect(
    await deed((tx) => describePicture(tx, writer, loose ?? '', { alt: 'Een tafel.', credit: '' })),
  ).toMatchObject({ ok: true });
  expect(await deed((tx) => describePicture(tx, writer, loose ?? '', null))).toMatchObject({
    reason: 'no_alt',
  });
  expect(await deed((tx) => removePicture(tx, writer, loose ?? ''))).toMatchObject({ ok: true });
  const left = await deed((tx) => picturesHeld(tx, book.id));
  expect(left.find(({ id }) => id === shown)?.used).toBe(true);
  expect(left.map(({ id }) => id)).not.toContain(loose);
});

test('the words beside a picture are one line of signs that can be seen', () => {
  const form = new FormData();
  form.set('alt', ' Een\n\u0000tafel ');
  form.set('credit', 'A'.repeat(300));
  expect(parsePictureWords(form)).toEqual({ alt: 'Een tafel', credit: 'A'.repeat(200) });
  form.set('alt', 'a');
  expect(parsePictureWords(form)).toBeNull();
});
