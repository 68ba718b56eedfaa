import type { Speech } from '#platform/i18n/speech.ts';
import type { Book, BookBlock } from '../model.ts';

/** A file of an e-book. What is not in the spine is reached from a page that is. */
export interface BookFile {
  readonly id: string;
  /** Within the folder of the book. */
  readonly path: string;
  readonly type: string;
  readonly properties?: string;
  readonly inSpine?: true;
  readonly content: string | Uint8Array;
}

/** A page of the book as its contents name it. */
export interface BookPage extends BookFile {
  readonly title: string;
  readonly language: string;
  /** Headings on it that the contents lead to. */
  readonly parts: readonly { readonly id: string; readonly title: string }[];
}

/** Letters that many readers of e-books lack. */
export interface Font {
  readonly family: string;
  readonly file: string;
  readonly languages: readonly string[];
  readonly bytes: Uint8Array;
}

/** What a book is bound with besides its own tree. */
export interface Binding {
  readonly say: Speech;
  /** The house it came out in; null when its address names none. */
  readonly origin: string | null;
  /** Pictures as every reader of e-books shows them, by key. */
  readonly pictures: Readonly<Record<string, Uint8Array>>;
  /** Drawings of figures that are whole, by the word in their address. */
  readonly drawings: Readonly<Record<string, string>>;
  readonly fonts: readonly Font[];
}

/** Every language that a word of this book is in, its own first. */
export function languagesIn(book: Book): readonly string[] {
  const ofBlock = (block: BookBlock): string[] => [
    block.language,
    ...(block.type === 'figure' ? [block.figure.language] : []),
    ...[...block.margin, ...(block.type === 'quote' ? [block.voice] : [])].flatMap((voice) => [
      voice.language,
      ...voice.renderings.map(({ language }) => language),
    ]),
  ];
  const others = book.articles.flatMap((article) => [article.language, ...article.blocks.flatMap(ofBlock)]);
  return [...new Set([book.language, ...others])];
}

/** The moment this book was last changed, by itself and never by a clock: the day it came out, or what left it since. */
export function changedAt(book: Book): Date {
  const released = new Date(`${book.releasedOn ?? '2000-01-01'}T00:00:00Z`);
  return book.errata.reduce((latest, { at }) => (at > latest ? at : latest), released);
}
