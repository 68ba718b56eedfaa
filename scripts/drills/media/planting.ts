import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { aPicture, taggedPhotos, taggedVoices } from '../../../tests/support/media-files.ts';
import { tool } from './tools.ts';

export interface Planted {
  readonly file: string;
  readonly kind: 'photo' | 'voice';
}

const photoForms = ['jpg', 'png', 'webp', 'avif'] as const;
const written = { jpg: 'jpeg', png: 'png', webp: 'webp', avif: 'avif' } as const;
const sounds = {
  m4a: ['-c:a', 'aac', '-f', 'ipod'],
  mp4: ['-c:a', 'aac', '-f', 'mp4', '-movflags', '+faststart'],
  webm: ['-c:a', 'libopus'],
  ogg: ['-c:a', 'libvorbis'],
  opus: ['-c:a', 'libopus', '-f', 'ogg'],
  mp3: ['-c:a', 'libmp3lame', '-id3v2_version', '3', '-write_id3v1', '1'],
  wav: ['-c:a', 'pcm_s16le', '-write_bext', '1', '-metadata', 'originator=WORD'],
} as const;

/** Makes as many files as are asked for in a folder, of every form that is taken, with a word planted wherever it can be. */
export async function plant(folder: string, count: number, word: string): Promise<Planted[]> {
  const planted: Planted[] = [];
  const put = async (name: string, kind: Planted['kind'], bytes: Buffer) => {
    await writeFile(join(folder, name), bytes);
    planted.push({ file: join(folder, name), kind });
  };
  for (const [name, bytes] of Object.entries(await taggedPhotos(word))) await put(name, 'photo', bytes);
  for (const [name, bytes] of Object.entries(await taggedVoices(word))) await put(name, 'voice', bytes);
  for (let at = 0; planted.length < count; at++) {
    const form = photoForms[at % photoForms.length] ?? 'jpg';
    if (at % 2 === 0)
      planted.push({ file: await aPhoto(folder, `photo-${at}.${form}`, form, at, word), kind: 'photo' });
    else {
      const forms = Object.keys(sounds) as (keyof typeof sounds)[];
      const sound = forms[((at - 1) / 2) % forms.length] ?? 'm4a';
      planted.push({ file: await aVoice(folder, `voice-${at}.${sound}`, sound, at, word), kind: 'voice' });
    }
  }
  return planted;
}

async function aPhoto(
  folder: string,
  name: string,
  form: (typeof photoForms)[number],
  at: number,
  word: string,
) {
  const file = join(folder, name);
  const picture = aPicture(80 + at, 60 + (at % 17));
  await picture.toFormat(written[form]).toFile(file);
  const place = ['-GPSLatitude=52.0907', '-GPSLatitudeRef=N', '-GPSLongitude=5.1214', '-GPSLongitudeRef=E'];
  const maker = [
    `-Make=${word}`,
    `-Model=${word}`,
    `-SerialNumber=${word}`,
    '-DateTimeOriginal=2016:03:01 12:00:00',
    `-Orientation#=${(at % 8) + 1}`,
  ];
  const words = [
    `-XMP-dc:Creator=${word}`,
    `-XMP-dc:Description=${word}`,
    `-IPTC:Keywords=${word}`,
    `-IPTC:City=${word}`,
    `-Comment=${word}`,
    `-ImageDescription=${word}`,
    `-UserComment=${word}`,
  ];
  await tool('exiftool', '-q', '-m', '-overwrite_original', ...place, ...maker, ...words, file);
  return file;
}

async function aVoice(folder: string, name: string, sound: keyof typeof sounds, at: number, word: string) {
  const file = join(folder, name);
  const tags = [
    'title',
    'artist',
    'comment',
    'album',
    'location',
    'creation_time',
    'encoder',
    'description',
    'lyrics',
  ].flatMap((tag) => ['-metadata', `${tag}=${tag === 'creation_time' ? '2016-03-01T12:00:00Z' : word}`]);
  const chapters = join(folder, 'chapters.txt');
  await writeFile(chapters, `;FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=500\ntitle=${word}\n`);
  const cover = join(folder, 'cover.jpg');
  await aPicture(32, 32).jpeg().toFile(cover);
  const pictured = ['m4a', 'mp3'].includes(sound);
  const how = sounds[sound].map((each) => each.replace('WORD', word));
  await tool(
    'ffmpeg',
    '-hide_banner',
    '-loglevel',
    'error',
    '-y',
    '-f',
    'lavfi',
    '-i',
    `sine=frequency=${200 + at}:duration=${1 + (at % 3)}`,
    '-i',
    chapters,
    ...(pictured
      ? [
          '-i',
          cover,
          '-map',
          '0:a',
          '-map',
          '2:v',
          '-c:v',
          'mjpeg',
          '-disposition:v',
          'attached_pic',
          '-metadata:s:v',
          `title=${word}`,
        ]
      : ['-map', '0:a']),
    '-map_chapters',
    '1',
    ...tags,
    '-metadata:s:a:0',
    `title=${word}`,
    '-metadata:s:a:0',
    `handler_name=${word}`,
    ...how,
    file,
  );
  return file;
}
