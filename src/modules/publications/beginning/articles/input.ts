import { isLanguage } from '#platform/i18n/languages.ts';
import { wordsIn } from '#platform/form.ts';
import { articlesIn, standings, type PublicationKind, type Standing } from '../../model.ts';
import { articleLimits, type ArticleWish } from './model.ts';

export interface ArticleProblem {
  readonly field: 'title' | 'opening' | 'byline';
  readonly reason: 'missing' | 'long';
}

/** Reads an article as it is begun or changed; names under it are one a line. */
export function parseArticle(
  form: FormData,
  { kind, language }: { readonly kind: PublicationKind; readonly language: string },
): { wish: ArticleWish; problems: ArticleProblem[] } {
  const [title, opening] = [wordsIn(form, 'title'), wordsIn(form, 'opening', true)];
  const byline = [
    ...new Set(
      wordsIn(form, 'byline', true)
        .split('\n')
        .map((name) => name.replace(/\s+/g, ' ').trim())
        .filter(Boolean),
    ),
  ];
  const spoken = wordsIn(form, 'language');
  const chosen =
    articlesIn[kind].find((each) => each === form.get('kind')) ?? articlesIn[kind][0] ?? 'section';
  const long = (field: ArticleProblem['field'], isLong: boolean): ArticleProblem[] =>
    isLong ? [{ field, reason: 'long' }] : [];
  return {
    wish: { kind: chosen, title, opening, language: isLanguage(spoken) ? spoken : language, byline },
    problems: [
      ...(title.length < 2
        ? [{ field: 'title', reason: 'missing' } as const]
        : long('title', title.length > articleLimits.title)),
      ...long('opening', opening.length > articleLimits.opening),
      ...long(
        'byline',
        byline.length > articleLimits.byline || byline.some((name) => name.length > articleLimits.name),
      ),
    ],
  };
}

/** To where an article is moved by hand, or null. */
export const standingIn = (form: FormData): Exclude<Standing, 'released'> | null =>
  standings.find(
    (each): each is Exclude<Standing, 'released'> => each !== 'released' && each === form.get('to'),
  ) ?? null;
