import type { Day } from '#platform/clock.ts';

/** Who a word is of: policy, people who live it, science, or between them. The order is that of a page, never of worth. */
export const registers = ['policy', 'between', 'lived', 'academic'] as const;
export type Register = (typeof registers)[number];

/** What of a word someone may propose. */
export const proposalKinds = ['between', 'lived', 'dispute'] as const;
export type ProposalKind = (typeof proposalKinds)[number];

export type WordStatus = 'sources' | 'proposed' | 'adopted';

/** That someone sees a way of saying otherwise; it stands beside it and is not settled. */
export interface Dispute {
  readonly id: string;
  readonly language: string;
  readonly text: string;
  readonly called: string | null;
  readonly saidOn: Day;
}

/** Which table took a word as its own, and when; a table without an open page has no name. */
export interface Adoption {
  readonly name: string | null;
  readonly slug: string | null;
  readonly on: Day;
}

/** One way in which a word is said. */
export interface Version {
  readonly id: string;
  readonly register: Register;
  readonly language: string;
  readonly term: string;
  readonly also: readonly string[];
  readonly meaning: string | null;
  readonly says: string | null;
  readonly example: string | null;
  readonly exampleFrom: 'own-words' | 'source' | null;
  readonly exampleSource: string | null;
  /** What the word hides or does, as a reading, per language. */
  readonly hides: Readonly<Record<string, string>>;
  readonly since: Day | null;
  readonly until: Day | null;
  readonly sources: readonly string[];
  readonly status: WordStatus;
  readonly called: string | null;
  readonly disputes: readonly Dispute[];
  readonly adoptions: readonly Adoption[];
}

/** A word of the between-language: one thing that is said in several ways. */
export interface Word {
  readonly id: string;
  readonly slug: string;
  readonly origin: 'sources' | 'house';
  readonly versions: readonly Version[];
}

/** What stands under /words and is no word: no word may have it in its address. */
export const reservedSlugs: readonly string[] = ['pairs', 'propose'];

/** The word for the address of a page: plain Latin letters and strokes, at most 60; empty when nothing is left. */
export function slugOf(term: string): string {
  return term
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '');
}

/** Whether a way of saying is still said on this day. */
export const isStillSaid = (version: Pick<Version, 'until'>, on: Day): boolean =>
  version.until === null || version.until >= on;

/**
 * Under which of its ways of saying a word is listed for a reader of this language: the one that gave it its page, in that
 * language; else in Dutch, where the words come from; else the first there is.
 */
export function headOf(word: Pick<Word, 'versions'>, language: string): Version | undefined {
  const [first] = word.versions;
  const like = word.versions.filter(({ register }) => register === first?.register);
  return (
    like.find((version) => version.language === language) ??
    word.versions.find((version) => version.language === language) ??
    like.find((version) => version.language === 'nl') ??
    first
  );
}
