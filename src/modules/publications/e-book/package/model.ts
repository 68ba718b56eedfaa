import { directionOf } from '#platform/i18n/languages.ts';
import type { Speech } from '#platform/i18n/speech.ts';
import type { Book, Part } from '../../model.ts';
import { marked, nothing, openAddress, spokenWithin, tagOf, type Marked } from '../markup/model.ts';
import { changedAt, languagesIn, type Binding, type BookFile, type BookPage } from '../model.ts';

// MARC relators: https://id.loc.gov/vocabulary/relators
const relators: Readonly<Record<Part, string>> = { editor: 'edt', writer: 'aut', layer: 'ctb' };

function makersOf(book: Book): Marked {
  return marked`${book.credits.map(
    ({ called, part }, at) =>
      marked`<dc:creator id="maker-${at}">${called}</dc:creator>
<meta refines="#maker-${at}" property="role" scheme="marc:relators">${relators[part]}</meta>
`,
  )}`;
}

/** What is told of how the book can be read, by the words of schema.org; no level of a norm is claimed that nobody tried. */
function accessOf(say: Speech, seen: boolean): Marked {
  const features = [
    'structuralNavigation',
    'tableOfContents',
    'readingOrder',
    'displayTransformability',
    ...(seen ? ['alternativeText'] : []),
  ];
  return marked`<meta property="schema:accessMode">textual</meta>
${seen ? marked`<meta property="schema:accessMode">visual</meta>\n` : nothing}<meta property="schema:accessModeSufficient">textual</meta>
${features.map((one) => marked`<meta property="schema:accessibilityFeature">${one}</meta>\n`)}<meta property="schema:accessibilityHazard">none</meta>
<meta property="schema:accessibilitySummary" xml:lang="${say.language}">${say('sheets.book.access')}</meta>
`;
}

/** The package document (EPUB 3.3, section 5): what the book is, every file of it, and in which order its pages are read. */
export function packageOf(book: Book, files: readonly BookFile[], { say, origin }: Binding): string {
  const lang = tagOf(book.language);
  const rtl = directionOf(book.language) === 'rtl' ? 'rtl' : 'ltr';
  const moment = changedAt(book).toISOString().slice(0, 19);
  const seen = files.some(({ type, path }) => type.startsWith('image/') && path !== 'cover.svg');
  const others = languagesIn(book)
    .map(tagOf)
    .filter((one) => one !== lang && one !== 'und');
  return `<?xml version="1.0" encoding="UTF-8"?>
${
  marked`<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="address" xml:lang="${lang}" dir="${rtl}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="address">${openAddress(book.address, origin) ?? `urn:steppingstones:${book.slug}:${book.edition ?? 'proof'}`}</dc:identifier>
<dc:title id="title">${book.title}</dc:title>
<meta refines="#title" property="title-type">main</meta>
${book.subtitle === '' ? nothing : marked`<dc:title id="subtitle">${book.subtitle}</dc:title>\n<meta refines="#subtitle" property="title-type">subtitle</meta>\n`}<dc:language>${lang}</dc:language>
${[...new Set(others)].map((one) => marked`<dc:language>${one}</dc:language>\n`)}${makersOf(book)}<dc:publisher>${say('platform.name')}</dc:publisher>
${book.releasedOn === null ? nothing : marked`<dc:date>${book.releasedOn}</dc:date>\n`}${book.opening === '' ? nothing : marked`<dc:description>${book.opening}</dc:description>\n`}<meta property="dcterms:modified">${moment}Z</meta>
${accessOf(say, seen)}</metadata>
<manifest>
${files.map(({ id, path, type, properties }) => marked`<item id="${id}" href="${path}" media-type="${type}"${properties === undefined ? nothing : marked` properties="${properties}"`}/>\n`)}</manifest>
<spine page-progression-direction="${rtl}">
${files.filter(({ inSpine }) => inSpine).map(({ id }) => marked`<itemref idref="${id}"/>\n`)}</spine>
</package>
`.marked
}`;
}

/** The contents as a reader of e-books shows them, and as a page of the book; each title in its own language. */
export function navigationOf(pages: readonly BookPage[], say: Speech): Marked {
  const named = (path: string, title: string, language: string) =>
    marked`<a href="${path}"${spokenWithin(language, say.language)}>${title.trim() === '' ? '…' : title}</a>`;
  const listed = ({ path, title, language, parts }: BookPage) => {
    const within = parts.map(
      ({ id, title: part }) => marked`<li>${named(`${path}#${id}`, part, language)}</li>\n`,
    );
    return marked`<li>${named(path, title, language)}${within.length === 0 ? nothing : marked`\n<ol>\n${within}</ol>\n`}</li>\n`;
  };
  const first = pages.find(({ id }) => id === 'chapter-1');
  return marked`<nav epub:type="toc" role="doc-toc" id="toc" aria-labelledby="title">
<h1 id="title">${say('print.contents')}</h1>
<ol>
${pages.map(listed)}</ol>
</nav>
<nav epub:type="landmarks" hidden="hidden" aria-label="${say('print.contents')}">
<ol>
<li><a epub:type="toc" href="contents.xhtml">${say('print.contents')}</a></li>
${first === undefined ? nothing : marked`<li><a epub:type="bodymatter" href="${first.path}"${spokenWithin(first.language, say.language)}>${first.title.trim() === '' ? '…' : first.title}</a></li>\n`}</ol>
</nav>`;
}

/** Where a reader of e-books finds the package (EPUB Open Container Format 3.3). */
export const containerOf = `<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="book/book.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
`;
