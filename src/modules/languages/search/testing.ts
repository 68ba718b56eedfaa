import type { SearchText } from './model.ts';

/** A text to be found; what a test does not care about has a plain value. */
export function aText(given: Partial<SearchText> & { subjectId: string }): SearchText {
  return {
    subjectKind: 'initiative',
    language: 'nl',
    title: given.subjectId,
    names: [],
    text: '',
    facets: [],
    point: null,
    days: { from: null, until: null },
    ...given,
  };
}
