import { dilemmaLimits, levels } from '../dilemmas/model.ts';
import { keepings, limits, type Keeping, type Said, type Worded } from './model.ts';

// Signs that are not seen and could turn what others read.
const unseen = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;
const typed = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value.toWellFormed().normalize('NFC') : '';
};

/** How someone wishes to be called; a name that is too long keeps its beginning, none is null. */
export function parseCalled(form: FormData): string | null {
  const called = typed(form, 'called').replace(unseen, ' ').replace(/\s+/g, ' ').trim();
  return [...called].slice(0, limits.called).join('').trim() || null;
}

/** Words of several lines, without what cannot be seen. */
export function parseSaid(form: FormData, language: string): Said {
  const text = typed(form, 'text')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\n]+/g, (line) => line.replace(unseen, ' '))
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return { language, text };
}

/** A dilemma as it is worded; a title that is too long keeps its beginning. */
export function parseWorded(form: FormData, language: string): Worded {
  const title = typed(form, 'title').replace(unseen, ' ').replace(/\s+/g, ' ').trim();
  const level = levels.find((each) => each === form.get('level')) ?? 'internal';
  return { ...parseSaid(form, language), title: [...title].slice(0, dilemmaLimits.title).join(''), level };
}

export const parseKeeping = (form: FormData): Keeping | null =>
  keepings.find((each) => each === form.get('kept')) ?? null;

export const parseWord = (form: FormData): 'yes' | 'no' => (form.get('said') === 'yes' ? 'yes' : 'no');

/** Which note or who is meant: signs of a key, or nothing. */
export const parseWhich = (form: FormData): string => typed(form, 'which').slice(0, 40);

/** For which kind of note something was typed. */
export const parseKind = (form: FormData): string => typed(form, 'kind').slice(0, 20);
