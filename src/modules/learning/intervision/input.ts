import { wordsIn } from '#platform/form.ts';
import { dilemmaLimits, levels } from '../dilemmas/model.ts';
import { parseWords } from '../reflecting/input.ts';
import { keepings, limits, type Keeping, type Said, type Worded } from './model.ts';

/** How someone wishes to be called; a name that is too long keeps its beginning, none is null. */
export function parseCalled(form: FormData): string | null {
  return [...wordsIn(form, 'called')].slice(0, limits.called).join('').trim() || null;
}

/** Words of several lines, in the language they are in. */
export const parseSaid = (form: FormData, language: string): Said => ({
  language,
  text: parseWords(form, 'text'),
});

/** A dilemma as it is worded; a title that is too long keeps its beginning. */
export function parseWorded(form: FormData, language: string): Worded {
  const title = wordsIn(form, 'title');
  const level = levels.find((each) => each === form.get('level')) ?? 'internal';
  return { ...parseSaid(form, language), title: [...title].slice(0, dilemmaLimits.title).join(''), level };
}

export const parseKeeping = (form: FormData): Keeping | null =>
  keepings.find((each) => each === form.get('kept')) ?? null;

export const parseWord = (form: FormData): 'yes' | 'no' => (form.get('said') === 'yes' ? 'yes' : 'no');

/** Which note or who is meant: signs of a key, or nothing. */
export const parseWhich = (form: FormData): string => wordsIn(form, 'which').slice(0, 40);

/** For which kind of note something was typed. */
export const parseKind = (form: FormData): string => wordsIn(form, 'kind').slice(0, 20);
