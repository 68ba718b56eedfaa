import { languageScripts, scriptOf, type Script } from './scripts/model.ts';

/** A text as it is handed in to be found: one language of one subject. */
export interface SearchText {
  /** What kind of thing it is about: `initiative`, `telling`, `word`. */
  readonly subjectKind: string;
  readonly subjectId: string;
  /** BCP 47; only its first part counts. */
  readonly language: string;
  readonly title: string;
  /** Other names it goes by, in any script. */
  readonly names: readonly string[];
  readonly text: string;
  /** What it can be narrowed by, as `theme:housing`. */
  readonly facets: readonly string[];
  readonly point: { readonly lat: number; readonly lon: number } | null;
  /** Days as 2016-03-01; null is open. `until` is the last day that counts. */
  readonly days: { readonly from: string | null; readonly until: string | null };
}

export interface SearchWish {
  readonly words: string;
  /** What the asker reads best; it only breaks near ties, it never hides. */
  readonly language?: string | undefined;
  readonly kinds?: readonly string[] | undefined;
  /** Every inner list is a choice (or); all lists must hold (and). */
  readonly facets?: readonly (readonly string[])[] | undefined;
  readonly near?: { readonly lat: number; readonly lon: number; readonly withinKm: number } | undefined;
  readonly onDay?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** How a word that was asked met a word that was found. */
export type How = 'word' | 'form' | 'beginning' | 'part' | 'spelling' | 'script' | 'name' | 'other-word';

export interface Why {
  readonly asked: string;
  readonly found: string;
  readonly how: How;
}

export interface SearchHit {
  readonly subjectKind: string;
  readonly subjectId: string;
  /** The language of the text that answered best. */
  readonly language: string;
  readonly score: number;
  readonly why: readonly Why[];
}

export interface SearchAnswer {
  readonly hits: readonly SearchHit[];
  /** How many subjects were weighed; with `atLeast` there are more that answer less well. */
  readonly total: number;
  readonly atLeast: boolean;
  /** The question with its unknown words as the field spells them; absent when nothing was misspelt. */
  readonly didYouMean?: string;
}

export interface Word {
  /** As compared: without case, accents and spelling variants. */
  readonly folded: string;
  /** As written, in lower case: dictionaries need the accents. */
  readonly plain: string;
}

const longestWord = 48;
const letters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
  ґ: 'г',
  // Arabic and Persian keyboards write these the other way round; hamza and ta marbuta are often left out.
  ى: 'ي',
  ی: 'ي',
  ې: 'ي',
  ئ: 'ي',
  ک: 'ك',
  ة: 'ه',
  ۀ: 'ه',
  ہ: 'ه',
  ە: 'ه',
  ھ: 'ه',
  ؤ: 'و',
  ٱ: 'ا',
  ء: '',
  ـ: '',
};
const swaps = new RegExp(`[${Object.keys(letters).join('')}]`, 'gu');
// Vowel signs of Indian and south-east Asian scripts are letters to their readers: only these marks go.
const marks =
  /[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]/gu;
const invisible = /[\u0000\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/gu;
// Same sound, several letters: writers of Tigrinya and Amharic mix them. [first of the row, first of the row it joins]
const ethiopicRows: readonly (readonly [number, number])[] = [
  [0x1210, 0x1200],
  [0x1280, 0x1200],
  [0x1220, 0x1230],
  [0x12d0, 0x12a0],
  [0x1340, 0x1338],
];

function foldEthiopic(letter: string): string {
  const code = letter.charCodeAt(0);
  const row = ethiopicRows.find(([from]) => code >= from && code < from + 7);
  return row ? String.fromCharCode(code - row[0] + row[1]) : letter;
}

function foldDigit(digit: string): string {
  const code = digit.charCodeAt(0);
  return String(code - (code >= 0x6f0 ? 0x6f0 : 0x660));
}

// An apostrophe inside a Cyrillic word is part of its spelling; in Latin it parts an article or an ending.
const cyrillicApostrophe = /(?<=\p{sc=Cyrillic})['’ʼ`´](?=\p{sc=Cyrillic})/gu;
const onlyAscii = /^[\x20-\x7e\n]*$/;

/** A text as it is compared: lower case, without accents, vowel signs and spelling variants; never throws. */
export function fold(text: string): string {
  if (onlyAscii.test(text)) return text.toLowerCase();
  const plain = text.toWellFormed().replace(invisible, '').normalize('NFKD').toLowerCase();
  return plain
    .replace(marks, '')
    .normalize('NFC')
    .replace(cyrillicApostrophe, '')
    .replace(swaps, (letter) => letters[letter] ?? letter)
    .replace(/[\u1210-\u1216\u1280-\u1286\u1220-\u1226\u12d0-\u12d6\u1340-\u1346]/gu, foldEthiopic)
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/gu, foldDigit);
}

const runs = /[\p{L}\p{N}\p{M}]+/gu;
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

/** The words of a text in reading order; punctuation, also Arabic and Ethiopic, only separates. */
export function wordsOf(text: string, language: string): Word[] {
  const whole = text.toWellFormed().replace(invisible, '').normalize('NFC').replace(cyrillicApostrophe, '');
  const plain = mainLanguage(language) === 'tr' ? whole.toLocaleLowerCase('tr') : whole.toLowerCase();
  return piecesOf(plain, language).flatMap((piece) => {
    const cut = piece
      .slice(0, longestWord)
      .toWellFormed()
      .replace(/\ufffd/gu, '');
    const folded = fold(cut);
    return folded === '' ? [] : [{ folded, plain: cut }];
  });
}

/** Whether each asked folded word stands in a text; a word of a script without spaces may stand anywhere. */
export function writtenIn(text: string): (folded: string) => boolean {
  const folded = fold(text);
  const words = new Set(folded.match(runs));
  return (word) => words.has(word) || (unspaced.test(word) && folded.includes(word));
}

function piecesOf(plain: string, language: string): string[] {
  const found = plain.match(runs) ?? [];
  if (!unspaced.test(plain)) return found;
  const segmenter = new Intl.Segmenter(mainLanguage(language), { granularity: 'word' });
  return found.flatMap((run) => [...segmenter.segment(run)].map((segment) => segment.segment));
}

/** The first part of a language tag, in lower case; `xx` when it is none. Dari is written as Persian. */
export function mainLanguage(tag: string): string {
  const main = /^[a-z]{2,3}(?=$|[-_])/.exec(tag.toLowerCase())?.[0] ?? 'xx';
  return main === 'prs' ? 'fa' : main === 'nb' || main === 'nn' ? 'no' : main;
}

/** The language whose rules a word follows in a text: that of the text, or `xx` for a word in a foreign script. */
export function tongueOf(word: string, language: string): string {
  return scriptOf(word) === scriptOfLanguage(language) ? language : 'xx';
}

export function scriptOfLanguage(language: string): Script {
  return languageScripts[language] ?? 'latin';
}

/** Names without spaces and signs, so that `Taal-café` and `taalcafe` are one; at most 80 letters. */
export function joined(name: string): string {
  return [...(fold(name).match(runs) ?? []).join('')].slice(0, 80).join('');
}

/** A whole number that stands for a word, facet or cell in the index (FNV-1a, then mixed); 32 bits, signed. */
export function keyOf(sort: string, value: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(`${sort} ${value}`)) hash = Math.imul(hash ^ byte, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}
