import { isLanguage } from '#platform/i18n/languages.ts';
import { keyIn, keysIn, wordsIn } from '#platform/form.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { layingLimits, type BesideWish, type LayWish } from './model.ts';

const whyIn = (form: FormData) => wordsIn(form, 'why').slice(0, layingLimits.why);

/** Words as they were copied from a telling: not folded, so that they are found byte for byte; only line ends and the space around them are made plain. */
function exactIn(form: FormData): string {
  const said = form.get('exact');
  return typeof said === 'string' ? said.replace(/\r\n?/g, '\n').trim().slice(0, layingLimits.words) : '';
}

/** Reads what somebody wants to lay; null when the form names nothing. */
export function parseLay(form: FormData): LayWish | null {
  const why = whyIn(form);
  const telling = keyIn(form, 'telling');
  if (telling !== null) {
    if (form.get('what') === 'telling') return { kind: 'telling', telling, why };
    return { kind: 'words', telling, blocks: keysIn(form, 'block'), exact: exactIn(form), why };
  }
  for (const kind of ['insight', 'promise', 'figure'] as const) {
    const key = keyIn(form, kind);
    if (key !== null) return { kind, key, why };
  }
  return null;
}

/** Reads the words of a piece in another language; without words, the fresh rendering in that language is meant. */
export function parseBeside(form: FormData): Result<BesideWish, 'beside_language'> {
  const [piece, language] = [keyIn(form, 'piece'), wordsIn(form, 'language')];
  if (piece === null || !isLanguage(language)) return refused('beside_language');
  return ok({
    piece,
    language,
    words: wordsIn(form, 'words', true).slice(0, layingLimits.words),
    signs: form.get('signed') === 'yes',
    madeHow: form.get('machine') === 'yes' ? 'machine' : 'person',
  });
}
