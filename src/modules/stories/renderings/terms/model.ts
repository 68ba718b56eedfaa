import { isLanguage, type Language } from '#platform/i18n/languages.ts';

/** A word of the field in our languages: the first wording is offered, each is recognised. */
export type Term = Readonly<Partial<Record<Language, readonly string[]>>>;

/** A word of the field that stands in a text, and how it is mostly said in another language. */
export interface Offer {
  readonly found: string;
  readonly offered: string;
}

const folded = (text: string) => text.normalize('NFC').toLowerCase().replaceAll('\u0640', '');
// Small words that Arabic writes onto the next one: and, so, with, for, like, the.
const writtenOn = /^(?:[وف]?(?:[بلك]?ال|لل|[بلك])|[وف])/;
const mostEnding = 5;

/** The ways a word may be meant: as it stands, and in Arabic without what is written onto it. */
function readingsOf(word: string, language: string): string[] {
  const bare = language === 'ar' ? word.replace(writtenOn, '') : word;
  return bare === word || bare.length < 2 ? [word] : [word, bare];
}

// Endings come and go in most of our languages; a short word must be the whole word.
const isFormOf = (word: string, term: string) =>
  word === term || (term.length >= 4 && word.startsWith(term) && word.length - term.length <= mostEnding);

function standsIn(words: readonly string[], wording: string, language: string): boolean {
  const parts = folded(wording).split(' ');
  return words.some((_, at) =>
    parts.every((part, next) => {
      const readings = readingsOf(words[at + next] ?? '', language);
      return readings.some((reading) => readingsOf(part, language).some((meant) => isFormOf(reading, meant)));
    }),
  );
}

/** The words of the field in a text and their wording in another language; none for a language that is not ours. At most 8. */
export function termsIn(text: string, from: string, to: string, terms: readonly Term[]): Offer[] {
  if (!isLanguage(from) || !isLanguage(to) || from === to) return [];
  const words = [...new Intl.Segmenter(from, { granularity: 'word' }).segment(folded(text))]
    .filter(({ isWordLike }) => isWordLike)
    .map(({ segment }) => segment);
  const told = new Set<string>();
  return terms
    .flatMap((term) => {
      const found = term[from]?.find((wording) => standsIn(words, wording, from));
      const offered = term[to]?.[0];
      // The view knows an offer by what was found.
      if (!found || !offered || told.has(found)) return [];
      told.add(found);
      return [{ found, offered }];
    })
    .slice(0, 8);
}
