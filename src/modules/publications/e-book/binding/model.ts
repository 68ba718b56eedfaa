import { navigationOf, packageOf } from '../package/model.ts';
import type { Book } from '../../model.ts';
import { chapterOf } from '../chapter/model.ts';
import { colophonOf, factsOf, titlePageOf } from '../front/model.ts';
import { lookOf } from '../look/model.ts';
import { pageOf } from '../markup/model.ts';
import type { Binding, BookFile, BookPage } from '../model.ts';

function contentsOf(pages: readonly BookPage[], { say }: Binding): BookFile {
  const title = say('print.contents');
  const body = navigationOf(pages, say);
  return {
    id: 'contents',
    path: 'contents.xhtml',
    type: 'application/xhtml+xml',
    properties: 'nav',
    inSpine: true,
    content: pageOf({ title, language: say.language, kind: 'frontmatter', body }),
  };
}

/** All files of a book within its folder, in the order in which they are bound. Pure: the same tree gives the same files. */
export function filesOf(book: Book, binding: Binding): readonly BookFile[] {
  const title = titlePageOf(book, binding);
  const rest = [
    ...book.articles.map((article, at) => chapterOf(book, article, at + 1, binding)),
    ...factsOf(book, binding),
    colophonOf(book, binding),
  ];
  const files: BookFile[] = [
    title,
    contentsOf([title, ...rest], binding),
    ...rest,
    { id: 'look', path: 'book.css', type: 'text/css', content: lookOf(binding.fonts) },
    ...Object.entries(binding.drawings).map(([slug, content]) => ({
      id: `figure-${slug}`,
      path: `images/figure-${slug}.svg`,
      type: 'image/svg+xml',
      content,
    })),
    ...Object.entries(binding.pictures).map(([key, content]) => ({
      id: `picture-${key}`,
      path: `images/${key}.jpg`,
      type: 'image/jpeg',
      content,
    })),
    ...binding.fonts.map(({ file, bytes }, at) => ({
      id: `letters-${at + 1}`,
      path: `fonts/${file}`,
      type: 'font/ttf',
      content: bytes,
    })),
  ];
  const content = packageOf(book, files, binding);
  return [{ id: 'package', path: 'book.opf', type: 'application/oebps-package+xml', content }, ...files];
}
