/** How well a text may be read, as figures that warn and never judge. */
export interface Readability {
  readonly words: number;
  readonly sentences: number;
  /** Flesch-Douma, higher is easier, mostly 0 to 100; null where it does not apply. */
  readonly douma: number | null;
  /** LIX, lower is easier, mostly 20 to 60; null where it does not apply. */
  readonly lix: number | null;
  /** Words in the longest sentence. */
  readonly longest: number;
}

export type ReadabilityHint = 'easy' | 'fair' | 'hard' | 'long-sentence';

const wordsIn = (text: string, language: string): string[] =>
  [...new Intl.Segmenter(language, { granularity: 'word' }).segment(text)]
    .filter(({ isWordLike }) => isWordLike)
    .map(({ segment }) => segment);

// What stands on a line of its own, such as a line of a list, is a sentence of its own.
const sentencesIn = (text: string, language: string): string[][] =>
  text
    .split(/\n+/)
    .flatMap((line) => [...new Intl.Segmenter(language, { granularity: 'sentence' }).segment(line)])
    .map(({ segment }) => wordsIn(segment, language))
    .filter((words) => words.length > 0);

// Longest first: 'eeuw' is one sound, and a diaeresis begins a new one, as in 'geërfd' and 'ideeën'.
const dutchSound =
  /[äëïöü](?:[eiu]|ie)?|aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|ie|oe|eu|ui|ei|ij|au|ou|[aeiouyàáâèéêìíîòóôùúû]/g;

/** The syllables of one Dutch word, by its groups of vowels: 6 for 'verantwoordelijkheid'; a word without any, such as '12', is one. */
export function dutchSyllables(word: string): number {
  return Math.max(1, word.normalize('NFC').toLowerCase().match(dutchSound)?.length ?? 0);
}

/**
 * Flesch-Douma for Dutch: 206.84 - 0.77 x syllables per 100 words - 0.93 x words per sentence, higher is easier (W.H. Douma, De
 * leesbaarheid van landbouwbladen, Wageningen 1960). All three counts must be above 0.
 */
export const fleschDouma = (syllables: number, words: number, sentences: number): number =>
  206.84 - 0.77 * ((100 * syllables) / words) - 0.93 * (words / sentences);

/**
 * LIX: words per sentence + words of more than 6 letters per 100 words, lower is easier (C.H. Björnsson, Läsbarhet, Stockholm 1968).
 * Words and sentences must be above 0.
 */
export const lixOf = (words: number, longWords: number, sentences: number): number =>
  words / sentences + (100 * longWords) / words;

// Björnsson compared newspapers in these; for scripts and languages that build words otherwise the figure says nothing.
const lixSpeaks: readonly string[] = ['nl', 'en', 'fr'];
const lettersOf = (word: string) => word.match(/\p{L}/gu)?.length ?? 0;

/** The figures of a text in a language; Flesch-Douma for Dutch alone, LIX for Dutch, English and French. */
export function readabilityOf(text: string, language: string): Readability {
  const sentences = sentencesIn(text, language);
  const words = sentences.flat();
  const [many, lines] = [words.length, sentences.length];
  const syllables = words.reduce((sum, word) => sum + dutchSyllables(word), 0);
  const longWords = words.filter((word) => lettersOf(word) > 6).length;
  return {
    words: many,
    sentences: lines,
    douma: many > 0 && language === 'nl' ? fleschDouma(syllables, many, lines) : null,
    lix: many > 0 && lixSpeaks.includes(language) ? lixOf(many, longWords, lines) : null,
    longest: Math.max(0, ...sentences.map(({ length }) => length)),
  };
}

/** Fewer words than this say nothing about a text. */
const fewest = 30;
/** More words than this are too many for one sentence of plain Dutch (level B1). */
export const longSentence = 20;

/** What a friend would say of it: easy (Douma 70 or LIX 35), hard (Douma under 50 or LIX over 50), or that a sentence is long; null says nothing. */
export function hintFor({ words, douma, lix, longest }: Readability): ReadabilityHint | null {
  if (words < fewest || (douma === null && lix === null)) return null;
  const hard = douma === null ? (lix ?? 0) > 50 : douma < 50;
  const easy = douma === null ? (lix ?? 0) <= 35 : douma >= 70;
  if (hard) return 'hard';
  if (longest > longSentence) return 'long-sentence';
  return easy ? 'easy' : 'fair';
}
