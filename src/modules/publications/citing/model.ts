import { citationOf, type Work, type WorkName } from '../../learning/citing/model.ts';
import type { Inline } from '../model.ts';
import { addressOf, type ListedArticle, type ListedEdition } from '../reading/library/model.ts';

type CitationWords = Parameters<typeof citationOf>[1];

/** A work as a note says it: who, year, title, where in it, where to find it. */
export function citedIn(work: Work, at: string, words: CitationWords): Inline[] {
  const { before, title, after, link } = citationOf(work, words);
  const stop = /[.?!؟]$/.test(title) ? '' : '.';
  const rest = [after, at && `${at}.`].filter(Boolean).join(' ');
  return [
    { type: 'text', text: `${before} ` },
    { type: 'text', text: title, em: true },
    { type: 'text', text: `${stop}${rest && ` ${rest}`}${link ? ' ' : ''}` },
    ...(link ? [{ type: 'link' as const, text: link, href: link }] : []),
  ];
}

// A name as somebody chose it is whole; as a family name it comes back from BibTeX as it went.
const named = (names: readonly string[]): WorkName[] => [...new Set(names)].map((family) => ({ family }));

/** An edition as a work that can be cited: written by who signs its articles, else by who worked on it; its address is that of this edition. */
export function editionAsWork(origin: string, edition: ListedEdition): Work {
  const { slug, kind, number, title, subtitle, credits, releasedOn, language } = edition;
  const written = named(edition.articles.flatMap(({ byline }) => byline));
  const editors = named(credits.flatMap(({ called, part }) => (part === 'editor' ? [called] : [])));
  const author = written.length > 0 ? written : named(credits.map(({ called }) => called));
  return {
    id: `${slug}-${number}`,
    type: kind === 'report' ? 'report' : 'book',
    title: subtitle === '' ? title : `${title}: ${subtitle}`,
    ...(author.length > 0 ? { author } : {}),
    ...(editors.length > 0 && kind !== 'report' ? { editor: editors } : {}),
    issued: { 'date-parts': [releasedOn.split('-').map(Number)] },
    publisher: 'Steppingstones',
    ...(kind === 'report' ? {} : { edition: String(number) }),
    language,
    URL: `${origin}${addressOf(edition)}`,
  };
}

/** An article of an edition as a work that can be cited by itself. */
export function articleAsWork(origin: string, edition: ListedEdition, article: ListedArticle): Work {
  const whole = editionAsWork(origin, edition);
  const author = article.byline.length > 0 ? named(article.byline) : whole.author;
  return {
    id: `${whole.id}-${article.slug}`,
    type: 'chapter',
    title: article.title,
    ...(author ? { author } : {}),
    ...(whole.editor ? { editor: whole.editor } : {}),
    ...(whole.issued ? { issued: whole.issued } : {}),
    'container-title': whole.title,
    publisher: 'Steppingstones',
    language: article.language,
    URL: `${origin}${addressOf(edition)}/part/${article.slug}`,
  };
}

/** An edition and each of its articles, to cite. */
export const citable = (origin: string, edition: ListedEdition): Work[] => [
  editionAsWork(origin, edition),
  ...edition.articles.map((article) => articleAsWork(origin, edition, article)),
];
