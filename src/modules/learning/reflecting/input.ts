import { wordsIn } from '#platform/form.ts';
import { prompts, type Prompt } from './model.ts';

/** Words of several lines, with at most one empty line between two. */
export const parseWords = (form: FormData, name = 'words'): string =>
  wordsIn(form, name, true).replace(/\n{3,}/g, '\n\n');

/** The question that is meant by a word such as `internal-power`, or null. */
export const parsePrompt = (word: FormDataEntryValue | null): Prompt | null =>
  prompts.find(({ facing, about }) => word === `${facing}-${about}`) ?? null;
