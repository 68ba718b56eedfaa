import type { Speech } from '#platform/i18n/speech.ts';
import type { SheetBlock } from '#platform/print/sheet.ts';
import { tongueName } from '../../../languages/naming/model.ts';
import type { Version, Word } from '../../../languages/words/model.ts';
import type { Bookcase } from '../../../languages/words/reading/model.ts';
import { heading, laid, listed, wordsIn, type Desk, type Laid } from '../model.ts';

function termOf(say: Speech, word: Word, head: Version): SheetBlock {
  const label = ({ register, language }: Version) => {
    const of = say(`words.register.${register}`);
    return language === say.language ? of : `${of} · ${tongueName(language, say.language)}`;
  };
  // One register may say it in several ways in one language: they stand together, in the order in which they came.
  const others = new Map<
    string,
    { readonly label: string; readonly language: string; readonly terms: readonly string[] }
  >();
  for (const version of word.versions.filter(({ id }) => id !== head.id)) {
    const { register, language } = version;
    const key = `${register} ${language}`;
    const together = others.get(key) ?? { label: label(version), language, terms: [] };
    others.set(key, { ...together, terms: [...together.terms, version.term, ...version.also] });
  }
  return {
    type: 'term',
    term: wordsIn(say, head.term, head.language),
    about: head.meaning === null ? null : wordsIn(say, head.meaning, head.language),
    beside: [...others.values()].map(({ label: name, language, terms }) => ({
      label: name,
      words: wordsIn(say, listed(say, [...new Set(terms)]), language),
    })),
  };
}

/** The between-language on paper: each word under its letter, with its other ways of saying beside it. None of them is the real one. */
export function glossarySheet(desk: Desk, cases: readonly Bookcase[], words: readonly Word[]): Laid {
  const { say } = desk;
  const known = new Map(words.map((word) => [word.slug, word]));
  const shelves = cases.flatMap((one) => one.shelves);
  return laid(desk, {
    kind: say('sheets.glossary'),
    title: say('words.title'),
    opening: say('words.lead'),
    blocks: shelves.flatMap(({ letter, listed: shelf }) => [
      heading(letter),
      ...shelf.flatMap(({ slug, version }) => {
        const word = known.get(slug);
        return word ? [termOf(say, word, version)] : [];
      }),
    ]),
  });
}
