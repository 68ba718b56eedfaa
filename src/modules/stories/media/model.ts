/** How much of a photo or a voice is taken, weighed before anything of it is read. */
export const mostPhotoBytes = 12 * 1_048_576;
export const mostVoiceBytes = 25 * 1_048_576;
export const mostPixels = 50_000_000;
/** AVIF is unpacked as a whole, at some twenty bytes for each pixel. */
export const mostPixelsOfAvif = 16_000_000;
export const mostSeconds = 30 * 60;
/** A photo is kept no longer than this on its long side, in pixels. */
export const longSide = 1_600;
/** How many photos and voices one telling can hold. */
export const mostOfATelling = 40;

export type MediaKind = 'photo' | 'voice';
export type PhotoForm = 'jpeg' | 'png' | 'webp' | 'avif';
export type VoiceForm = 'webm' | 'mp4' | 'ogg' | 'mp3' | 'wav';

/** Why a photo or a voice is not taken; each has a text under `media.refused`. */
export const mediaReasons = [
  'empty',
  'too_big',
  'photo_unknown',
  'photo_heic',
  'photo_svg',
  'photo_pdf',
  'photo_broken',
  'photo_too_large',
  'voice_unknown',
  'voice_broken',
  'voice_silent',
  'voice_too_long',
  'two_in_one',
  'too_much_work',
  'busy',
  'too_many',
  'not_there',
] as const;
export type MediaReason = (typeof mediaReasons)[number];

/** With which status of HTTP a reason is told. */
export function statusOf(reason: MediaReason): 400 | 404 | 409 | 413 | 415 | 422 | 503 {
  if (reason === 'empty') return 400;
  if (reason === 'not_there') return 404;
  if (reason === 'too_many') return 409;
  if (reason === 'busy') return 503;
  if (['too_big', 'photo_too_large', 'voice_too_long'].includes(reason)) return 413;
  return /broken|silent|work/.test(reason) ? 422 : 415;
}

/** A photo as it was made anew. */
export interface MadePhoto {
  readonly kind: 'photo';
  readonly type: 'image/webp';
  readonly width: number;
  readonly height: number;
}

/** A voice as it was wrapped anew. */
export interface MadeVoice {
  readonly kind: 'voice';
  readonly type: 'audio/webm' | 'audio/mp4' | 'audio/mpeg' | 'audio/wav';
  readonly seconds: number;
}

/** A photo or a voice of a telling, as its teller sees it listed. */
export interface Medium {
  readonly id: string;
  readonly kind: MediaKind;
  readonly width: number | null;
  readonly height: number | null;
  readonly seconds: number | null;
  readonly alt: string | null;
}

const ascii = (bytes: Uint8Array, from: number, to: number) =>
  String.fromCharCode(...bytes.subarray(from, Math.max(from, Math.min(to, bytes.length))));

/** The brands an ISO container calls itself by; empty when it is no such container. */
function brandsOf(bytes: Uint8Array): string[] {
  if (ascii(bytes, 4, 8) !== 'ftyp') return [];
  const size = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  const words = ascii(bytes, 8, Math.min(size, 200)).match(/.{4}/gs) ?? [];
  return words.filter((_, at) => at !== 1);
}

const isJpeg = (bytes: Uint8Array) => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;

/** What a photo is by its first bytes alone, whatever it is called; or why it is not taken. */
export function photoForm(bytes: Uint8Array): PhotoForm | MediaReason {
  if (bytes.length === 0) return 'empty';
  if (bytes.length > mostPhotoBytes) return 'too_big';
  if (isJpeg(bytes)) return 'jpeg';
  if (ascii(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return 'png';
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return 'webp';
  const brands = brandsOf(bytes);
  if (brands.some((brand) => brand === 'avif' || brand === 'avis')) return 'avif';
  if (brands.some((brand) => /^(hei[cxms]|hev[cxms]|mif1|msf1)$/.test(brand))) return 'photo_heic';
  const start = ascii(bytes, 0, 1_024);
  if (start.includes('%PDF-')) return 'photo_pdf';
  return /<(svg|\?xml|!doctype svg)/i.test(start) ? 'photo_svg' : 'photo_unknown';
}

/** What a voice is by its first bytes alone; or why it is not taken. */
export function voiceForm(bytes: Uint8Array): VoiceForm | MediaReason {
  if (bytes.length === 0) return 'empty';
  if (bytes.length > mostVoiceBytes) return 'too_big';
  if (ascii(bytes, 0, 4) === '\x1a\x45\xdf\xa3') return 'webm';
  if (ascii(bytes, 0, 4) === 'OggS') return 'ogg';
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WAVE') return 'wav';
  const brands = brandsOf(bytes);
  if (brands.length > 0)
    return brands.some((brand) => /^(avi[fs]|hei|hev|mif1|msf1)/.test(brand)) ? 'voice_unknown' : 'mp4';
  // MPEG audio, layer III: either its tags or a frame comes first.
  const isFrame = bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe6) === 0xe2;
  return ascii(bytes, 0, 3) === 'ID3' || isFrame ? 'mp3' : 'voice_unknown';
}

// A page, a script or a document that hides in a photo or a sound. Making it anew takes it out as well; that it is there at
// all says that nobody means well. The words are long enough not to fall together by chance in twelve million bytes.
const pages = /<(?:html|script|iframe|!doctype|\?php)[\s>/]|<svg\s+(?:xmlns|onload)|%PDF-\d\.\d/i;

/** Whether these bytes are also something else: a page, a script, a PDF, or an archive that is read from its end. */
export function isTwoInOne(bytes: Uint8Array): boolean {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tail = all.subarray(Math.max(0, all.length - 65_557)).toString('latin1');
  return tail.includes('PK\x05\x06') || pages.test(all.toString('latin1'));
}

const endings: Readonly<Record<string, string>> = { mpeg: 'mp3', jpeg: 'jpg' };

/** What a photo or a voice is called when it is kept: by its kind alone, which tells nothing of whose it is. */
export function fileNameOf({ kind, type }: { readonly kind: MediaKind; readonly type: string }): string {
  const [, form = ''] = type.split('/');
  return `${kind}.${type === 'audio/mp4' ? 'm4a' : (endings[form] ?? form)}`;
}

/** Length in whole minutes and seconds. */
export function minutesOf(seconds: number): { readonly minutes: number; readonly seconds: number } {
  const whole = Math.max(1, Math.round(seconds));
  return { minutes: Math.floor(whole / 60), seconds: whole % 60 };
}
