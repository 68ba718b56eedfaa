import sharp from 'sharp';
import { ok, refused, type Result } from '#platform/result.ts';
import {
  isTwoInOne,
  longSide,
  mostPixels,
  mostPixelsOfAvif,
  photoForm,
  type MadePhoto,
  type MediaReason,
} from '../model.ts';

// Whatever the first bytes say, nothing but these four is ever read: no SVG, no PDF, no document, no address.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadJpegBuffer',
    'VipsForeignLoadPngBuffer',
    'VipsForeignLoadWebpBuffer',
    'VipsForeignLoadHeifBuffer',
  ],
});
sharp.cache(false);
sharp.concurrency(1);

const forms = { jpeg: 'jpeg', png: 'png', webp: 'webp', avif: 'heif' } as const;

/**
 * Makes a photo anew from its pixels alone: upright, at most 1,600 pixels on its long side, its first picture when it moves,
 * in WebP with nothing beside it. Refuses what has too many pixels by its header, before it is unpacked.
 */
export async function photoAnew(
  bytes: Uint8Array,
): Promise<Result<MadePhoto & { readonly bytes: Uint8Array }, MediaReason>> {
  const form = photoForm(bytes);
  if (!isPhotoForm(form)) return refused(form);
  if (isTwoInOne(bytes)) return refused('two_in_one');
  const most = form === 'avif' ? mostPixelsOfAvif : mostPixels;
  const read = { pages: 1, limitInputPixels: most, failOn: 'error', sequentialRead: true } as const;
  try {
    const head = await sharp(bytes, read).metadata();
    if (head.format !== forms[form] || !head.width || !head.height) return refused('photo_broken');
    if (head.width * head.height > most) return refused('photo_too_large');
    const { data, info } = await sharp(bytes, read)
      .autoOrient()
      .resize(longSide, longSide, { fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .webp({ quality: 80, effort: 3 })
      .timeout({ seconds: 15 })
      .toBuffer({ resolveWithObject: true });
    return ok({ kind: 'photo', type: 'image/webp', width: info.width, height: info.height, bytes: data });
  } catch (error) {
    // What libvips cannot read, and what it was told not to read, it says by throwing.
    const words = error instanceof Error ? error.message : '';
    if (/pixel limit|too large|exceeds/i.test(words)) return refused('photo_too_large');
    return refused(/timeout/i.test(words) ? 'too_much_work' : 'photo_broken');
  }
}

const isPhotoForm = (form: string): form is keyof typeof forms => Object.hasOwn(forms, form);
