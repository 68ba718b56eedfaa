import { wordsIn } from '#platform/form.ts';
import { faultOf, languageIn, linesIn, signingIn, themesIn } from '../input.ts';
import type { TellProblem } from '../model.ts';
import {
  dilemmaLimits,
  dilemmaLinkKinds,
  levels,
  type DilemmaLinkKind,
  type DilemmaWish,
  type Level,
  type PositionWish,
} from './model.ts';

/** Reads the form in which a dilemma is told; what is wrong is told question by question. */
export function parseDilemma(form: FormData, reader: string): { wish: DilemmaWish; problems: TellProblem[] } {
  const wish: DilemmaWish = {
    level: levels.find((level) => level === wordsIn(form, 'level')) ?? 'internal',
    title: wordsIn(form, 'title'),
    what: wordsIn(form, 'what', true),
    questions: linesIn(form, 'questions', dilemmaLimits.questions),
    language: languageIn(form, reader),
    themes: themesIn(form),
    ...signingIn(form),
  };
  const problems = [
    ...faultOf('title', wish.title, dilemmaLimits.title),
    ...faultOf('what', wish.what, dilemmaLimits.what),
    ...wish.questions
      .flatMap((question) => faultOf('questions', question, dilemmaLimits.question))
      .slice(0, 1),
  ];
  return { wish, problems };
}

/** Reads the form in which someone says how a dilemma looks from their place. */
export function parsePosition(
  form: FormData,
  reader: string,
): { wish: PositionWish; problems: TellProblem[] } {
  const wish: PositionWish = {
    place: wordsIn(form, 'place'),
    words: wordsIn(form, 'words', true),
    language: languageIn(form, reader),
    ...signingIn(form),
  };
  const short =
    wish.place.length === 1 ? [{ field: 'place', reason: 'learning.problem.missing' as const }] : [];
  return {
    wish,
    problems: [
      ...faultOf('place', wish.place, dilemmaLimits.place),
      ...short,
      ...faultOf('words', wish.words, dilemmaLimits.words),
    ],
  };
}

/** What one may ask of the library; what it does not know falls away. */
export interface DilemmaAsk {
  readonly level: Level | null;
  readonly theme: string | null;
}

/** Reads `?kind=internal&theme=work`. */
export const parseDilemmaAsk = (query: URLSearchParams): DilemmaAsk => ({
  level: levels.find((level) => level === query.get('kind')) ?? null,
  theme: query.get('theme') || null,
});

/** Reads a link to lay beside a dilemma: a kind, and a word or the whole address it ends in. Null when it is none. */
export function parseLink(form: FormData): { kind: DilemmaLinkKind; slug: string } | null {
  const kind = dilemmaLinkKinds.find((known) => known === wordsIn(form, 'kind'));
  const slug =
    wordsIn(form, 'slug')
      .replace(/[?#].*$/, '')
      .split('/')
      .filter(Boolean)
      .at(-1) ?? '';
  return kind && /^[\p{L}\p{N}]+(-[\p{L}\p{N}]+)*$/u.test(slug) && slug.length <= 200 ? { kind, slug } : null;
}
