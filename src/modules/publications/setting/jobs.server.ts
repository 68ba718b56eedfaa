import { today } from '#platform/clock.ts';
import { catalogueOnDisk } from '#platform/i18n/catalogue-on-disk.ts';
import { home } from '#platform/home.ts';
import { isLanguage } from '#platform/i18n/languages.ts';
import { speaker, type Catalogue } from '#platform/i18n/speech.ts';
import type { Printing, Standard } from '#platform/print/job.ts';
import { setType } from '#platform/print/set-type.server.ts';
import type { Book } from '../model.ts';
import { atHome, filesOf, settingOf } from './model.ts';

// From disk: files of editions are made by jobs, for which nothing was bundled.
let catalogue: Promise<Catalogue> | undefined;

/**
 * Sets a publication as it goes out on paper: a magazine in two columns, a report or common story in one, voices and their
 * renderings beside each other, what people say beside it in the margin. A book without a number is a proof and says so. Everything
 * people wrote is data. The same edition gives the same bytes.
 */
export async function setBook(book: Book, standard: Standard): Promise<Printing> {
  const texts = await (catalogue ??= catalogueOnDisk());
  const spoken = (language: string) => speaker([language, book.language].find(isLanguage) ?? 'nl', texts);
  return setType({
    template: book.kind,
    data: settingOf(atHome(book, home() ?? ''), spoken),
    files: filesOf(book),
    standard,
    day: book.releasedOn ?? today(),
  });
}
