import { isDay } from '#platform/clock.ts';
import { isKey } from '#platform/ids.ts';
import { isLanguage, languages } from '#platform/i18n/languages.ts';
import { readable } from '../../initiatives/input.ts';
import { themes, type Theme } from '../../initiatives/model.ts';
import { limits, methodNames, stepKinds, type MethodName, type StepKind, type Words } from '../model.ts';

/** What someone wants a session to be. */
export interface SessionWish {
  /** A method of the house, or the key of an own one. */
  readonly method: MethodName | { readonly own: string };
  readonly title: string;
  readonly purpose: string;
  readonly language: string;
  /** Title and purpose in other languages, as far as someone wrote them. */
  readonly otherTitles: Words;
  readonly otherPurposes: Words;
  readonly themes: readonly Theme[];
  readonly place: string;
  /** Who invites, by name, at most five. */
  readonly organisers: readonly string[];
  readonly municipality: string;
  readonly day: string;
  readonly time: string;
  readonly minutes: string;
  readonly door: 'open' | 'admission';
  readonly announced: boolean;
}

export interface StepWish {
  readonly minutes: number | null;
  readonly prompt: Words;
  readonly purpose: Words;
  readonly sides: readonly Words[];
}

export type SessionProblem = {
  readonly field:
    | 'title'
    | 'purpose'
    | 'place'
    | 'organisers'
    | 'municipality'
    | 'day'
    | 'time'
    | 'minutes'
    | 'method'
    | 'prompt';
  readonly reason: `sessions.desk.problem.${
    'title' | 'long' | 'municipality' | 'day' | 'time' | 'minutes' | 'method' | 'step-minutes'}`;
};

const line = (form: FormData, name: string): string => {
  const given = form.get(name);
  return typeof given === 'string' ? readable(given).normalize('NFC').replace(/\s+/g, ' ').trim() : '';
};

/** What someone typed line by line, empty lines left out. */
function linesIn(form: FormData, name: string): string[] {
  const given = form.get(name);
  return (typeof given === 'string' ? readable(given).normalize('NFC').split(/\r?\n/) : [])
    .map((each) => each.replace(/\s+/g, ' ').trim())
    .filter(Boolean);
}

/** The words someone typed per language under `name-<language>`, empty ones left out. */
const perLanguage = (form: FormData, name: string): Words =>
  Object.fromEntries(
    languages.map((each) => [each, line(form, `${name}-${each}`)] as const).filter(([, text]) => text !== ''),
  );

const numberIn = (text: string, least: number, most: number): number | null =>
  /^\d{1,4}$/.test(text) && Number(text) >= least && Number(text) <= most ? Number(text) : null;

/** Reads the form of a session; what is wrong is told field by field, and nothing a person wrote is lost. */
export function parseSession(form: FormData): { wish: SessionWish; problems: SessionProblem[] } {
  const problems: SessionProblem[] = [];
  const wrong = (field: SessionProblem['field'], reason: SessionProblem['reason']) =>
    problems.push({ field, reason });
  const language = line(form, 'language');
  const method = line(form, 'method');
  const wish: SessionWish = {
    method: methodNames.find((each) => each === method) ?? (isKey(method) ? { own: method } : 'make-session'),
    title: line(form, 'title'),
    purpose: line(form, 'purpose'),
    language: isLanguage(language) ? language : 'nl',
    otherTitles: perLanguage(form, 'title'),
    otherPurposes: perLanguage(form, 'purpose'),
    themes: themes.filter((theme) => form.getAll('theme').includes(theme)),
    place: line(form, 'place'),
    organisers: linesIn(form, 'organisers'),
    municipality: line(form, 'municipality'),
    day: line(form, 'day'),
    time: line(form, 'time'),
    minutes: line(form, 'minutes'),
    door: line(form, 'door') === 'admission' ? 'admission' : 'open',
    announced: form.get('announced') !== null,
  };
  if (wish.title.length < 3) wrong('title', 'sessions.desk.problem.title');
  const titles = [wish.title, ...Object.values(wish.otherTitles)];
  if (titles.some((title) => title.length > limits.title)) wrong('title', 'sessions.desk.problem.long');
  const purposes = [wish.purpose, ...Object.values(wish.otherPurposes)];
  if (purposes.some((purpose) => purpose.length > 500)) wrong('purpose', 'sessions.desk.problem.long');
  if (wish.place.length > 200) wrong('place', 'sessions.desk.problem.long');
  if (wish.organisers.length > 5 || wish.organisers.some((name) => name.length > 200))
    wrong('organisers', 'sessions.desk.problem.long');
  if (wish.municipality.length > 100) wrong('municipality', 'sessions.desk.problem.long');
  if (wish.day !== '' && !isDay(wish.day)) wrong('day', 'sessions.desk.problem.day');
  if (wish.day === '' ? wish.time !== '' : !/^([01]\d|2[0-3]):[0-5]\d$/.test(wish.time))
    wrong('time', 'sessions.desk.problem.time');
  if (wish.minutes !== '' && numberIn(wish.minutes, 5, 1440) === null)
    wrong('minutes', 'sessions.desk.problem.minutes');
  return { wish, problems };
}

/** Reads the form of one step; `sides` has one position a line, in the language it is written in. */
export function parseStep(form: FormData, language: string): { wish: StepWish; problems: SessionProblem[] } {
  const problems: SessionProblem[] = [];
  const minutes = line(form, 'minutes');
  const taken = numberIn(minutes, 1, 240);
  if (minutes !== '' && taken === null)
    problems.push({ field: 'minutes', reason: 'sessions.desk.problem.step-minutes' });
  const wish = { prompt: perLanguage(form, 'prompt'), purpose: perLanguage(form, 'purpose') };
  const sides = linesIn(form, 'sides');
  const texts = [...Object.values(wish.prompt), ...Object.values(wish.purpose)];
  if (texts.some((text) => text.length > 300) || sides.length > 6 || sides.some((side) => side.length > 120))
    problems.push({ field: 'prompt', reason: 'sessions.desk.problem.long' });
  return {
    wish: { ...wish, minutes: taken, sides: sides.slice(0, 6).map((side) => ({ [language]: side })) },
    problems,
  };
}

/** The kind of step that is asked for, or null. */
export const stepKindIn = (form: FormData): StepKind | null =>
  stepKinds.find((kind) => kind === line(form, 'kind')) ?? null;

/** A title for an own method, three to 120 signs, or null. */
export function methodTitleIn(form: FormData): string | null {
  const title = line(form, 'title');
  return title.length >= 3 && title.length <= limits.title ? title : null;
}

/** The key under this name in a form, or an empty word when there is none. */
export function keyIn(form: FormData, name: string): string {
  const key = line(form, name);
  return isKey(key) ? key : '';
}

/** The place of a step in an address or a form, or null. */
export const positionIn = (word: unknown): number | null =>
  typeof word === 'string' ? numberIn(word, 1, 30) : null;
