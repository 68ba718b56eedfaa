import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { holds, taggedPhotos, taggedVoices } from '../../../../tests/support/media-files.ts';
import { withViewer } from '#platform/db.server.ts';
import { operator, visitor, type Viewer } from '#platform/viewer.ts';
import { aPerson } from '../../people/testing.ts';
import type { Audience } from '../../consent/model.ts';
import { tellerOf, type Teller } from '../access.ts';
import type { Block } from '../document/model.ts';
import { aParagraph, aTelling } from '../testing.ts';
import { addPhoto, addVoice, describePhoto, removeMedium } from './commands.server.ts';
import { bytesOf, mediaInside, mediaOfTelling, mediaOpen } from './queries.server.ts';

ownDatabase();
const word = 'CANARY-77c0de01';
let photo: Buffer;
let voice: Buffer;
let teller: Viewer;
let someone: Viewer;
beforeAll(async () => {
  photo = (await taggedPhotos(word))['photo.jpg'] as Buffer;
  voice = (await taggedVoices(word))['voice.webm'] as Buffer;
  teller = await aPerson('Layla');
  someone = await aPerson('Iemand');
});

const proof = () => tellerOf(teller) as Teller;
const draftOf = async (telling: string) =>
  withViewer(teller, async (tx) => {
    const row = await tx
      .selectFrom('core.telling_draft')
      .select('doc')
      .where('telling', '=', telling)
      .executeTakeFirst();
    return row?.doc.content ?? [];
  });
const imageBlock = (media: string): Block => ({
  type: 'image',
  attrs: { id: randomUUID(), lang: 'nl', dir: 'ltr', media, alt: 'Een boot' },
});
/** A telling with a photo or a voice in the version that was released, as it comes to be over days. */
async function released(kind: 'photo' | 'voice', withMedia: boolean, audience: Audience = 'public') {
  const media = randomUUID();
  const voiced: Block = { type: 'voice', attrs: { id: randomUUID(), lang: 'nl', dir: 'ltr', media } };
  const told = { audience, withImage: withMedia, withVoice: withMedia };
  const telling = await aTelling({
    teller,
    says: ['Hallo', kind === 'photo' ? imageBlock(media) : voiced],
    consents: [{ use: 'read', verdict: 'given', ...told }],
    openIn: 0,
  });
  await withViewer(operator, async (tx) => {
    await sql`insert into core.media (id, telling, kind, type, bytes, width, height, seconds, alt) values (${media}, ${telling.id}, ${kind},
      ${kind === 'photo' ? 'image/webp' : 'audio/webm'}, ${kind === 'photo' ? photo : voice}, ${kind === 'photo' ? 1 : null}, ${kind === 'photo' ? 1 : null}, 1, 'Een boot')`.execute(
      tx,
    );
    await sql`select core.lay_tellings_open(array[${telling.id}::uuid])`.execute(tx);
  });
  return { telling: telling.id, media };
}

describe('bringing', () => {
  test('a photo comes into the draft after the block it belongs to, without what was told beside it', async () => {
    const [first, last] = [aParagraph('Eerst'), aParagraph('Later')];
    const telling = await aTelling({ teller, says: [first, last], openIn: null });
    const added = await addPhoto(teller, {
      telling: telling.id,
      bytes: photo,
      alt: 'Een boot',
      after: first.attrs.id,
    });
    if (!added.ok) throw new Error(added.reason);
    const [, image] = await draftOf(telling.id);
    expect(image).toMatchObject({
      type: 'image',
      attrs: { media: added.value.id, alt: 'Een boot', lang: 'nl' },
    });
    const label = await withViewer(teller, (tx) => mediaInside(tx, added.value.id));
    expect(label).toMatchObject({ kind: 'photo', type: 'image/webp' });
    const bytes = await withViewer(teller, (tx) => bytesOf(tx, 'core', added.value.id, 0, label?.size ?? 0));
    expect(bytes).toHaveLength(label?.size ?? -1);
    expect(holds(bytes ?? photo, word)).toBe(false);
  });

  test('a photo of which nobody said what can be seen waits outside the telling, until its teller says so', async () => {
    const { id: telling } = await aTelling({ teller, openIn: null });
    const added = await addPhoto(teller, { telling, bytes: photo, alt: null });
    if (!added.ok) throw new Error(added.reason);
    const { id } = added.value;
    expect(await draftOf(telling)).toHaveLength(1);
    await withViewer(teller, (tx) => describePhoto(tx, proof(), { telling, id, alt: 'De haven' }));
    expect((await draftOf(telling)).at(-1)).toMatchObject({
      type: 'image',
      attrs: { media: id, alt: 'De haven' },
    });
    await withViewer(teller, (tx) => describePhoto(tx, proof(), { telling, id, alt: 'De oude haven' }));
    expect(await draftOf(telling)).toHaveLength(2);
    expect((await draftOf(telling)).at(-1)).toMatchObject({ attrs: { alt: 'De oude haven' } });
  });

  test('a voice comes into the draft with how long it takes', async () => {
    const { id: telling } = await aTelling({ teller, language: 'ar', openIn: null });
    const added = await addVoice(teller, { telling, bytes: voice });
    expect(added.ok).toBe(true);
    expect((await draftOf(telling)).at(-1)).toMatchObject({
      type: 'voice',
      attrs: { lang: 'ar', dir: 'rtl' },
    });
    const held = await withViewer(teller, (tx) => mediaOfTelling(tx, telling, 'voice'));
    expect(held?.media[0]?.seconds).toBeCloseTo(0.8, 1);
  });

  test('what is refused leaves nothing behind', async () => {
    const { id: telling } = await aTelling({ teller, openIn: null });
    expect(await addPhoto(teller, { telling, bytes: Buffer.from('<svg>'), alt: 'x' })).toMatchObject({
      reason: 'photo_svg',
    });
    expect(await draftOf(telling)).toHaveLength(1);
    expect((await withViewer(teller, (tx) => mediaOfTelling(tx, telling, 'photo')))?.media).toEqual([]);
  });

  test('nobody lays anything in the telling of someone else, or takes it out', async () => {
    const { id: telling } = await aTelling({ teller, openIn: null });
    const added = await addPhoto(teller, { telling, bytes: photo, alt: 'Een boot' });
    const id = added.ok ? added.value.id : '';
    const theirs = tellerOf(someone) as Teller;
    for (const viewer of [someone, visitor])
      expect(await addPhoto(viewer, { telling, bytes: photo, alt: 'x' })).toMatchObject({
        reason: 'not_there',
      });
    await withViewer(someone, async (tx) => {
      expect(await removeMedium(tx, theirs, { telling, id })).toMatchObject({ reason: 'not_there' });
      expect(await describePhoto(tx, theirs, { telling, id, alt: 'x' })).toMatchObject({
        reason: 'not_there',
      });
      expect(await mediaOfTelling(tx, telling, 'photo')).toBeNull();
      expect(await mediaInside(tx, id)).toBeNull();
    });
  });
});

describe('being seen and heard', () => {
  test('a photo and a voice are on the street only when their teller lets pictures and voices be', async () => {
    for (const kind of ['photo', 'voice'] as const) {
      const open = await released(kind, true);
      const shut = await released(kind, false);
      expect(await withViewer(visitor, (tx) => mediaOpen(tx, open.media)), kind).toMatchObject({ kind });
      expect(await withViewer(visitor, (tx) => mediaOpen(tx, shut.media)), kind).toBeNull();
      expect(await withViewer(someone, (tx) => mediaInside(tx, shut.media)), kind).toBeNull();
      expect(await withViewer(teller, (tx) => mediaInside(tx, shut.media)), kind).not.toBeNull();
    }
  });

  test('whoever may read a telling sees no photo that is not in what was released', async () => {
    const { telling, media } = await released('photo', true, 'network');
    const added = await addPhoto(teller, { telling, bytes: photo, alt: 'Nog niet' });
    const later = added.ok ? added.value.id : '';
    const reader = await aPerson('Fay', [{ role: 'facilitator' }]);
    expect(await withViewer(reader, (tx) => mediaInside(tx, media))).not.toBeNull();
    expect(await withViewer(reader, (tx) => mediaInside(tx, later))).toBeNull();
    expect(await withViewer(someone, (tx) => mediaInside(tx, media))).toBeNull();
    for (const each of [media, later])
      expect(await withViewer(visitor, (tx) => mediaOpen(tx, each))).toBeNull();
  });

  test('words for a photo that was released change in the draft, and on the street not before they are released', async () => {
    const { telling, media } = await released('photo', true);
    await withViewer(teller, (tx) =>
      describePhoto(tx, proof(), { telling, id: media, alt: 'Iemand anders' }),
    );
    await withViewer(operator, (tx) =>
      sql`select core.lay_tellings_open(array[${telling}::uuid])`.execute(tx),
    );
    const { rows } = await withViewer(visitor, (tx) =>
      sql<{ alt: string }>`select alt from pub.media where id = ${media}`.execute(tx),
    );
    expect(rows).toEqual([{ alt: 'Een boot' }]);
    expect(JSON.stringify(await draftOf(telling))).toContain('Iemand anders');
  });

  test('what its teller takes away is gone from the draft, from behind the walls and from the street at once', async () => {
    const { telling, media } = await released('voice', true);
    await withViewer(teller, (tx) => removeMedium(tx, proof(), { telling, id: media }));
    expect(await withViewer(visitor, (tx) => mediaOpen(tx, media))).toBeNull();
    expect(await withViewer(visitor, (tx) => bytesOf(tx, 'pub', media, 0, 10))).toBeNull();
    expect(await withViewer(teller, (tx) => mediaInside(tx, media))).toBeNull();
    expect(JSON.stringify(await draftOf(telling))).not.toContain(media);
  });
});
