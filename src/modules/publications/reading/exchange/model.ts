import type { Work } from '../../../learning/citing/model.ts';
import { addressOf, type ListedEdition } from '../library/model.ts';

type Json = Readonly<Record<string, unknown>>;

const context = 'https://schema.org';

const filled = (fields: Json): Json =>
  Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) =>
        value !== '' &&
        value !== null &&
        value !== undefined &&
        !(Array.isArray(value) && value.length === 0),
    ),
  );

const personCalled = (name: string) => ({ '@type': 'Person', name });

const citedWork = (work: Work): Json =>
  filled({
    '@type': 'CreativeWork',
    '@id': work.DOI ? `https://doi.org/${work.DOI}` : work.URL,
    name: work.title,
    author: (work.author ?? []).map(({ family, given, literal }) =>
      personCalled(literal ?? [given, family].filter(Boolean).join(' ')),
    ),
    datePublished: work.issued?.['date-parts'][0]
      ?.map((part, at) => String(part).padStart(at === 0 ? 4 : 2, '0'))
      .join('-'),
    isbn: work.ISBN,
  });

const types = { 'common-story': 'CreativeWork', report: 'Report', magazine: 'PublicationIssue' } as const;

/**
 * An edition as schema.org knows it, without its context: what it is, who worked on it, its articles and what they cite. It names no
 * licence: a voice lent its words to this publication, and to nobody else.
 */
function editionNode(origin: string, edition: ListedEdition): Json {
  const { title, subtitle, opening, language, kind, issue, number, releasedOn, credits, errata } = edition;
  const address = `${origin}${addressOf(edition)}`;
  const by = (part: string) =>
    credits.flatMap((one) => (one.part === part ? [personCalled(one.called)] : []));
  return filled({
    '@type': types[kind],
    '@id': address,
    url: address,
    name: title,
    alternativeHeadline: subtitle,
    description: opening,
    inLanguage: language,
    issueNumber: kind === 'magazine' && issue !== null ? String(issue) : null,
    version: String(number),
    datePublished: releasedOn,
    dateModified: errata.at(-1)?.on ?? releasedOn,
    editor: by('editor'),
    author: by('writer'),
    contributor: by('layer'),
    publisher: { '@type': 'Organization', name: 'Steppingstones', url: origin },
    hasPart: edition.articles.map((article) =>
      filled({
        '@type': 'Article',
        '@id': `${address}/part/${article.slug}`,
        headline: article.title,
        description: article.opening,
        inLanguage: article.language,
        author: article.byline.map(personCalled),
        datePublished: releasedOn,
      }),
    ),
    citation: edition.works.map(citedWork),
    encoding: edition.files.map(({ kind: file }) => ({
      '@type': 'MediaObject',
      contentUrl: `${address}/${file}`,
      encodingFormat: file === 'book.epub' ? 'application/epub+zip' : 'application/pdf',
    })),
  });
}

/** One edition as JSON-LD of schema.org. */
export const jsonLdOf = (origin: string, edition: ListedEdition): Json => ({
  '@context': context,
  ...editionNode(origin, edition),
});

/** Editions as one graph of schema.org. */
export const graphOf = (origin: string, editions: readonly ListedEdition[]): Json => ({
  '@context': context,
  '@graph': editions.map((edition) => editionNode(origin, edition)),
});

/** An edition as programs read it. */
export const editionRecord = (origin: string, edition: ListedEdition) => ({
  id: `${edition.slug}-${edition.number}`,
  url: `${origin}${addressOf(edition)}`,
  kind: edition.kind,
  title: edition.title,
  subtitle: edition.subtitle,
  opening: edition.opening,
  language: edition.language,
  issue: edition.issue,
  edition: edition.number,
  newest: edition.number === edition.latest,
  invented: edition.invented,
  released_on: edition.releasedOn,
  changed: edition.changed,
  credits: edition.credits,
  articles: edition.articles.map(({ slug, kind, title, opening, language, byline }) => ({
    id: slug,
    url: `${origin}${addressOf(edition)}/part/${slug}`,
    ...{ kind, title, opening, language, byline },
  })),
  files: edition.files.map(({ kind, size, pages }) => ({
    url: `${origin}${addressOf(edition)}/${kind}`,
    ...{ kind, size, pages },
  })),
  errata: edition.errata.map(({ article, on, kind, printed }) => ({ article, on, kind, printed })),
});
