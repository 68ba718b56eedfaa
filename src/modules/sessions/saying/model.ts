import { ok, refused, type Result } from '#platform/result.ts';
import { othersIn } from '../../stories/third-persons/model.ts';
import {
  formIn,
  limits,
  type SessionState,
  type StatementForm,
  type StatementStanding,
  type StepKind,
} from '../model.ts';

/** Why something is not taken; each has a text under `said.refused`. */
export const sayingReasons = [
  'not_now',
  'not_here',
  'empty',
  'too_long',
  'enough',
  'about_someone',
  'no_language',
  'already',
  'voice_unknown',
  'voice_broken',
  'voice_silent',
  'voice_too_long',
  'voice_too_big',
  'voice_busy',
] as const;
export type SayingReason = (typeof sayingReasons)[number];

/** How many things one person says in one session; past it their facilitator helps. */
export const mostOfOnePerson = 60;
/** What is taken of a voice in a room: seconds, and bytes as they come and as they are kept. */
export const mostSecondsSpoken = 120;
export const mostBytesSpoken = 3_000_000;
/** Longest rendering, in signs: another language may need more of them. */
export const longestRendering = 700;

/**
 * Which form saying something in this step takes now. What was said while the line was down is taken as long as the room is open,
 * also when its step is done already.
 */
export function mayBeSaid(
  room: SessionState,
  step: { readonly kind: StepKind; readonly state: 'waiting' | 'open' | 'done' },
): Result<StatementForm, 'not_now'> {
  const form = formIn[step.kind];
  const isOpen = room === 'live' || room === 'paused';
  return isOpen && step.state !== 'waiting' && form ? ok(form) : refused('not_now');
}

/** Words as they can be said, or why not: at least one sign, at most so many as fit on a card. */
export function sayable(text: string, most: number = limits.statement): Result<string, 'empty' | 'too_long'> {
  if (text === '') return refused('empty');
  return text.length > most ? refused('too_long', { most }) : ok(text);
}

/** Whether these words may tell of someone else: a name, a number, an address. Names are a best effort. */
export const mayTellOfSomeone = (text: string): boolean => othersIn(text).length > 0;

/** Why the house itself holds a statement until the facilitator looked; a facilitator writes their own reasons. */
export const reasonsOfTheHouse = ['about_someone'] as const;
export type ReasonOfTheHouse = (typeof reasonsOfTheHouse)[number];
export const isReasonOfTheHouse = (why: string | null): why is ReasonOfTheHouse =>
  (reasonsOfTheHouse as readonly (string | null)[]).includes(why);

/** A statement in another language; `signed` is how who rendered it is called. */
export interface Rendered {
  readonly language: string;
  readonly text: string;
  readonly signed: string | null;
  readonly how: 'person' | 'machine';
}

/** Something said in the room, as anyone in it reads it: never by whom. */
export interface Said {
  readonly id: string;
  readonly number: number;
  readonly step: number;
  readonly form: StatementForm;
  readonly language: string;
  /** Empty while a voice is not written down yet. */
  readonly text: string;
  /** Seconds of the voice it was said with; null when it has none. */
  readonly voice: number | null;
  readonly side: number | null;
  readonly issue: string | null;
  readonly renderings: readonly Rendered[];
}

/** What someone on this phone said, with where it stands: nothing goes without a trace for who said it. */
export interface Mine extends Said {
  readonly by: string;
  readonly standing: StatementStanding;
  readonly why: string | null;
  /** The number of the one it was laid together with. */
  readonly joined: number | null;
}

/** Words of a statement in one language: as they were said, or rendered by someone or by a machine. */
export interface Version {
  readonly language: string;
  readonly text: string;
  readonly how: 'said' | 'person' | 'machine';
  readonly signed: string | null;
}

/** Every version of what was said; first as it was said, when it was written down. */
export function versionsOf(said: Pick<Said, 'language' | 'text' | 'renderings'>): Version[] {
  const original: Version[] =
    said.text === '' ? [] : [{ language: said.language, text: said.text, how: 'said', signed: null }];
  return [...original, ...said.renderings.filter(({ language }) => language !== said.language)];
}

/**
 * How someone reads it who reads these two languages: in their own, and beside it in the other. What exists in neither is read as
 * it was said. Empty when it was spoken and nobody wrote it down.
 */
export function versionsFor(
  said: Pick<Said, 'language' | 'text' | 'renderings'>,
  reads: { readonly own: string; readonly beside: string | null },
): Version[] {
  const all = versionsOf(said);
  const pair = [reads.own, reads.beside].flatMap((language) =>
    all.filter((each) => each.language === language),
  );
  return pair.length > 0 ? pair : all.slice(0, 1);
}

/** Whether who reads in this language has it as it was said, rendered, or not at all yet. */
export function inLanguage(
  said: Pick<Said, 'language' | 'text' | 'renderings'>,
  language: string,
): Version | null {
  return versionsOf(said).find((each) => each.language === language) ?? null;
}

/** What the open step shows of what was said: by everyone, and by who fills in the page. */
export interface SayingSeen {
  readonly said: readonly Said[];
  readonly mine: readonly Mine[];
}
