import type { Day } from '#platform/clock.ts';
import {
  periodsOf,
  takesEffect,
  whatCounts,
  type EventKind,
  type Period,
  type Shape,
  type State,
  type VoicedEvent,
} from '../model.ts';
import { notKnown, type ToldDay } from '../when/model.ts';

/** What people tell of their own life as a deed; 'changed' only tells differently what another voice told. */
export const turnKinds = [
  'founded',
  'moved',
  'renamed',
  'grew',
  'formalised',
  'paused',
  'revived',
  'ended',
  'split',
  'merged',
  'contract',
  'award',
  'crisis',
  'changed',
] as const satisfies readonly EventKind[];
export type TurnKind = (typeof turnKinds)[number];

/** What a verifier looks at first, on an entry that a verifier has checked. */
export const coreKinds: readonly EventKind[] = ['renamed', 'moved', 'ended', 'split', 'merged'];

/** Who tells: the initiative itself or a verifier. */
export type Teller = 'own' | 'verifier';

export interface Words {
  readonly language: string;
  readonly text: string;
}

/** One telling of a fact, as it is held now. */
export interface Telling extends VoicedEvent {
  readonly key: string;
  readonly sources: readonly string[];
}

export interface Life {
  /** What it was like at first, before anything that is told changed it. */
  readonly start: Shape;
  readonly tellings: readonly Telling[];
}

/**
 * Another that has part in a turn: an entry by its key, or by its name one that is not on the map yet: because it comes forth
 * in this turn, or because nobody told of it before (`wasThere`).
 */
export type Party = { readonly entry: string } | { readonly name: string; readonly wasThere?: boolean };

/** A turn in a life, as someone tells it. */
export interface Turn extends ToldDay {
  readonly kind: TurnKind;
  readonly change: Partial<Shape>;
  readonly words: Words | null;
  readonly sources: readonly string[];
  /** Into whom it split, or with whom it merged. */
  readonly others: readonly Party[];
  /** Merged: in whom all of them go on. */
  readonly into: 'self' | Party | null;
  /** Split: whether it goes on beside the others. */
  readonly goesOn: boolean;
  /** The fact of another voice that this one tells differently. */
  readonly insteadOf: string | null;
}

/** What is written because of a turn. Nothing that was held is in it: history is only added to. */
export interface Effects {
  /** On the one whose life it is. Of a second telling `part` says which part of the turn it is. */
  readonly tellings: readonly NewTelling[];
  /** Entries that come to be, each with its shape and its beginning. */
  readonly born: readonly Born[];
  readonly ties: readonly Tie[];
}

export interface NewTelling extends ToldDay {
  readonly part: '' | '/ended';
  readonly kind: TurnKind;
  readonly change: Partial<Shape>;
  readonly words: Words | null;
  readonly sources: readonly string[];
  readonly insteadOf: string | null;
}

export interface Born {
  readonly shape: Shape;
  /** Its beginning; without a day where it was there before. */
  readonly founded: ToldDay;
}

/** One end of a relation that a turn brings: the teller, an entry by its key, or one of those born, by its place among them. */
export type End = 'self' | { readonly entry: string } | { readonly born: number };

export interface Tie {
  readonly from: End;
  readonly type: 'grew-out-of' | 'merged-into';
  readonly to: End;
  readonly since: ToldDay;
}

export const periodsIn = (life: Life): Period[] => periodsOf(whatCounts(life.tellings), life.start);

/** How it stood on a day: null when it was not there. */
export function stateOn(periods: readonly Period[], day: Day): State | null {
  return periodOn(periods, day)?.state ?? null;
}

function periodOn(periods: readonly Period[], day: Day): Period | undefined {
  return periods.find(({ from, until }) => (from === null || from <= day) && (until === null || day < until));
}

/** Turns that can be told of a life at all, in the order of the list; which of them fits a day is asked when the day is told. */
export function offered(life: Life, teller: Teller): TurnKind[] {
  const states = new Set(periodsIn(life).map(({ state }) => state));
  const lived = states.size === 0 || states.has('active') || states.has('paused');
  return turnKinds.filter((kind) => {
    if (kind === 'changed') return false;
    if (kind === 'founded')
      return !life.tellings.some((one) => one.kind === 'founded' && one.saidBy === teller);
    return kind === 'revived' ? states.has('paused') || states.has('ended') : lived;
  });
}

/** A life without one telling and what it brought along, as it was before that was told. */
export function without(life: Life, fact: string): Life {
  const { key } = life.tellings.find((one) => one.fact === fact) ?? { key: null };
  const goes = (one: Telling) => one.fact === fact || (key !== null && one.key === `${key}/ended`);
  return { ...life, tellings: life.tellings.filter((one) => !goes(one)) };
}

const staysUndated: readonly TurnKind[] = ['contract', 'award', 'crisis', 'changed'];

/**
 * The day of a turn as it is written. What changes how it stands cannot be without a day: of what nobody knows when, we
 * know that by today it was so. And what is told to have ended in a time that is not over yet has ended by today.
 */
export function writtenDay(kind: TurnKind, { day, precision }: ToldDay, today: Day): ToldDay {
  const told: ToldDay = { day, precision };
  const byToday: ToldDay = { day: today, precision: 'at-latest' };
  if (day === null) return staysUndated.includes(kind) ? told : byToday;
  if (kind !== 'ended' || precision === 'day') return told;
  const effect = takesEffect({ kind, ...told, change: {} });
  return effect !== null && effect > today ? byToday : told;
}

const endsIt = ({ kind, goesOn, into }: Turn) =>
  (kind === 'split' && !goesOn) || (kind === 'merged' && into !== 'self');

/** The tellings of a turn on the one whose life it is: the turn itself, and its end where it does not go on. */
export function tellingsOf(turn: Turn, today: Day): NewTelling[] {
  const { kind, change, words, sources, insteadOf } = turn;
  const itself: NewTelling = {
    part: '',
    kind,
    ...writtenDay(kind, turn, today),
    change,
    words,
    sources,
    insteadOf,
  };
  if (!endsIt(turn)) return [itself];
  const ended: NewTelling = {
    part: '/ended',
    kind: 'ended',
    ...writtenDay('ended', turn, today),
    change: {},
    words: null,
    sources,
    insteadOf: null,
  };
  return [itself, ended];
}

/** A life after these were told too. */
export function withTold(life: Life, told: readonly NewTelling[], fact: string, teller: Teller): Life {
  const more = told.map((one) => ({
    ...one,
    fact: `${fact}${one.part}`,
    key: `turn/${fact}${one.part}`,
    saidBy: teller,
  }));
  return { ...life, tellings: [...life.tellings, ...more] };
}

/** Everything a turn brings along; asks a turn that `refusalOf` let through. */
export function effectsOf(turn: Turn, life: Life, today: Day): Effects {
  const born: Born[] = [];
  const founded = writtenDay('founded', turn, today);
  const shape = shapeOn(life, turn.day ?? today);
  const endOf = (party: Party): End => {
    if ('entry' in party) return party;
    born.push({ shape: { ...shape, name: party.name }, founded: party.wasThere ? notKnown : founded });
    return { born: born.length - 1 };
  };
  const since = turn.day === null ? notKnown : { day: turn.day, precision: turn.precision };
  const ties = tiesOf(turn, endOf).map((tie): Tie => ({ ...tie, since }));
  return { tellings: tellingsOf(turn, today), born, ties };
}

function tiesOf(turn: Turn, endOf: (party: Party) => End): Omit<Tie, 'since'>[] {
  if (turn.kind === 'split')
    return turn.others.map((other) => ({ from: endOf(other), type: 'grew-out-of', to: 'self' }));
  if (turn.kind !== 'merged' || turn.into === null) return [];
  const into: End = turn.into === 'self' ? 'self' : endOf(turn.into);
  const others = turn.others.map((other) => ({ from: endOf(other), type: 'merged-into', to: into }) as const);
  return into === 'self' ? others : [{ from: 'self', type: 'merged-into', to: into }, ...others];
}

/** What one that comes forth takes along of the shape on that day: what it does and how far; who leads and in which form is not said. */
function shapeOn(life: Life, day: Day): Shape {
  const periods = periodsIn(life);
  const shape = (periodOn(periods, day) ?? periods.at(-1))?.shape ?? life.start;
  return { ...shape, formality: null, ledBy: 'not-said', audiences: [], languages: [] };
}
