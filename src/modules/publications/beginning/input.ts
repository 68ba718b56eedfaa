import { isLanguage } from '#platform/i18n/languages.ts';
import { wordsIn } from '#platform/form.ts';
import { publicationKinds, type PublicationKind } from '../model.ts';
import { coverLimits, type Cover } from './model.ts';

export type CoverProblem = {
  readonly field: 'title' | 'subtitle' | 'opening' | 'issue' | 'kind';
  readonly reason: 'missing' | 'long' | 'number';
};

/** Reads what stands on the cover of a publication; what is wrong is told question by question. */
export function parseCover(form: FormData, reader: string): { cover: Cover; problems: CoverProblem[] } {
  const [title, subtitle] = [wordsIn(form, 'title'), wordsIn(form, 'subtitle')];
  const [opening, language, issue] = [
    wordsIn(form, 'opening', true),
    wordsIn(form, 'language'),
    wordsIn(form, 'issue'),
  ];
  const tooLong = (field: 'title' | 'subtitle' | 'opening', words: string): CoverProblem[] =>
    words.length > coverLimits[field] ? [{ field, reason: 'long' }] : [];
  return {
    cover: {
      title,
      subtitle,
      opening,
      language: isLanguage(language) ? language : reader,
      issue: issue === '' ? null : Number(issue),
      printed: form.get('printed') !== 'no',
      invented: form.get('invented') === 'yes',
    },
    problems: [
      ...(title.length < 2 ? [{ field: 'title', reason: 'missing' } as const] : tooLong('title', title)),
      ...tooLong('subtitle', subtitle),
      ...tooLong('opening', opening),
      ...(issue === '' || /^[1-9]\d{0,3}$/.test(issue)
        ? []
        : [{ field: 'issue', reason: 'number' } as const]),
    ],
  };
}

/** Which kind of publication was chosen, or null. */
export const kindIn = (form: FormData): PublicationKind | null =>
  publicationKinds.find((kind) => kind === form.get('kind')) ?? null;

/** The name under which somebody signs; null is no name. */
export const calledIn = (form: FormData): string | null =>
  wordsIn(form, 'called').slice(0, coverLimits.called) || null;
