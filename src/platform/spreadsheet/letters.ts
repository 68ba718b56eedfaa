/** A text read from bytes, and how its letters were written; or why it is no text. */
export type Letters =
  | { readonly ok: true; readonly text: string; readonly encoding: Encoding }
  | { readonly ok: false; readonly reason: LettersProblem; readonly row: number };

export type Encoding = 'utf-8' | 'utf-16' | 'windows-1252';
export type LettersProblem = 'empty' | 'not_text' | 'old_excel' | 'mixed_letters' | 'unknown_letters';

const begins = (bytes: Uint8Array, ...magic: readonly number[]) =>
  magic.every((byte, at) => bytes[at] === byte);

// Numbers that stand for no letter in Windows-1252.
const noLetter = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

/**
 * Reads a text file as a spreadsheet or an editor wrote it: UTF-8 or UTF-16 with their mark, UTF-8 without it, or else
 * Windows-1252. Refuses what is no text, and text whose letters are written in two ways; `row` is the line where that shows.
 */
export function lettersOf(bytes: Uint8Array): Letters {
  if (bytes.length === 0) return { ok: false, reason: 'empty', row: 0 };
  if (begins(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return { ok: false, reason: 'old_excel', row: 0 };
  if (begins(bytes, 0xff, 0xfe)) return wide(bytes, 'utf-16le');
  if (begins(bytes, 0xfe, 0xff)) return wide(bytes, 'utf-16be');
  const marked = begins(bytes, 0xef, 0xbb, 0xbf);
  const told = marked ? bytes.subarray(3) : bytes;
  const control = told.findIndex((byte) => byte < 9 || (byte > 13 && byte < 32));
  if (control >= 0) return { ok: false, reason: 'not_text', row: lineOf(told, control) };
  const { broken, many } = utf8In(told);
  if (broken < 0) return found(new TextDecoder('utf-8').decode(told), 'utf-8');
  // Where letters of several bytes stand too, one hand wrote UTF-8 and another did not.
  if (marked || many) return { ok: false, reason: 'mixed_letters', row: lineOf(told, broken) };
  const nothing = told.findIndex((byte) => noLetter.has(byte));
  if (nothing >= 0) return { ok: false, reason: 'unknown_letters', row: lineOf(told, nothing) };
  return found(new TextDecoder('windows-1252').decode(told), 'windows-1252');
}

function found(text: string, encoding: Encoding): Letters {
  return text.trim() === '' ? { ok: false, reason: 'empty', row: 0 } : { ok: true, text, encoding };
}

function wide(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): Letters {
  const text = new TextDecoder(encoding).decode(bytes);
  return /[\0\ufffd]/.test(text) ? { ok: false, reason: 'not_text', row: 0 } : found(text, 'utf-16');
}

function lineOf(bytes: Uint8Array, at: number): number {
  let line = 1;
  for (let each = 0; each < at; each++) if (bytes[each] === 10) line++;
  return line;
}

/** Where the bytes first stop being UTF-8 (-1 for nowhere), and whether letters of several bytes stand among them. */
function utf8In(bytes: Uint8Array): { broken: number; many: boolean } {
  let broken = -1;
  let many = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) continue;
    const more =
      byte >= 0xf0 && byte < 0xf5 ? 3 : byte >= 0xe0 && byte < 0xf0 ? 2 : byte >= 0xc2 && byte < 0xe0 ? 1 : 0;
    const whole = more > 0 && at + more < bytes.length && follow(bytes, at + 1, more);
    if (whole) {
      many = true;
      at += more;
    } else if (broken < 0) broken = at;
    if (broken >= 0 && many) break;
  }
  // What follows the first broken byte may still be whole letters.
  return { broken, many };
}

function follow(bytes: Uint8Array, from: number, more: number): boolean {
  for (let at = from; at < from + more; at++) if (((bytes[at] ?? 0) & 0xc0) !== 0x80) return false;
  return true;
}
