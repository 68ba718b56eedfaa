import { fold } from '../search/model.ts';

// Written after how people spell Dutch and each other's names with these letters, not after a standard for libraries:
// the same name written from hearsay should come out alike.
const arabic: Readonly<Record<string, string>> = {
  ا: 'a',
  ب: 'b',
  پ: 'p',
  ت: 't',
  ث: 'th',
  // Arabic has no g of its own, and Dutch has no other use for this letter.
  ج: 'g',
  چ: 'ch',
  ح: 'h',
  خ: 'kh',
  د: 'd',
  ذ: 'd',
  ر: 'r',
  ز: 'z',
  ژ: 'zh',
  س: 's',
  ش: 'sh',
  ص: 's',
  ض: 'd',
  ط: 't',
  ظ: 'z',
  ع: '',
  غ: 'gh',
  ف: 'f',
  ڤ: 'v',
  ق: 'k',
  ك: 'k',
  گ: 'g',
  ڭ: 'g',
  ل: 'l',
  م: 'm',
  ن: 'n',
  ه: 'h',
  و: 'w',
  ي: 'y',
};
const cyrillic: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  є: 'e',
  ж: 'zh',
  з: 'z',
  и: 'i',
  і: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'kh',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'sh',
  ъ: '',
  ы: 'i',
  ь: '',
  э: 'e',
  ю: 'u',
  я: 'a',
};
const greek: Readonly<Record<string, string>> = {
  α: 'a',
  β: 'v',
  γ: 'g',
  δ: 'd',
  ε: 'e',
  ζ: 'z',
  η: 'i',
  θ: 'th',
  ι: 'i',
  κ: 'k',
  λ: 'l',
  μ: 'm',
  ν: 'n',
  ξ: 'x',
  ο: 'o',
  π: 'p',
  ρ: 'r',
  σ: 's',
  ς: 's',
  τ: 't',
  υ: 'i',
  φ: 'f',
  χ: 'kh',
  ψ: 'ps',
  ω: 'o',
};
// Greek has single letters only for its own sounds; b, d, g and oe are written with two.
const greekPairs: readonly (readonly [RegExp, string])[] = [
  [/μπ/g, 'b'],
  [/ντ/g, 'd'],
  [/γκ|γγ/g, 'g'],
  [/ου/g, 'u'],
];
const letters = { ...arabic, ...cyrillic, ...greek };
const swaps = new RegExp(`[${Object.keys(letters).join('')}]`, 'gu');

// A letter of Ge'ez is a consonant with one of seven vowels; each row of eight begins at a multiple of eight.
const geezRows =
  'h l h m s r s sh q q q q b v t ch h h n n _ k k kh kh w _ z zh y d d g g g g t ch p s s f p'.split(' ');
const geezVowels = ['a', 'u', 'i', 'a', 'e', '', 'o', 'wa'];

function geezInLatin(letter: string): string {
  const at = letter.charCodeAt(0) - 0x1200;
  const consonant = geezRows[at >> 3] ?? '';
  return (consonant === '_' ? '' : consonant) + (geezVowels[at & 7] ?? '');
}

/**
 * A text in small Latin letters without accents, also when it was written in Arabic, Persian, Cyrillic, Greek or Ge'ez
 * letters: near enough to be compared by ear, never to be shown. Letters of other scripts stay as they are.
 */
export function inLatin(text: string): string {
  let plain = fold(text);
  for (const [pair, one] of greekPairs) plain = plain.replace(pair, one);
  return plain
    .replace(swaps, (letter) => letters[letter] ?? letter)
    .replace(/[\u1200-\u1357]/gu, geezInLatin);
}

// Order matters: what is written with more letters comes first.
const sounds: readonly (readonly [RegExp, string])[] = [
  [/sch/g, 'SK'],
  [/ph/g, 'F'],
  [/[td]h/g, 'D'],
  [/sh|zh|sj|zj/g, 'S'],
  [/kh|gh|ch|ck/g, 'K'],
  [/x/g, 'KS'],
  [/h$/g, ''],
  [/[bp]/g, 'B'],
  [/[fv]/g, 'F'],
  [/[dt]/g, 'D'],
  [/[sz]/g, 'S'],
  // A Dutch or Arabic h is a Ukrainian g.
  [/[ckgqh]/g, 'K'],
  [/l/g, 'L'],
  [/m/g, 'M'],
  [/n/g, 'N'],
  [/r/g, 'R'],
];

/**
 * What is left of one Latin word when it is heard rather than read: its consonants, with those as one that scripts and
 * tongues exchange (b and p, f and v, d and t, g, k and ch), once where they are doubled. A w is a vowel or an f, and a c before
 * e or i is an s or a k, as whoever wrote it down by ear may have heard or read it.
 */
export function heard(word: string, w: '' | 'F' = '', c: 'S' | 'K' = 'S'): string {
  let rest = word.replace(/c(?=[eiy])/g, c);
  for (const [written, sound] of sounds) rest = rest.replace(written, sound);
  return rest
    .replace(/w/g, w)
    .replace(/([A-Z])\1+/g, '$1')
    .replace(/[^A-Z0-9]/g, '');
}

/** A title in plain letters and digits with a hyphen between its words, for an address; at most 60 signs, empty when none of it is Latin. */
export function plainWords(title: string): string {
  return title
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '');
}

/**
 * The word in an address for something of this name, whatever script it was written in: at most 60 plain signs and a tail; `fallback`
 * where nothing of the name can be read in Latin letters. The tail is always there: an address that is taken would tell that something
 * nobody may know of is there.
 */
export const addressFor = (name: string, fallback: string, tail: string): string =>
  `${plainWords(inLatin(name)) || fallback}-${tail}`;
