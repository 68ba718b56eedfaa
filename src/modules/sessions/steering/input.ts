import { isKey } from '#platform/ids.ts';
import { readable } from '../../initiatives/input.ts';
import { themes, type Theme } from '../../initiatives/model.ts';
import { keyIn } from '../preparing/input.ts';
import { offeredWhys, whyKey, type ModeratingDeed } from './model.ts';

const line = (form: FormData, name: string): string => {
  const given = form.get(name);
  return typeof given === 'string' ? readable(given).normalize('NFC').replace(/\s+/g, ' ').trim() : '';
};

const numberIn = (form: FormData, name: string, least: number, most: number): number | null => {
  const word = line(form, name);
  return /^\d{1,4}$/.test(word) && Number(word) >= least && Number(word) <= most ? Number(word) : null;
};

export interface Moderating {
  readonly deed: ModeratingDeed;
  /** The number of the statement that says the same. */
  readonly into: number | null;
  /** A reason of the house as a key, or one in own words; null when none was given. */
  readonly why: string | null;
}

/** Reads what is to be done with a statement, or null when that cannot be made out. Own words go before a reason of the house. */
export function parseModerating(form: FormData): Moderating | null {
  const deed = (['hold', 'protect', 'merge', 'give-back'] as const).find(
    (each) => each === line(form, 'deed'),
  );
  if (!deed) return null;
  const offered = offeredWhys.find((each) => each === line(form, 'offered'));
  const own = line(form, 'why').slice(0, 300);
  return {
    deed,
    into: numberIn(form, 'into', 1, 9999),
    why: own !== '' ? own : offered ? whyKey(offered) : null,
  };
}

/** How long the timer runs, in minutes, ten when nobody says; null when it is to stop. */
export const timerIn = (form: FormData): number | null =>
  form.has('stop') ? null : (numberIn(form, 'minutes', 1, 240) ?? 10);

/** About how many people go in a group; four when nobody says. */
export const groupSizeIn = (form: FormData): number => numberIn(form, 'size', 2, 30) ?? 4;

/** The people a form is about: everyone who was ticked, or named by the button that was pressed. */
export const peopleIn = (form: FormData): string[] =>
  [...new Set(form.getAll('person'))].flatMap((word) => {
    const one = new FormData();
    one.set('person', word);
    const key = keyIn(one, 'person');
    return key === '' ? [] : [key];
  });

/** Which way a session is to go on, or null when the form names none that is asked here. */
export const wayIn = (form: FormData): 'open-lobby' | 'begin' | 'pause' | 'go-on' | null =>
  (['open-lobby', 'begin', 'pause', 'go-on'] as const).find((deed) => deed === line(form, 'deed')) ?? null;

/** The number of a statement in an address; 0, which none has, when it is no number. */
export const numberAsked = (word: string): number => (/^\d{1,4}$/.test(word) ? Number(word) : 0);

/** The themes that were ticked for each issue of the form: `theme-<key of the issue>`; one without a tick has none. */
export function parseTies(form: FormData): Map<string, Theme[]> {
  const issues = form.getAll('issue').flatMap((key) => (typeof key === 'string' && isKey(key) ? [key] : []));
  return new Map(
    issues
      .slice(0, 100)
      .map((issue) => [issue, themes.filter((theme) => form.getAll(`theme-${issue}`).includes(theme))]),
  );
}
