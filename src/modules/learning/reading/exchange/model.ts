import type { Work } from '../../citing/model.ts';
import type { ReadInsight } from '../model.ts';

const oneOf = (words: Readonly<Record<string, string>>, language: string) =>
  words[language] ?? Object.values(words)[0] ?? '';

/** An insight as a work that can be cited itself, whatever kind of knowledge it is; an author without a name is not named. */
export function insightAsWork(origin: string, card: ReadInsight): Work {
  const author = card.authors.flatMap((called) => (called === null ? [] : [{ literal: called }]));
  return {
    id: card.slug,
    type: 'webpage',
    title: oneOf(card.claim, card.language),
    ...(author.length > 0 ? { author } : {}),
    issued: { 'date-parts': [card.toldOn.split('-').map(Number)] },
    'container-title': 'Steppingstones',
    language: card.language,
    URL: `${origin}/learning/insights/${card.slug}`,
  };
}

/** The insights and the works they rest on, each once, by key. */
export function citedWorks(origin: string, cards: readonly ReadInsight[]): Work[] {
  const works = new Map(
    [...cards.flatMap((card) => card.works), ...cards.map((card) => insightAsWork(origin, card))].map(
      (work) => [work.id, work],
    ),
  );
  return [...works.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** An insight as programs read it. */
export const insightRecord = (
  origin: string,
  { slug, kind, questionSlug, question, ...card }: ReadInsight,
) => ({
  id: slug,
  url: `${origin}/learning/insights/${slug}`,
  kind,
  question: question === null ? null : { id: questionSlug, words: question },
  claim: card.claim,
  how_it_is_known: card.grounds,
  where_it_holds: card.holds,
  what_speaks_against_it: card.against,
  language: card.language,
  themes: card.themes,
  authors: card.authors,
  works: card.works.map(({ id }) => id),
  told_on: card.toldOn,
});
