import { readFileSync } from 'node:fs';
import { faces } from './faces.server.ts';

/** What the cmap table of a TrueType file says it has a shape for, as pairs of first and last code point (OpenType 1.9, cmap). */
function rangesOf(file: string): (readonly [number, number])[] {
  const bytes = readFileSync(file);
  const tables = bytes.readUInt16BE(4);
  const at = Array.from({ length: tables }, (_, n) => 12 + 16 * n).find(
    (entry) => bytes.toString('latin1', entry, entry + 4) === 'cmap',
  );
  if (at === undefined) return [];
  const cmap = bytes.readUInt32BE(at + 8);
  const parts = Array.from({ length: bytes.readUInt16BE(cmap + 2) }, (_, n) =>
    bytes.readUInt32BE(cmap + 8 + 8 * n),
  );
  return parts.flatMap((offset) => partOf(bytes.subarray(cmap + offset)));
}

function partOf(part: Buffer): (readonly [number, number])[] {
  const format = part.readUInt16BE(0);
  if (format === 12) {
    return Array.from({ length: part.readUInt32BE(12) }, (_, n) => [
      part.readUInt32BE(16 + 12 * n),
      part.readUInt32BE(20 + 12 * n),
    ]);
  }
  if (format !== 4) return [];
  const segments = part.readUInt16BE(6) / 2;
  return Array.from({ length: segments - 1 }, (_, n) => [
    part.readUInt16BE(16 + 2 * segments + 2 * n),
    part.readUInt16BE(14 + 2 * n),
  ]);
}

let known: Set<number> | undefined;

function hasShape(letter: string): boolean {
  known ??= new Set(
    faces
      .filter((face) => face.includes('400Regular.'))
      .flatMap(rangesOf)
      .flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, n) => first + n)),
  );
  return known.has(letter.codePointAt(0) ?? 0);
}

// Controls, among them those that turn the direction of what others wrote. Line ends stay, and so do the joiners and the marks of
// direction that Persian and Arabic are written with, and the signs that stand around a number.
const unseen = /(?![\n\u200b-\u200f\u061c\u0600-\u0605\u06dd])[\p{Cc}\p{Cf}]/gu;
const marks = /[\ufe00-\ufe0f\u{1f3fb}-\u{1f3ff}]/gu;

// A word wider than a page would run off it; in so long a word a line may end anywhere.
const endless = /[^\s\u200b]{61,2000}/gu;
const breath = /.{12}/gsu;

/** What stands where a sign, such as an emoji, has no shape in our faces. */
export const noShape = '\u25cb';

/**
 * Words as they can be set: without controls, with a small ring for a sign that has no shape. `missing` are the letters of a script
 * that none of our faces knows: with those, words would be lost.
 */
export function settable(words: string): { readonly words: string; readonly missing: readonly string[] } {
  const missing = new Set<string>();
  const plain = words
    .toWellFormed()
    .replaceAll('\t', ' ')
    .replaceAll(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll(unseen, '')
    .replaceAll(marks, '');
  const set = plain.replaceAll(/[^\u0000-\u007f]/gu, (letter) => {
    if (/[\u200b-\u200f\u061c]/.test(letter) || hasShape(letter)) return letter;
    if (/[\p{L}\p{N}\p{M}]/u.test(letter)) missing.add(letter);
    return noShape;
  });
  return {
    words: set.replaceAll(endless, (word) => word.replaceAll(breath, '$&\u200b')),
    missing: [...missing],
  };
}
