import { wordsIn } from '#platform/form.ts';
import { parseAlt } from '../../stories/media/input.ts';
import { pictureLimits, type PictureWords } from './model.ts';

/** The words beside a picture; null without words for who cannot see it, two letters at least. */
export function parsePictureWords(form: FormData): PictureWords | null {
  const alt = parseAlt(form.get('alt'));
  return alt === null || alt.length < 2
    ? null
    : { alt, credit: wordsIn(form, 'credit').slice(0, pictureLimits.credit) };
}
