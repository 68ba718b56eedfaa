import { dayOf } from '#platform/clock.ts';
import { dayIn } from '#platform/i18n/days.ts';
import type { Speech } from '#platform/i18n/speech.ts';
import { parts, type Book, type Erratum, type FigureShown } from '../../model.ts';
import { marked, nothing, openAddress, pageOf, spokenWithin, type Marked } from '../markup/model.ts';
import type { Binding, BookPage } from '../model.ts';

const page = (id: string): Pick<BookPage, 'id' | 'path' | 'type' | 'inSpine' | 'parts'> => ({
  id,
  path: `${id}.xhtml`,
  type: 'application/xhtml+xml',
  inSpine: true,
  parts: [],
});

/** Which edition this is, in words: its number and day, or that it is a proof. */
function editionOf(say: Speech, { edition, releasedOn }: Book): string {
  if (edition === null || releasedOn === null) return say('print.proof');
  return say('print.edition', { edition: String(edition), day: dayIn(say.language, releasedOn) });
}

// Stones along a shoreline, as on every cover of the house.
const stones = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 170" width="100%" aria-hidden="true"><path d="M0 96 C 110 60 190 130 310 96 S 500 62 600 92 L600 170 L0 170 Z" fill="#dcebef"/><path d="M0 96 C 110 60 190 130 310 96 S 500 62 600 92" fill="none" stroke="#123c4a" stroke-width="2"/><g fill="#6b6259"><path d="M62 62 q 24 -18 48 0 q 12 18 -8 28 q -30 8 -44 -6 q -8 -12 4 -22 Z"/><path d="M180 92 q 30 -22 58 -2 q 12 22 -12 32 q -36 6 -50 -8 q -8 -12 4 -22 Z"/><path d="M428 66 q 26 -18 50 0 q 14 18 -6 28 q -32 10 -46 -6 q -10 -12 2 -22 Z"/></g><path d="M306 76 q 28 -22 56 -2 q 14 20 -8 32 q -36 8 -50 -8 q -10 -12 2 -22 Z" fill="#b3541e"/></svg>`;

/** The page with the title. */
export function titlePageOf(book: Book, { say }: Binding): BookPage {
  const kind = say(`print.kind.${book.kind}`);
  const issue = book.issue === null ? '' : ` · ${say('print.issue', { issue: String(book.issue) })}`;
  const of = spokenWithin(say.language, book.language);
  const body = marked`<section class="title-page" epub:type="titlepage">
<p class="kind"${of}>${kind}${issue}</p>
<h1>${book.title}</h1>
${book.subtitle === '' ? nothing : marked`<p class="subtitle">${book.subtitle}</p>\n`}${{ marked: stones }}
${book.opening === '' ? nothing : marked`<p class="opening">${book.opening}</p>\n`}${book.invented ? marked`<p class="invented"${of}>${say('print.invented')}</p>\n` : nothing}<p class="edition"${of}>${editionOf(say, book)}</p>
<p class="house"${of}>${say('platform.name')}</p>
</section>`;
  return {
    ...page('title-page'),
    properties: 'svg',
    title: book.title,
    language: book.language,
    content: pageOf({ title: book.title, language: book.language, kind: 'frontmatter', body }),
  };
}

/** What changed since this edition came out: that, when and in which part; never what, and never whose. */
function erratumOf(say: Speech, { at, kind, article, printed }: Erratum): Marked {
  const day = dayIn(say.language, dayOf(at));
  const told =
    article === null
      ? say(`print.erratum.${kind}.whole`, { day })
      : say(`print.erratum.${kind}`, { day, article });
  return marked`<li>${told}${printed ? marked` ${say('print.erratum.printed')}` : nothing}</li>
`;
}

/** The last page: who made it, which edition it is, where it stands, and what changed. In the language of the house. */
export function colophonOf(book: Book, { say, origin }: Binding): BookPage {
  const href = openAddress(book.address, origin);
  const made = parts.flatMap((part) => {
    const names = book.credits.filter((credit) => credit.part === part);
    const listed = names.map(({ called }, at) => marked`${at > 0 ? ' · ' : ''}<bdi>${called}</bdi>`);
    return names.length === 0 ? [] : [marked`<dt>${say(`print.part.${part}`)}</dt><dd>${listed}</dd>\n`];
  });
  const changed =
    book.changed === ''
      ? nothing
      : marked`<h2>${say('print.changed')}</h2>\n<p${spokenWithin(book.language, say.language)}>${book.changed}</p>\n`;
  const body = marked`<section epub:type="colophon" role="doc-colophon" aria-labelledby="title">
<h1 id="title">${say('print.colophon')}</h1>
<p><b${spokenWithin(book.language, say.language)}>${book.title}</b><br/>${editionOf(say, book)}</p>
${made.length === 0 ? nothing : marked`<dl class="made">\n${made}</dl>\n`}<p>${say('print.cite')} ${href === null ? marked`<bdi>${book.address}</bdi>` : marked`<a href="${href}"><bdi>${href}</bdi></a>`}</p>
<p>${say('print.voices.about')}</p>
${changed}${book.errata.length === 0 ? nothing : marked`<h2>${say('print.errata')}</h2>\n<ul>\n${book.errata.map((one) => erratumOf(say, one))}</ul>\n`}</section>`;
  const title = say('print.colophon');
  return {
    ...page('colophon'),
    title,
    language: say.language,
    content: pageOf({ title, language: say.language, kind: 'backmatter', body }),
  };
}

function factsIn(say: Speech, origin: string | null, figure: FigureShown): Marked {
  const { columns, rows } = figure.facts;
  const href = openAddress(figure.address, origin);
  const same = href === null ? nothing : marked` <a href="${href}">${say('sheets.book.figure.same')}</a>`;
  const table =
    columns.length === 0 || rows.length === 0
      ? nothing
      : marked`<table${spokenWithin(figure.language, say.language)}>
<thead><tr>${columns.map((name) => marked`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>
${rows.map((row) => marked`<tr>${columns.map((_, at) => marked`<td>${row[at] ?? ''}</td>`)}</tr>\n`)}</tbody></table>`;
  return marked`<section id="facts-${figure.slug}" aria-labelledby="f-${figure.slug}">
<h2 id="f-${figure.slug}"${spokenWithin(figure.language, say.language)}>${figure.title}</h2>
<p>${say('print.figure.taken', { day: dayIn(say.language, figure.takenOn) })}${same}</p>
<p${spokenWithin(figure.language, say.language)}>${figure.alt}</p>
${table}</section>
`;
}

/** The facts of every figure in the book as tables, for whoever would rather read than look; no page when there are no figures. */
export function factsOf(book: Book, { say, origin }: Binding): BookPage[] {
  const figures = new Map(
    book.articles
      .flatMap(({ blocks }) => blocks)
      .flatMap((block) => (block.type === 'figure' ? [[block.figure.slug, block.figure] as const] : [])),
  );
  if (figures.size === 0) return [];
  const title = say('sheets.book.facts');
  const body = marked`<section aria-labelledby="title">
<h1 id="title">${title}</h1>
${[...figures.values()].map((figure) => factsIn(say, origin, figure))}</section>`;
  const content = pageOf({ title, language: say.language, kind: 'backmatter', body });
  return [{ ...page('facts'), title, language: say.language, content }];
}
