import { prompts, type Prompt } from './model.ts';

const unseen = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** Words of several lines as someone typed them, without what cannot be seen. */
export function parseWords(form: FormData, name = 'words'): string {
  const typed = form.get(name);
  if (typeof typed !== 'string') return '';
  return typed
    .toWellFormed()
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\n]+/g, (line) => line.replace(unseen, ' '))
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** The question that is meant by a word such as `internal-power`, or null. */
export const parsePrompt = (word: FormDataEntryValue | null): Prompt | null =>
  prompts.find(({ facing, about }) => word === `${facing}-${about}`) ?? null;
