import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { zipSync, type Zippable } from 'fflate';
import sharp from 'sharp';
import { catalogueOnDisk } from '#platform/i18n/catalogue-on-disk.ts';
import { isLanguage } from '#platform/i18n/languages.ts';
import { speaker } from '#platform/i18n/speech.ts';
import { readXml } from '#platform/xml.ts';
import { home } from '#platform/home.ts';
import type { Book } from '../model.ts';
import { filesOf } from './binding/model.ts';
import { changedAt, languagesIn, type Font } from './model.ts';
import { containerOf } from './package/model.ts';

// Latin, Greek and Cyrillic every reader has; these many lack. The files carry their licence (OFL) in themselves.
const letters = [
  {
    family: 'Amiri',
    from: '@expo-google-fonts/amiri/400Regular/Amiri_400Regular.ttf',
    languages: ['ar', 'ps', 'ur', 'ku', 'ckb'],
  },
  {
    family: 'Vazirmatn',
    from: '@expo-google-fonts/vazirmatn/400Regular/Vazirmatn_400Regular.ttf',
    languages: ['fa'],
  },
  {
    family: 'Noto Sans Ethiopic',
    from: '@expo-google-fonts/noto-sans-ethiopic/400Regular/NotoSansEthiopic_400Regular.ttf',
    languages: ['ti', 'am'],
  },
] as const;

const require = createRequire(import.meta.url);

function fontsFor(languages: readonly string[]): Promise<Font[]> {
  const wanted = letters.filter((font) => font.languages.some((one) => languages.includes(one)));
  return Promise.all(
    wanted.map(async ({ family, from, languages: whose }) => ({
      family,
      file: basename(from),
      languages: whose,
      bytes: new Uint8Array(await readFile(require.resolve(from))),
    })),
  );
}

/** The pictures that a block of the book shows, as JPEG: few readers of e-books show WebP. */
async function picturesIn(book: Book): Promise<Record<string, Uint8Array>> {
  const blocks = book.articles.flatMap((article) => article.blocks);
  const keys = [...new Set(blocks.flatMap((block) => (block.type === 'image' ? [block.picture] : [])))];
  const pictures: Record<string, Uint8Array> = {};
  for (const key of keys.filter((one) => /^[0-9a-z-]{1,60}$/.test(one))) {
    const picture = book.pictures[key];
    if (picture === undefined) continue;
    pictures[key] =
      picture.type === 'image/jpeg'
        ? picture.bytes
        : new Uint8Array(
            await sharp(picture.bytes).flatten({ background: '#fff' }).jpeg({ quality: 84 }).toBuffer(),
          );
  }
  return pictures;
}

/** The drawings of its figures that are whole SVG; one that is not would break the page it stands on, and is told in words. */
function drawingsIn(book: Book): Record<string, string> {
  const drawings: Record<string, string> = {};
  for (const block of book.articles.flatMap((article) => article.blocks)) {
    if (block.type !== 'figure' || !/^[a-z0-9-]{1,60}$/.test(block.figure.slug)) continue;
    const read = readXml(block.figure.drawing, { depth: 40, elements: 50_000 });
    if (read.ok && read.root.space === 'http://www.w3.org/2000/svg' && read.root.name === 'svg')
      drawings[block.figure.slug] = block.figure.drawing;
  }
  return drawings;
}

// A job has no request to ask where this house is; who runs it says so.
const originOf = (address: string): string | null => (URL.canParse(address) ? new URL(address).origin : null);

/** The same in every time zone: ZIP keeps a day and time without one, before 1980 none at all. */
const asDated = (at: Date): Date =>
  new Date(Math.max(1980, at.getUTCFullYear()), at.getUTCMonth(), at.getUTCDate(), at.getUTCHours());

/**
 * Binds a publication as an e-book: EPUB 3.3 that is also valid as 3.2, in one file. The same book gives the same bytes: its days are
 * those of the edition, never of a clock. A language the house does not speak has its headings in Dutch.
 */
export async function bindBook(book: Book): Promise<Uint8Array> {
  const say = speaker(isLanguage(book.language) ? book.language : 'nl', await catalogueOnDisk());
  const [fonts, pictures] = await Promise.all([fontsFor(languagesIn(book)), picturesIn(book)]);
  const drawings = drawingsIn(book);
  const files = filesOf(book, { say, origin: originOf(book.address) ?? home(), pictures, drawings, fonts });
  const dated = { mtime: asDated(changedAt(book)) };
  const utf8 = new TextEncoder();
  const packed: Zippable = {
    // Read first and as it is, so that anyone knows what this is from its first bytes (OCF 3.3, 4.3).
    mimetype: [utf8.encode('application/epub+zip'), { ...dated, level: 0 }],
    'META-INF/container.xml': [utf8.encode(containerOf), dated],
  };
  for (const { path, type, content } of files)
    packed[`book/${path}`] = [
      typeof content === 'string' ? utf8.encode(content) : content,
      { ...dated, level: type === 'image/jpeg' ? 0 : 6 },
    ];
  return zipSync(packed);
}
