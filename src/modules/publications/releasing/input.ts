import { wordsIn } from '#platform/form.ts';

/** What changed since the edition before, in words; what is longer than anyone reads there is cut. */
export const parseChanged = (form: FormData): string => wordsIn(form, 'changed', true).slice(0, 2_000);
