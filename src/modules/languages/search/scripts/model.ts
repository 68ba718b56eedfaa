export type Script = 'latin' | 'arabic' | 'cyrillic' | 'ethiopic' | 'greek' | 'hebrew' | 'other';

const scripts: readonly (readonly [Script, RegExp])[] = [
  ['latin', /\p{sc=Latin}/u],
  ['arabic', /\p{sc=Arabic}/u],
  ['cyrillic', /\p{sc=Cyrillic}/u],
  ['ethiopic', /\p{sc=Ethiopic}/u],
  ['greek', /\p{sc=Greek}/u],
  ['hebrew', /\p{sc=Hebrew}/u],
  ['other', /\p{L}/u],
];

/** Which script a language is written in; a language that is not here is written in Latin. */
export const languageScripts: Readonly<Record<string, Script>> = {
  ar: 'arabic',
  fa: 'arabic',
  ps: 'arabic',
  ur: 'arabic',
  ckb: 'arabic',
  uk: 'cyrillic',
  ru: 'cyrillic',
  bg: 'cyrillic',
  be: 'cyrillic',
  mk: 'cyrillic',
  sr: 'cyrillic',
  ti: 'ethiopic',
  am: 'ethiopic',
  el: 'greek',
  he: 'hebrew',
  yi: 'hebrew',
  hy: 'other',
  hi: 'other',
  ne: 'other',
  ta: 'other',
  ka: 'other',
  bn: 'other',
  zh: 'other',
  ja: 'other',
  ko: 'other',
  th: 'other',
  my: 'other',
  km: 'other',
  lo: 'other',
};

/** The script of a word; a number is at home in every script and counts as Latin. */
export function scriptOf(word: string): Script {
  return scripts.find(([, letters]) => letters.test(word))?.[0] ?? 'latin';
}
