import { ok, refused, type Result } from '#platform/result.ts';
import { checkDigit, digits } from './model.ts';

/** The digits of Arabic and Persian keyboards as those on the card. */
const plain = (sign: string): string => String((sign.codePointAt(0) ?? 0) & 0xf);

/**
 * The code in what was typed or scanned: its sixteen digits, however they were grouped and on whichever keyboard they were
 * typed. Refuses what cannot be a code before anything is looked up.
 */
export function parseCode(said: string): Result<string, 'card_incomplete' | 'card_slip'> {
  const code = said
    .slice(0, 200)
    .replace(/[٠-٩۰-۹]/g, plain)
    .replace(/[\s.\-–—_]/g, '');
  if (!/^\d+$/.test(code) || code.length !== digits) return refused('card_incomplete');
  return checkDigit(code.slice(0, -1)) === code.at(-1) ? ok(code) : refused('card_slip');
}
