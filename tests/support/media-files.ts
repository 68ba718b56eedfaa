import {
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  Mp3OutputFormat,
  Mp4OutputFormat,
  OggOutputFormat,
  Output,
  WavOutputFormat,
  WebMOutputFormat,
  type AudioCodec,
  type OutputFormat,
} from 'mediabunny';
import sharp, { type Sharp } from 'sharp';

/** A picture of some size whose parts differ, so that it can be seen which way up it is. */
export const aPicture = (width = 96, height = 64): Sharp =>
  sharp(
    Buffer.from(
      Array.from({ length: width * height }, (_, at) => [
        ((at % width) * 255) / width,
        (Math.floor(at / width) * 255) / height,
        90,
      ]).flat(),
    ),
    { raw: { width, height, channels: 3 } },
  );

const xmpOf = (word: string) =>
  `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" dc:source="${word}"/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;

const tagged = (picture: Sharp, word: string) =>
  picture
    .withExif({
      IFD0: { Copyright: word, ImageDescription: word, Make: word },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 5/1 12/1', GPSAreaInformation: word },
    })
    .withXmp(xmpOf(word))
    .withIccProfile('srgb');

/** A photo in each form that is taken, with a word planted wherever it tells something beside the picture. */
export async function taggedPhotos(word: string): Promise<Record<string, Buffer>> {
  return {
    'photo.jpg': await tagged(aPicture(), word).jpeg().toBuffer(),
    'turned.jpg': await tagged(aPicture(), word).withMetadata({ orientation: 6 }).jpeg().toBuffer(),
    'photo.png': await tagged(aPicture(), word).png().toBuffer(),
    'photo.webp': await tagged(aPicture(), word).webp().toBuffer(),
    'photo.avif': await tagged(aPicture(), word).avif().toBuffer(),
    'moving.webp': await moving(word),
  };
}

async function moving(word: string): Promise<Buffer> {
  const frames = await Promise.all([aPicture(), aPicture().negate()].map((each) => each.png().toBuffer()));
  return tagged(sharp(frames, { join: { animated: true } }), word)
    .webp({ delay: [100, 100] })
    .toBuffer();
}

interface Sound {
  readonly codec: AudioCodec;
  readonly format: () => OutputFormat;
  readonly rate: number;
  readonly packet: (at: number) => Uint8Array;
  readonly seconds: number;
  readonly description?: Uint8Array;
}

const opusHead = Uint8Array.from([...Buffer.from('OpusHead'), 1, 1, 0, 0, 0x80, 0xbb, 0, 0, 0, 0, 0]);
const opus: Omit<Sound, 'format'> = {
  codec: 'opus',
  rate: 48_000,
  seconds: 0.02,
  description: opusHead,
  packet: (at) => Uint8Array.from([0xf8, 0xff, 0xfe, at & 0xff]),
};
// A frame of MPEG-1 layer III, 128 kbit/s, 44.1 kHz, with silence in it.
const mp3Frame = () => Uint8Array.from([0xff, 0xfb, 0x90, 0xc4, ...Array<number>(413).fill(0)]);
const sounds: Record<string, Sound> = {
  'voice.webm': { ...opus, format: () => new WebMOutputFormat() },
  'voice.ogg': { ...opus, format: () => new OggOutputFormat() },
  'voice.m4a': {
    codec: 'aac',
    rate: 44_100,
    seconds: 1_024 / 44_100,
    description: Uint8Array.from([0x12, 0x08]),
    // What an encoder signs a packet with, as ffmpeg does in its first.
    packet: (at) => Uint8Array.from([0xde, 0x02, 0, ...Buffer.from('Lavc61.3.100'), 0, at & 0xff, 7]),
    format: () => new Mp4OutputFormat(),
  },
  'voice.mp3': {
    codec: 'mp3',
    rate: 44_100,
    seconds: 1_152 / 44_100,
    packet: mp3Frame,
    format: () => new Mp3OutputFormat(),
  },
  'voice.wav': {
    codec: 'pcm-s16',
    rate: 16_000,
    seconds: 0.1,
    packet: (at) => new Uint8Array(3_200).fill(at & 0x3f),
    format: () => new WavOutputFormat(),
  },
};

async function sounding(sound: Sound, word: string, packets: number): Promise<Buffer> {
  const target = new BufferTarget();
  const output = new Output({ format: sound.format(), target });
  const source = new EncodedAudioPacketSource(sound.codec);
  output.addAudioTrack(source, { name: word });
  const cover = {
    data: await aPicture(8, 8).png().toBuffer(),
    mimeType: 'image/png',
    kind: 'coverFront' as const,
  };
  const raw = sound.codec === 'opus' ? { DESCRIPTION: word } : {};
  output.setMetadataTags({ title: word, artist: word, comment: word, lyrics: word, images: [cover], raw });
  await output.start();
  const decoderConfig = {
    codec: { opus: 'opus', aac: 'mp4a.40.2', mp3: 'mp3' }[sound.codec as string] ?? sound.codec,
    sampleRate: sound.rate,
    numberOfChannels: 1,
    ...(sound.description && { description: sound.description }),
  };
  for (let at = 0; at < packets; at++)
    await source.add(new EncodedPacket(sound.packet(at), 'key', at * sound.seconds, sound.seconds), {
      decoderConfig,
    });
  await output.finalize();
  return Buffer.from(target.buffer ?? new ArrayBuffer(0));
}

/** A voice in each form that is taken, with a word planted in its tags, its name and its cover. */
export async function taggedVoices(word: string, packets = 40): Promise<Record<string, Buffer>> {
  const made: Record<string, Buffer> = {};
  for (const [name, sound] of Object.entries(sounds)) made[name] = await sounding(sound, word, packets);
  return made;
}

/** Where a word stands in these bytes, in whichever letters. */
export function holds(bytes: Uint8Array, word: string): boolean {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wide = Buffer.from(word, 'utf16le');
  return [
    Buffer.from(word),
    wide,
    Buffer.from(wide).swap16(),
    Buffer.from(Buffer.from(word).toString('base64')),
  ].some((form) => all.includes(form));
}
