import { fold, scriptOfLanguage } from '../../search/model.ts';
import { scriptOf, type Script } from '../../search/scripts/model.ts';
import { headOf, type Register, type Version, type Word } from '../model.ts';

export interface Listed {
  readonly slug: string;
  readonly version: Version;
}

/** One letter of a script, with the ways of saying that begin with it. */
export interface Shelf {
  readonly letter: string;
  readonly listed: readonly Listed[];
}

/** All letters of one script, in the order of its readers. */
export interface Bookcase {
  readonly script: Script;
  readonly shelves: readonly Shelf[];
}

const scriptOfTerm = (term: string): Script => scriptOf([...term].find((sign) => /\p{L}/u.test(sign)) ?? 'a');

/** Ways of saying under their first letter, per script; within a script in the order of this language. The reader's own script first. */
export function shelvesOf(listed: readonly Listed[], language: string): Bookcase[] {
  const order = new Intl.Collator(language, { sensitivity: 'base' });
  const cases = new Map<Script, Map<string, Listed[]>>();
  for (const one of listed.toSorted((a, b) => order.compare(a.version.term, b.version.term))) {
    const script = scriptOfTerm(one.version.term);
    const letter = (/[\p{L}\p{N}]/u.exec(one.version.term.normalize('NFKD'))?.[0] ?? '#').toLocaleUpperCase(
      language,
    );
    const shelves = cases.get(script) ?? new Map<string, Listed[]>();
    shelves.set(letter, [...(shelves.get(letter) ?? []), one]);
    cases.set(script, shelves);
  }
  const mine = scriptOfLanguage(language);
  return [...cases]
    .map(([script, shelves]) => ({
      script,
      shelves: [...shelves].map(([letter, each]) => ({ letter, listed: each })),
    }))
    .toSorted((a, b) => Number(b.script === mine) - Number(a.script === mine));
}

/** What a reader wishes to see of the list: words with this in them, of this register, in this script. */
export interface ListWish {
  readonly q: string;
  readonly register: Register | null;
}

/** How each word is listed for a reader: under its head in their language, or under the way of saying that answers what they asked. */
export function listedFor(words: readonly Word[], wish: ListWish, language: string): Listed[] {
  const asked = fold(wish.q).trim();
  return words.flatMap((word) => {
    const fitting = word.versions.filter(
      ({ register, term, also, meaning }) =>
        (wish.register === null || register === wish.register) &&
        (asked === '' || [term, ...also, meaning ?? ''].some((text) => fold(text).includes(asked))),
    );
    if (fitting.length === 0) return [];
    const head = headOf({ versions: wish.register === null ? word.versions : fitting }, language);
    // Who asked for a word sees that very word, and is led to its page.
    const met = fitting.find(({ term }) => asked !== '' && fold(term).includes(asked));
    const version = met ?? head;
    return version ? [{ slug: word.slug, version }] : [];
  });
}

/** What lies on both sides of a word and what stands between: of policy or science, of life, and between-words. */
export interface Pair {
  readonly slug: string;
  readonly formal: readonly Version[];
  readonly between: readonly Version[];
  readonly lived: readonly Version[];
}

/** The pair of a word, or null when one of its sides has no word yet. A way of saying in the reader's language stands first. */
export function pairOf(word: Word, language: string): Pair | null {
  const of = (...wanted: readonly Register[]) =>
    word.versions
      .filter(({ register }) => wanted.includes(register))
      .toSorted((a, b) => Number(b.language === language) - Number(a.language === language));
  const formal = of('policy', 'academic');
  const lived = of('lived');
  if (formal.length === 0 || lived.length === 0) return null;
  return { slug: word.slug, formal, between: of('between'), lived };
}
