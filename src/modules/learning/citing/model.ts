/** Somebody's name as CSL-JSON writes it: of a person in parts, of a body as a whole. */
export interface WorkName {
  readonly family?: string;
  readonly given?: string;
  readonly literal?: string;
  readonly 'non-dropping-particle'?: string;
  readonly 'dropping-particle'?: string;
}

/** A work that can be cited, as CSL-JSON 1.0 (citationstyles.org/schema): the part of it that the house keeps. */
export interface Work {
  readonly id: string;
  readonly type: string;
  readonly title: string;
  readonly author?: readonly WorkName[];
  readonly editor?: readonly WorkName[];
  readonly issued?: { readonly 'date-parts': readonly (readonly number[])[] };
  readonly 'container-title'?: string;
  readonly publisher?: string;
  readonly 'publisher-place'?: string;
  readonly volume?: string;
  readonly issue?: string;
  readonly page?: string;
  readonly edition?: string;
  readonly DOI?: string;
  readonly ISBN?: string;
  readonly URL?: string;
  readonly language?: string;
}

/** The types of CSL-JSON 1.0 that the house takes. */
export const workTypes = [
  'article',
  'article-journal',
  'article-magazine',
  'article-newspaper',
  'book',
  'broadcast',
  'chapter',
  'dataset',
  'document',
  'entry',
  'entry-encyclopedia',
  'interview',
  'legal_case',
  'legislation',
  'manuscript',
  'motion_picture',
  'paper-conference',
  'post',
  'post-weblog',
  'report',
  'review',
  'song',
  'speech',
  'thesis',
  'webpage',
] as const;

/** What can be wrong with an entry; each has a message `learning.desk.works.problem.<reason>`. */
export const workFaults = [
  'unreadable',
  'key-missing',
  'key-form',
  'key-twice',
  'key-taken',
  'type',
  'missing',
  'nobody',
  'year',
  'doi',
  'url',
  'isbn',
  'long',
  'form',
] as const;
export type WorkFault = (typeof workFaults)[number];

/** One fault of one entry: which entry of the file (from 1), its key where it has one, the field, why, and what was found there. */
export interface WorkProblem {
  readonly entry: number;
  readonly key: string | null;
  readonly field: string | null;
  readonly reason: WorkFault;
  readonly found: string;
}

/** The words a citation needs in the language of its reader. */
interface CitationWords {
  readonly and: string;
  readonly noDate: string;
  readonly editors: string;
  /** Whether names that run from right to left are held apart (Unicode isolates), so that what stands around them keeps its place. */
  readonly apart?: boolean;
}

/** A citation in parts, so that a page can set the title apart; `after` may be empty. */
export interface Citation {
  readonly before: string;
  readonly title: string;
  readonly after: string;
  /** Where the work can be found: its DOI as an address, else its own address. */
  readonly link: string | null;
}

const nameOf = ({ family, given, literal, ...name }: WorkName): string => {
  if (!family) return literal ?? given ?? '';
  const particle = name['non-dropping-particle'] ?? name['dropping-particle'];
  const initials = (given ?? '')
    .split(/[\s.]+/)
    .filter(Boolean)
    .map((word) => `${[...word][0]}.`)
    .join(' ');
  const whole = particle ? `${particle} ${family}` : family;
  return initials === '' ? whole : `${whole}, ${initials}`;
};

const runsFromRight = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}]/u;

const namesOf = (names: readonly WorkName[], { and, apart = false }: CitationWords): string => {
  const told = names
    .map(nameOf)
    .filter(Boolean)
    .map((name) => (apart && runsFromRight.test(name) ? `\u2068${name}\u2069` : name));
  const [last, ...others] = told.reverse();
  if (last === undefined) return '';
  return others.length === 0 ? last : `${others.reverse().join(', ')} ${and} ${last}`;
};

/** The year a work is from, or null when it does not say. */
export const yearOf = ({ issued }: Work): number | null => issued?.['date-parts'][0]?.[0] ?? null;

/**
 * A work in author-date form (as APA 7 and the Dutch guides that follow it set it): who, year, title, in what, by whom, where to
 * find it. The words between are the reader's own.
 */
export function citationOf(work: Work, words: CitationWords): Citation {
  const authors = namesOf(work.author ?? [], words);
  const editors = namesOf(work.editor ?? [], words);
  const who = authors || (editors && `${editors} (${words.editors})`);
  const volume = [work.volume ?? '', work.issue ? `(${work.issue})` : ''].join('');
  const within = [
    authors && editors ? `${editors} (${words.editors})` : '',
    work['container-title'] ?? '',
    volume,
    work.page?.replaceAll('-', '–') ?? '',
  ].filter(Boolean);
  const by = [work['publisher-place'], work.publisher].filter(Boolean).join(': ');
  return {
    before: `${who ? `${who} ` : ''}(${yearOf(work) ?? words.noDate}).`,
    title: work.title,
    after: [within.join(', '), by]
      .filter(Boolean)
      .map((part) => `${part}.`)
      .join(' '),
    link: work.DOI ? `https://doi.org/${work.DOI}` : (work.URL ?? null),
  };
}

/** One entry as it was found, before it was judged. */
export interface FoundEntry {
  readonly key: string | null;
  readonly entry: Readonly<Record<string, unknown>> | null;
  /** Why it could not be read at all. */
  readonly unreadable: string | null;
  /** The type as the file wrote it, where the house does not know it. */
  readonly strangeType: string | null;
}
