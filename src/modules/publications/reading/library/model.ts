import type { Day } from '#platform/clock.ts';
import type { Work } from '../../../learning/citing/model.ts';
import {
  fileKinds,
  type ArticleKind,
  type ErratumKind,
  type FileKind,
  type Part,
  type PublicationKind,
} from '../../model.ts';

/** Whether the last word of an address names a file of an edition. */
export const isFileKind = (word: string): word is FileKind => fileKinds.some((kind) => kind === word);

/** What each file is, as it travels (media type). */
export const fileTypes: Readonly<Record<FileKind, string>> = {
  'reading.pdf': 'application/pdf',
  'archive.pdf': 'application/pdf',
  'book.epub': 'application/epub+zip',
};

/** An article of an edition as its contents name it. */
export interface ListedArticle {
  readonly id: string;
  readonly slug: string;
  readonly kind: ArticleKind;
  readonly title: string;
  readonly opening: string;
  readonly language: string;
  readonly byline: readonly string[];
  /** How many signs there are to read, voices and their renderings included. */
  readonly signs: number;
}

/** A file anyone may take along; `size` in bytes. */
export interface ListedFile {
  readonly kind: FileKind;
  readonly size: number;
  readonly pages: number | null;
}

/** That something was taken out; `article` is its word in the address. */
export interface ToldErratum {
  readonly article: string | null;
  readonly on: Day;
  readonly at: string;
  readonly kind: ErratumKind;
  readonly printed: boolean;
}

/** An edition without its words: what it is called, what is in it, and what can be taken along. */
export interface ListedEdition {
  readonly id: string;
  readonly slug: string;
  readonly kind: PublicationKind;
  readonly language: string;
  readonly issue: number | null;
  readonly invented: boolean;
  /** Number of the newest edition of the same publication. */
  readonly latest: number;
  readonly number: number;
  readonly title: string;
  readonly subtitle: string;
  readonly opening: string;
  readonly changed: string;
  readonly printed: boolean;
  readonly credits: readonly { readonly called: string; readonly part: Part }[];
  readonly releasedOn: Day;
  /** As ISO 8601. */
  readonly releasedAt: string;
  readonly articles: readonly ListedArticle[];
  readonly files: readonly ListedFile[];
  readonly errata: readonly ToldErratum[];
  /** The works its notes cite. */
  readonly works: readonly Work[];
}

/** Everything an edition holds is read on one page up to this many signs; past it, by part. */
export const mostOnOnePage = 14_000;

/** Whether an edition is read on one page. */
export const isOnePage = ({ articles }: Pick<ListedEdition, 'articles'>): boolean =>
  articles.reduce((sum, { signs }) => sum + signs, 0) <= mostOnOnePage;

/** Where an edition is read, and under which address it is cited. */
export const addressOf = ({ slug, number }: { readonly slug: string; readonly number: number }): string =>
  `/publications/${slug}/${number}`;
