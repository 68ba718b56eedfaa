import { connect } from 'node:net';
import { deflateSync, gzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { aPicture, taggedPhotos, taggedVoices } from './media-files.ts';

/** A file that nobody means well, and the door it is brought to. */
export interface Hostile {
  readonly what: string;
  readonly door: 'photo' | 'voice';
  readonly bytes: Buffer;
  readonly name?: string;
}

const crcs = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc >>> 0;
});
const crcOf = (bytes: Buffer) =>
  (bytes.reduce((crc, byte) => (crcs[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8), 0xffffffff) ^ 0xffffffff) >>>
  0;

function pngOf(width: number, height: number, data: Buffer): Buffer {
  const chunk = (name: string, body: Buffer) => {
    const told = Buffer.concat([Buffer.from(name), body]);
    const [length, crc] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(body.length);
    crc.writeUInt32BE(crcOf(told));
    return Buffer.concat([length, told, crc]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

const latin = (words: string) => Buffer.from(words, 'latin1');
const box = (name: string, ...parts: Buffer[]) => {
  const body = Buffer.concat(parts);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(body.length + 8);
  return Buffer.concat([size, latin(name), body]);
};
const ftyp = box('ftyp', latin('M4A \0\0\0\0isomM4A '));
const ebml = latin('\x1a\x45\xdf\xa3\x8f\x42\x86\x81\x01\x42\x82\x84webm\x42\x87\x81\x04');

/** Pages of Ogg that go on and on with a packet that never ends. */
function endlessOgg(bytes: number): Buffer {
  const head = latin('OpusHead\x01\x01\0\0\x80\xbb\0\0\0\0\0');
  const page = (flags: number, lacing: number[], body: Buffer) =>
    Buffer.concat([
      latin('OggS\0'),
      Buffer.from([flags]),
      Buffer.alloc(8),
      latin('abcd'),
      Buffer.alloc(8),
      Buffer.from([lacing.length, ...lacing]),
      body,
    ]);
  const more = page(1, Array<number>(255).fill(255), Buffer.alloc(65_025));
  const pages = Array<Buffer>(Math.floor(bytes / more.length)).fill(more);
  return Buffer.concat([page(2, [head.length], head), ...pages]);
}

/** Forty-odd files as they are sent to break a house: bombs, lies about size, two things in one, pieces of files, and other things. */
export async function hostileFiles(): Promise<Hostile[]> {
  const photos = await taggedPhotos('HOSTILE');
  const voices = await taggedVoices('HOSTILE', 100);
  const photo = (name: string) => photos[name] as Buffer;
  const voice = (name: string) => voices[name] as Buffer;
  const nested = (depth: number): Uint8Array =>
    depth === 0 ? Buffer.alloc(4_000_000) : zipSync({ a: nested(depth - 1), b: strToU8('x') });
  const lied = (png: Buffer, width: number, height: number) => pngOf(width, height, png);
  const wide = Buffer.from(photo('photo.jpg'));
  const frame = wide.indexOf(latin('\xff\xc0'));
  wide.writeUInt16BE(65_500, frame + 5);
  wide.writeUInt16BE(65_500, frame + 7);
  const webp = Buffer.from((await aPicture().webp({ lossless: true }).toBuffer()).buffer);
  // Fourteen bits of each side of a lossless picture, after its signature byte.
  webp.writeUInt32LE(0x0fffffff, 21);
  const avif = Buffer.from(await aPicture().avif().toBuffer());
  const size = avif.indexOf('ispe') + 8;
  avif.writeUInt32BE(60_000, size);
  avif.writeUInt32BE(60_000, size + 4);
  const script = '<script>alert(1)</script>';
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">${script}</svg>`;
  const half = (bytes: Buffer) => bytes.subarray(0, Math.floor(bytes.length / 2));
  const at = (door: Hostile['door'], what: string, bytes: Buffer | string, name?: string): Hostile => ({
    what,
    door,
    bytes: typeof bytes === 'string' ? latin(bytes) : bytes,
    ...(name !== undefined && { name }),
  });
  const huge = Buffer.alloc(16);
  huge.writeUInt32BE(1);
  huge.write('moov', 4, 'latin1');
  huge.writeBigUInt64BE(2n ** 62n, 8);
  const table = box('stsz', Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]));
  return [
    at('photo', 'nothing', ''),
    at('photo', 'an SVG with a script', svg),
    at('photo', 'an SVG after white space and a mark', `\xef\xbb\xbf\n\n <?xml version="1.0"?>${svg}`),
    at('photo', 'a packed SVG', gzipSync(svg)),
    at(
      'photo',
      'a PDF with a script',
      '%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj',
    ),
    at('photo', 'a page called photo.jpg', `<!doctype html>${script}`, 'photo.jpg'),
    at('photo', 'a JPEG that is a page', Buffer.concat([photo('photo.jpg'), latin(`<html>${script}`)])),
    at(
      'photo',
      'a JPEG that is a PDF',
      Buffer.concat([latin('\xff\xd8\xff\xfe\x00\x0c%PDF-1.7\n\n'), photo('photo.jpg').subarray(2)]),
    ),
    at(
      'photo',
      'a JPEG that is an archive',
      Buffer.concat([photo('photo.jpg'), zipSync({ a: strToU8('x') })]),
    ),
    at(
      'photo',
      'a PNG that is a page',
      Buffer.concat([photo('photo.png'), latin(`<!DOCTYPE html>${script}`)]),
    ),
    at('photo', 'a GIF that is a script', 'GIF89a/*\x01\x00*/=1;alert(1)'),
    at(
      'photo',
      'a GIF that says it is 65,535 wide',
      'GIF89a\xff\xff\xff\xff\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\xff\xff\xff\xff\0\x02\x02D\x01\0;',
    ),
    at('photo', 'a PNG of 50,000 by 50,000', lied(deflateSync(Buffer.alloc(1_000)), 50_000, 50_000)),
    at(
      'photo',
      'a PNG that unpacks to 1.2 gigabytes',
      pngOf(20_000, 20_000, deflateSync(Buffer.alloc(60_001 * 100))),
    ),
    at('photo', 'a PNG without data', pngOf(7_000, 7_000, Buffer.alloc(0))),
    at('photo', 'a JPEG that says it is 65,500 wide', wide),
    at('photo', 'a WebP that says it is 16,384 wide', webp),
    at('photo', 'an AVIF that says it is 60,000 wide', avif),
    at('photo', 'half a JPEG', half(photo('photo.jpg'))),
    at('photo', 'half a PNG', half(photo('photo.png'))),
    at('photo', 'half a WebP', half(photo('photo.webp'))),
    at('photo', 'half an AVIF', half(photo('photo.avif'))),
    at('photo', 'a HEIC', box('ftyp', latin('heic\0\0\0\0mif1heic'))),
    at(
      'photo',
      'a TIFF that points at itself',
      'II*\0\x08\0\0\0\x01\0\0\x01\x04\0\x01\0\0\0\xff\xff\xff\xff\x08\0\0\0',
    ),
    at('photo', 'a program', Buffer.concat([latin('MZ\x90\0'), Buffer.alloc(5_000)])),
    at('photo', 'an archive in an archive in an archive', Buffer.from(nested(5))),
    at('photo', 'a gigabyte of nothing, packed', gzipSync(Buffer.alloc(100_000_000))),
    at('photo', 'noise', Buffer.from(Array.from({ length: 100_000 }, (_, byte) => (byte * 7_919) & 0xff))),
    at('photo', 'words under the name of a path', 'root:x:0:0', '../../../../etc/passwd'),
    at('photo', 'words under a name with NUL in it', 'words', 'photo.jpg\0.svg'),
    at('photo', 'words under a name that is a page', svg, `"><img src=x onerror=alert(1)>.jpg`),
    at('photo', 'thirteen megabytes', Buffer.concat([latin('\xff\xd8\xff'), Buffer.alloc(13 * 1_048_576)])),
    at('voice', 'nothing', ''),
    at('voice', 'an mp4 with a box of 2^62 bytes', Buffer.concat([ftyp, huge])),
    at(
      'voice',
      'an mp4 with four thousand million samples',
      Buffer.concat([ftyp, box('moov', box('trak', box('mdia', box('minf', box('stbl', table)))))]),
    ),
    at(
      'voice',
      'an mp4 of ten thousand boxes in each other',
      Array.from({ length: 10_000 }).reduce<Buffer>(
        (inner, _, depth) => (depth % 100 ? box('trak', inner) : box('moov', inner)),
        ftyp,
      ),
    ),
    at('voice', 'an mp4 that is a page', Buffer.concat([voice('voice.m4a'), latin(`<html>${script}`)])),
    at('voice', 'an Ogg without end', endlessOgg(20_000_000)),
    at(
      'voice',
      'a Matroska of a hundred thousand parts in each other',
      Buffer.concat([
        ebml,
        latin('\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff'),
        Buffer.from(
          Array<number[]>(100_000).fill([0xa0, 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]).flat(),
        ),
      ]),
    ),
    at(
      'voice',
      'a Matroska of 2^56 bytes',
      Buffer.concat([
        ebml,
        latin(
          '\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xfe\x1f\x43\xb6\x75\x01\xff\xff\xff\xff\xff\xff\xfe',
        ),
      ]),
    ),
    at('voice', 'a WAV of four gigabytes', 'RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff'),
    at(
      'voice',
      'an MP3 of tags only',
      Buffer.concat([latin('ID3\x04\0\0\x7f\x7f\x7f\x7f'), Buffer.alloc(2_000_000)]),
    ),
    at('voice', 'a start of a WebM', voice('voice.webm').subarray(0, 70)),
    at('voice', 'a photo', photo('photo.jpg')),
    at('voice', 'a picture in a box', photo('photo.avif')),
    at('voice', 'words', 'This is no sound.'),
    at('voice', 'twenty-six megabytes', Buffer.concat([latin('RIFF'), Buffer.alloc(26 * 1_048_576)])),
  ];
}

/** A form with one file in it, as a browser sends it, except that the name may be anything. */
export function formWith(file: Pick<Hostile, 'bytes' | 'name'>, alt = ''): { type: string; body: Buffer } {
  const mark = '----steppingstones';
  const head = `--${mark}\r\nContent-Disposition: form-data; name="alt"\r\n\r\n${alt}\r\n--${mark}\r\nContent-Disposition: form-data; name="file"; filename="${file.name ?? 'file'}"\r\nContent-Type: application/octet-stream\r\n\r\n`;
  return {
    type: `multipart/form-data; boundary=${mark}`,
    body: Buffer.concat([Buffer.from(head), file.bytes, Buffer.from(`\r\n--${mark}--\r\n`)]),
  };
}

export interface Told {
  readonly status: number;
  readonly ms: number;
  readonly text: string;
}

/** Sends the parts of a request as they are, `pause` milliseconds after each other; answers the first status and all that was said. */
export function sendRaw(home: URL, parts: readonly Buffer[], pause = 0, patience = 30_000): Promise<Told> {
  const began = performance.now();
  return new Promise((resolve) => {
    let text = '';
    let ms = 0;
    const socket = connect(Number(home.port), home.hostname);
    const send = async () => {
      for (const part of parts) {
        if (socket.destroyed) return;
        socket.write(part);
        if (pause > 0) await new Promise((done) => setTimeout(done, pause));
      }
    };
    socket.once('connect', () => void send());
    const done = () =>
      resolve({
        status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0),
        ms: ms || performance.now() - began,
        text,
      });
    socket.on('data', (chunk) => {
      ms ||= performance.now() - began;
      text += String(chunk);
      if (/\r\n\r\n[\s\S]+/.test(text)) socket.end();
    });
    socket.on('close', done);
    socket.on('error', () => undefined);
    setTimeout(() => socket.destroy(), patience).unref();
  });
}
