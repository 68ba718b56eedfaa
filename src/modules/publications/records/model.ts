import { inLatin, plainWords } from '../../languages/latin/model.ts';
import type { Work, WorkProblem } from '../../learning/citing/model.ts';

/** A publication that stands elsewhere: how it is cited, what it is about in our own words, and where we know it from. */
export interface LibraryRecord {
  readonly slug: string;
  readonly csl: Work;
  /** Per language; may be empty. */
  readonly about: Readonly<Record<string, string>>;
  readonly source: string;
}

/** One fault of one row of a file: as of works, and of what the library itself asks. */
export type RecordProblem = Omit<WorkProblem, 'reason'> & {
  readonly reason: WorkProblem['reason'] | 'source' | 'large';
};

/** How much is read at once. */
export const recordLimits = { bytes: 1_000_000 } as const;

/** What tells a publication apart from another: its title, its year and its number, as they are written. */
export const sameness = ({ title, issued, ISBN, DOI }: Work): string =>
  JSON.stringify([
    title.toLowerCase(),
    issued?.['date-parts'][0]?.[0] ?? null,
    ISBN?.replace(/[\s-]/g, '') ?? null,
    DOI ?? null,
  ]);

/** A name in the address made of a title in any script that can be read in Latin letters; `record` when nothing of it can. */
export function slugOf(title: string): string {
  const plain = plainWords(inLatin(title));
  return plain.length < 3 ? `record${plain && `-${plain}`}` : plain;
}

/** The same name, with the first number behind it that nobody has yet. */
export function freeSlug(slug: string, taken: ReadonlySet<string>): string {
  for (let n = 1; ; n++) {
    const tried = n === 1 ? slug : `${slug}-${n}`;
    if (!taken.has(tried)) return tried;
  }
}

/** What a record is about for who reads this language: in it, else in English, else in Dutch, else in any; null when nobody wrote it. */
export function aboutIn(
  about: Readonly<Record<string, string>>,
  language: string,
): { readonly language: string; readonly words: string } | null {
  const found = [language, 'en', 'nl', ...Object.keys(about)].find((one) => about[one]);
  return found === undefined ? null : { language: found, words: about[found] ?? '' };
}
