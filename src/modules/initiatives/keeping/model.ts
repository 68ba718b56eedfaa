import { inLatin } from '#modules/languages/latin/model.ts';
import type { Place, Point, Precision } from '#modules/places/model.ts';
import type { Day } from '#platform/clock.ts';
import {
  entryFields,
  type DatePrecision,
  type EntryField,
  type Kind,
  type KeptReason,
  type LedBy,
  type Phase,
  type Scope,
  type Shape,
  type Standing,
  type State,
  type Theme,
  type Visibility,
  type VoicedEvent,
} from '../model.ts';
import type { WhenProblem } from '../when/model.ts';

/** What someone typed, by the name of the field of the form; every field may have several values. Nothing in it is checked. */
export type Typed = Readonly<Record<string, readonly string[]>>;

/** The questions about an entry, and the fields of the form that each is asked with. */
export const asked = {
  name: ['name'],
  place: ['place', 'point', 'precision'],
  text: ['text', 'textLanguage'],
  kind: ['kind'],
  scope: ['scope'],
  phases: ['phase'],
  themes: ['theme'],
  audiences: ['audiences'],
  languages: ['language'],
  'led-by': ['ledBy'],
  formality: ['formality'],
  since: ['since', 'sinceYear'],
  website: ['website'],
  mail: ['mail'],
  phone: ['phone'],
  'kept-back': ['visibility', ...entryFields.flatMap((field) => [`show-${field}`, `why-${field}`])],
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type Question = keyof typeof asked;
export const questions = Object.keys(asked) as readonly Question[];

/** The one answer to a field, or the empty text. */
export const word = (typed: Typed, field: string): string => typed[field]?.[0] ?? '';

/** What was typed for one question. */
export const answerTo = (typed: Typed, question: Question): Typed =>
  Object.fromEntries(asked[question].map((field) => [field, typed[field] ?? []]));

/** The languages that are offered to choose from; any other can stand in an entry too. */
export const offeredLanguages: readonly string[] = [
  ...['nl', 'en', 'ar', 'ti', 'fa', 'fa-AF', 'ps', 'uk', 'ru', 'tr', 'fr', 'fy', 'so', 'ku', 'de', 'es'],
];

/** How far a part of an entry is known as long as nobody said otherwise. */
export const usualVisibility = (field: EntryField): Visibility =>
  field === 'mail' || field === 'phone' ? 'table' : 'public';

/** A part that is known otherwise than usual, and why. */
export interface KeptBack {
  readonly field: EntryField;
  readonly visibility: Visibility;
  readonly reason: KeptReason;
}

/** Where an initiative says it is: a place by name, and perhaps a point in it. */
export interface AnsweredPlace {
  readonly words: string;
  readonly point: Point | null;
  readonly precision: Precision;
}

/** What was answered about an entry. Null and the empty list are 'not said'. */
export interface Answers {
  readonly name: string;
  readonly place: AnsweredPlace;
  readonly text: { readonly language: string; readonly words: string } | null;
  readonly kind: Kind;
  readonly scope: Scope | null;
  readonly phases: readonly Phase[];
  readonly themes: readonly Theme[];
  readonly audiences: readonly string[];
  readonly languages: readonly string[];
  readonly ledBy: LedBy;
  readonly formality: number | null;
  readonly since: { readonly day: Day; readonly precision: 'year' | 'around' } | null;
  readonly website: string | null;
  readonly mail: string | null;
  readonly phone: string | null;
  readonly visibility: Visibility;
  readonly keptBack: readonly KeptBack[];
}

/** Whose word it is: the initiative's own, or that of a verifier who was told. */
export type Voice = 'own' | 'verifier';

/** A life event as it is told now. */
export interface HeldEvent extends VoicedEvent {
  readonly sources: readonly string[];
}

/** Since when what was changed is so. wrong: it was told wrongly here, and was never otherwise. */
export type Since =
  { readonly kind: 'wrong' } | { readonly kind: 'day'; readonly day: Day; readonly precision: DatePrecision };

export type ProblemReason =
  | 'missing'
  | 'too_long'
  | 'too_many'
  | 'unreadable'
  | 'not_a_website'
  | 'not_a_mail'
  | 'not_a_phone'
  | 'not_a_point'
  | 'point_missing'
  | 'point_elsewhere'
  | 'place_unknown'
  | 'place_which'
  | 'place_not_yours'
  | 'relations_outside'
  | 'when_missing'
  | 'in_future'
  | WhenProblem;

/** What could not be taken: in which field of the form, and why. */
export interface Problem {
  readonly field: string;
  readonly reason: ProblemReason;
  readonly most?: number;
  readonly didYouMean?: readonly Place[];
}

/**
 * The word in the address of a new entry: its name and a tail. The tail is always there: an address that is taken would tell
 * that an entry nobody may know of is there.
 */
export function slugFrom(name: string, tail: string): string {
  const plain = inLatin(name)
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 80)
    .replace(/^-+|-+$/g, '');
  return `${plain || 'initiatief'}-${tail}`;
}

/** The shape that was answered. */
export function shapeOf(answers: Answers): Shape {
  const { name, kind, formality, ledBy, scope, phases, themes, audiences, languages } = answers;
  return { name, kind, formality, ledBy, scope, phases, themes, audiences, languages };
}

/** What differs between two shapes. */
export function differing(before: Shape, after: Shape): Partial<Shape> {
  const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
  return Object.fromEntries(
    Object.entries(after).filter(([part, value]) => !same(value, before[part as keyof Shape])),
  ) as Partial<Shape>;
}

/** Whether something that was said becomes otherwise; where nothing was said before, it is only said now. */
export function isReplaced(before: Shape, changed: Partial<Shape>): boolean {
  const unsaid = (value: unknown) =>
    value === null || value === 'not-said' || (Array.isArray(value) && value.length === 0);
  return Object.keys(changed).some((part) => !unsaid(before[part as keyof Shape]));
}

/** The parts of a checked entry that its keeper changes only after a verifier looked. */
export const coreQuestions = ['name', 'place', 'website'] as const satisfies readonly Question[];
export type CoreQuestion = (typeof coreQuestions)[number];

/** What a keeper would change of a checked entry: words of core.proposal of the kind 'change'. Of a place only the name stands here. */
export interface ProposedWords {
  readonly name?: { readonly from: string; readonly to: string };
  readonly website?: { readonly from: string | null; readonly to: string | null };
  readonly place?: { readonly from: string; readonly to: string };
  readonly since: Since;
}

export interface WaitingChange {
  readonly id: string;
  readonly words: ProposedWords;
  readonly broughtOn: Day;
}

export interface ToldChange {
  readonly field: Question | 'standing';
  readonly saidBy: 'own' | 'verifier';
  readonly on: Day;
}

/** What came of saving. clash: someone else answered the same questions otherwise meanwhile; both are shown and nothing is lost. */
export type Saved =
  | { readonly kind: 'absent' }
  | { readonly kind: 'problems'; readonly typed: Typed; readonly problems: readonly Problem[] }
  | {
      readonly kind: 'clash';
      readonly typed: Typed;
      readonly now: Typed;
      readonly clashes: readonly Question[];
    }
  | {
      readonly kind: 'saved';
      readonly told: readonly Question[];
      /** What waits until a verifier has looked. */
      readonly waits: readonly CoreQuestion[];
      /** What someone else changed meanwhile, and stands too. */
      readonly theirs: readonly Question[];
    };

/** What was done a moment ago, for the page that says so. */
export interface Done {
  readonly what: 'saved' | 'right' | 'laid' | 'withdrawn' | 'back' | 'taken' | null;
  readonly waits: readonly CoreQuestion[];
  readonly theirs: readonly Question[];
}

/** The form as it comes back when it could not be saved: everything that was typed, and what it began with. */
export interface Refused {
  readonly typed: Typed;
  readonly before: Typed | null;
  readonly problems: readonly Problem[];
  readonly clashes: readonly Question[];
  readonly pointShown: boolean;
}

/** The form of what could not be saved; `before` is what the person began with. */
export function comesBack(
  saved: Extract<Saved, { kind: 'problems' | 'clash' }>,
  before: Typed | null,
): Refused {
  const clash = saved.kind === 'clash' ? saved : null;
  return {
    typed: saved.typed,
    before: clash ? clash.now : before,
    problems: saved.kind === 'problems' ? saved.problems : [],
    clashes: clash?.clashes ?? [],
    pointShown: word(saved.typed, 'pointShown') === 'yes',
  };
}

/** What an address says of what was saved, for `parseDone` to read. */
export function tellSaved({ waits, theirs }: Extract<Saved, { kind: 'saved' }>): string {
  const told = [waits.length > 0 && `waits=${waits.join()}`, theirs.length > 0 && `theirs=${theirs.join()}`];
  return ['saved', ...told].filter(Boolean).join('&');
}

/** An entry as whoever may change it finds it in the form. */
export interface KeptEntry {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly standing: Standing;
  readonly state: State;
  /** Whether who is looking keeps it; else they watch over it. */
  readonly own: boolean;
  /** Whether a verifier ever found it right, so that its core facts wait for one. */
  readonly checked: boolean;
  readonly confirmedOn: Day | null;
  readonly typed: Typed;
  /** Whether the exact point is among what is shown; a verifier asks for it, and that is written down. */
  readonly pointShown: boolean;
  readonly hasPoint: boolean;
  /** What it is like now, and what it was like before anything that is told changed it. */
  readonly shape: Shape;
  readonly atFirst: Shape;
  readonly events: readonly HeldEvent[];
  readonly waiting: readonly WaitingChange[];
  readonly told: readonly ToldChange[];
}
