import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { aPicture, holds, taggedPhotos, taggedVoices } from '../../../../../tests/support/media-files.ts';
import { isTwoInOne, mostPhotoBytes } from '../model.ts';
import { isWellBuilt } from './matroska.ts';
import { photoAnew } from './photo.ts';
import { vorbisWithoutWords } from './silence.ts';
import { voiceAnew } from './voice.ts';
import { madeAnew } from './workshop.server.ts';

const word = 'CANARY-5b1f9e27';
const photos = await taggedPhotos(word);
const voices = await taggedVoices(word);

describe('a photo', () => {
  test.each(Object.keys(photos))('%s keeps its picture and nothing that was told beside it', async (name) => {
    const given = photos[name] as Buffer;
    expect(holds(given, word)).toBe(true);
    const made = await photoAnew(given);
    if (!made.ok) throw new Error(made.reason);
    const { bytes, type, width, height } = made.value;
    expect(holds(bytes, word)).toBe(false);
    expect(type).toBe('image/webp');
    expect([width, height]).toEqual(name === 'turned.jpg' ? [64, 96] : [96, 64]);
    const head = await sharp(bytes).metadata();
    for (const told of ['exif', 'xmp', 'icc', 'iptc', 'orientation', 'comments', 'pages', 'density'] as const)
      expect(head[told], told).toBeUndefined();
  });

  test('no longer than 1,600 pixels is kept, and a small one is not blown up', async () => {
    const made = await photoAnew(await aPicture(2_000, 500).jpeg().toBuffer());
    expect(made).toMatchObject({ ok: true, value: { width: 1_600, height: 400 } });
  });

  test('what lies about its size is refused by its header, before it is unpacked', async () => {
    const png = await aPicture().png().toBuffer();
    png.writeUInt32BE(50_000, 16);
    png.writeUInt32BE(50_000, 20);
    const began = performance.now();
    expect(await photoAnew(png)).toMatchObject({ ok: false });
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  test.each([
    ['nothing at all', Buffer.alloc(0), 'empty'],
    [
      'a drawing',
      Buffer.from('\n<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
      'photo_svg',
    ],
    ['a document', Buffer.from('%PDF-1.7\n1 0 obj'), 'photo_pdf'],
    ['a GIF', Buffer.from('GIF89a\x01\x00\x01\x00'), 'photo_unknown'],
    ['a HEIC', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), 'photo_heic'],
    ['half a photo', (photos['photo.jpg'] as Buffer).subarray(0, -400), 'photo_broken'],
    ['too many bytes', Buffer.alloc(mostPhotoBytes + 1, 0xff), 'too_big'],
    [
      'a page behind a photo',
      Buffer.concat([photos['photo.jpg'] as Buffer, Buffer.from('<html><script>')]),
      'two_in_one',
    ],
  ])('%s is refused, and it is said why', async (_, bytes, reason) => {
    expect(await photoAnew(bytes)).toMatchObject({ ok: false, reason });
  });
});

describe('a voice', () => {
  test.each(Object.keys(voices))('%s keeps its sound and nothing that was told beside it', async (name) => {
    const given = voices[name] as Buffer;
    expect(holds(given, word)).toBe(true);
    const made = await voiceAnew(given);
    if (!made.ok) throw new Error(made.reason);
    const { bytes, seconds } = made.value;
    for (const told of [word, 'Mediabunny', 'Lavc', 'LAME', '\x89PNG', 'udta'])
      expect(holds(bytes, told), told).toBe(false);
    expect(seconds).toBeGreaterThan(0.7);
    // What was made can be read again, and is as long.
    const again = await voiceAnew(bytes);
    expect(again.ok && Math.abs(again.value.seconds - seconds)).toBeLessThan(0.1);
  });

  test('says nothing of when it was made', async () => {
    const [one, two] = [
      await voiceAnew(voices['voice.m4a'] as Buffer),
      await voiceAnew(voices['voice.m4a'] as Buffer),
    ];
    expect(one.ok && two.ok && Buffer.compare(one.value.bytes, two.value.bytes)).toBe(0);
    const dates = Buffer.from(one.ok ? one.value.bytes : []).indexOf('mvhd') + 8;
    expect(Buffer.from(one.ok ? one.value.bytes : []).readBigUInt64BE(dates)).toBe(0n);
  });

  test('the comments go out of what a decoder of Vorbis begins with', () => {
    const given = Uint8Array.from([2, 3, 4, 1, 1, 1, 67, 65, 78, 65, 9, 9]);
    const quiet = vorbisWithoutWords(given) as Uint8Array;
    expect([...quiet.subarray(0, 6)]).toEqual([2, 3, 16, 1, 1, 1]);
    expect([...quiet.subarray(-2)]).toEqual([9, 9]);
    expect(Buffer.from(quiet).includes('CANA')).toBe(false);
  });

  test('longer than half an hour is refused', async () => {
    const long = (await taggedVoices(word, 19_000))['voice.wav'] as Buffer;
    // As a telephone writes sound: the same bytes at a quarter of the pace.
    long.writeUInt32LE(4_000, 24);
    expect(await voiceAnew(long.subarray(0, 20 * 1_048_576))).toMatchObject({ reason: 'voice_too_long' });
  });

  test.each([
    ['words', Buffer.from('This is no sound.'), 'voice_unknown'],
    [
      'a box that says it is larger than the world',
      Buffer.from(
        '\0\0\0\x18ftypM4A \0\0\0\0isomM4A \0\0\0\x01moov\x7f\xff\xff\xff\xff\xff\xff\xff',
        'latin1',
      ),
      'voice_broken',
    ],
    ['a start without an end', (voices['voice.webm'] as Buffer).subarray(0, 60), 'voice_broken'],
  ])('%s is refused', async (_, bytes, reason) => {
    const made = await voiceAnew(bytes);
    expect(made.ok ? 'taken' : [reason, 'voice_silent']).toContain(made.ok ? '' : made.reason);
  });
});

test('a part of a Matroska that leaves open how long it is may only be a segment or a cluster', () => {
  const webm = voices['voice.webm'] as Buffer;
  expect(isWellBuilt(webm)).toBe(true);
  expect(isWellBuilt(webm.subarray(0, -3))).toBe(true);
  const open = [0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
  const head = [0x1a, 0x45, 0xdf, 0xa3, 0x80, 0x18, 0x53, 0x80, 0x67, ...open];
  const aCluster = [0x1f, 0x43, 0xb6, 0x75, ...open, 0xe7, 0x81, 0x00];
  expect(isWellBuilt(Uint8Array.from([...head, ...aCluster, ...aCluster]))).toBe(true);
  expect(isWellBuilt(Uint8Array.from([...head, ...aCluster, 0xa0, ...open, 0xe7, 0x81, 0x00]))).toBe(false);
});

describe('the workshop', () => {
  test('works in a process of its own, and tells what came of it', async () => {
    const made = await madeAnew('photo', photos['photo.png'] as Buffer);
    expect(made).toMatchObject({ ok: true, value: { width: 96, height: 64, type: 'image/webp' } });
    expect(await madeAnew('voice', Buffer.from('no'))).toMatchObject({ reason: 'voice_unknown' });
  });

  test('two at once, six wait, and whoever comes after is told to come back', async () => {
    const all = await Promise.all(
      Array.from({ length: 11 }, () => madeAnew('photo', photos['photo.jpg'] as Buffer)),
    );
    expect(all.filter(({ ok }) => ok)).toHaveLength(8);
    expect(all.filter((made) => !made.ok && made.reason === 'busy')).toHaveLength(3);
  });
});

test('a photo is told from a page, a script, a document and an archive that hide in it', () => {
  const photo = photos['photo.jpg'] as Buffer;
  expect(isTwoInOne(photo)).toBe(false);
  for (const hidden of [
    '<script>',
    '<HTML>',
    '<!doctype html>',
    '<?php ',
    '%PDF-1.4',
    'PK\x05\x06',
    '<svg onload=x>',
  ])
    expect(isTwoInOne(Buffer.concat([photo, Buffer.from(hidden, 'latin1')])), hidden).toBe(true);
});
