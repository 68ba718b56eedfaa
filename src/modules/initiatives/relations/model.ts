import { daysLater, type Day } from '#platform/clock.ts';
import { dayIn } from '#platform/i18n/days.ts';
import type { Language } from '#platform/i18n/languages.ts';
import {
  formalKinds,
  lastDayOf,
  shared,
  type DatePrecision,
  type Days,
  type Kind,
  type LedBy,
} from '../model.ts';
import type { ToldDay } from '../when/model.ts';

/** The kinds of relation, the strongest hold first. */
export const relationTypes = [
  'part-of',
  'commissioned-by',
  'member-of',
  'refers-to',
  'hosts',
  'funded-by',
  'partners-with',
  'advises',
  'founded-by',
  'grew-out-of',
  'merged-into',
] as const;
export type RelationType = (typeof relationTypes)[number];

/** Relations of origin: only the one they go out from has to live, for an origin outlives its parent. */
export const origins: readonly RelationType[] = ['grew-out-of', 'founded-by', 'merged-into'];

/** The latest stretch of days in which a relation is told to stand and those who must live do; null when there is none. */
export function standingDays(
  { type, since, until }: { readonly type: RelationType; readonly since: ToldDay; readonly until: ToldDay },
  livesFrom: readonly Days[],
  livesTo: readonly Days[],
): Days | null {
  const said: Days = {
    from: since.day,
    until: until.day === null ? null : daysLater(lastDayOf(until.day, until.precision), 1),
  };
  const either: readonly Days[] = origins.includes(type) ? [{ from: null, until: null }] : livesTo;
  const stretches = livesFrom.flatMap((mine) =>
    either.flatMap((theirs) => {
      const both = shared(mine, theirs);
      return both ? (shared(both, said) ?? []) : [];
    }),
  );
  return stretches.at(-1) ?? null;
}

/** asserted: someone says so; confirmed: both sides say so; disputed: someone says it is not so. */
export const standings = ['confirmed', 'asserted', 'disputed'] as const;
export type Standing = (typeof standings)[number];

/** Who can speak of a relation. */
export const speakers = ['from', 'to', 'verifier', 'public-sources'] as const;
export type Speaker = (typeof speakers)[number];

/** What someone says of a relation, in their own words. Voices stand beside each other; none takes away another. */
export interface Voice {
  readonly who: Speaker;
  readonly stance: 'asserts' | 'confirms' | 'disputes';
  readonly saidOn: Day;
  readonly words: { readonly language: string; readonly text: string } | null;
}

const isSide = (who: Speaker) => who === 'from' || who === 'to';

/** One dispute is enough for disputed; confirmed is what both sides say themselves. The same rule as core.lay_relations_open. */
export function standingOf(voices: readonly Pick<Voice, 'who' | 'stance'>[]): Standing {
  if (voices.some(({ stance }) => stance === 'disputes')) return 'disputed';
  return voices.filter(({ who }) => isSide(who)).length === 2 ? 'confirmed' : 'asserted';
}

/** Whose word a relation rests on: one of both sides before a verifier, and public sources last. The same rule as core.lay_relations_open. */
export function assertedBy(voices: readonly Pick<Voice, 'who' | 'stance'>[]): Speaker {
  const doubt = ({ who, stance }: Pick<Voice, 'who' | 'stance'>) =>
    (isSide(who) ? 0 : 8) + (stance === 'asserts' ? 0 : 4) + speakers.indexOf(who);
  const [firmest] = voices
    .filter(({ stance }) => stance !== 'disputes')
    .toSorted((one, other) => doubt(one) - doubt(other));
  return firmest?.who ?? 'public-sources';
}

/** How far those who speak of a relation agree, as a reader is told. */
export type Agreement = 'both' | 'one-side' | 'verifier' | 'sources' | 'differently';

export function agreementOf(relation: Pick<Relation, 'standing' | 'assertedBy'>): Agreement {
  if (relation.standing === 'disputed') return 'differently';
  if (relation.standing === 'confirmed') return 'both';
  if (relation.assertedBy === 'from' || relation.assertedBy === 'to') return 'one-side';
  return relation.assertedBy === 'verifier' ? 'verifier' : 'sources';
}

/** A relation that goes out from one entry to another; both sides are named by their slug. */
export interface Relation {
  readonly key: string;
  readonly from: string;
  readonly type: RelationType;
  readonly to: string;
  readonly since: Day | null;
  readonly sincePrecision: DatePrecision;
  readonly until: Day | null;
  readonly untilPrecision: DatePrecision;
  /** The days it stands; null is without end on that side. */
  readonly valid: Days;
  readonly standing: Standing;
  readonly assertedBy: string;
  readonly sources: readonly string[];
}

/** An entry as a stone in the field on a day. */
export interface Stone {
  readonly slug: string;
  readonly name: string;
  readonly kind: Kind;
  readonly ledBy: LedBy;
  /** CBS codes; null where the place is hidden, coarser, or not said. */
  readonly municipality: string | null;
  readonly province: string | null;
  /** The days of its present shape. */
  readonly valid: Days;
}

/** Who was there on a day, and who was connected to whom. */
export interface Field {
  readonly day: Day;
  readonly stones: ReadonlyMap<string, Stone>;
  readonly relations: readonly Relation[];
}

/** One relation as someone walks over it: with its direction or against it. */
export interface Step {
  readonly from: string;
  readonly to: string;
  readonly relation: Relation;
  /** Whether the walk goes the way the relation goes. */
  readonly along: boolean;
  /** Other relations between the same two. */
  readonly also: readonly Relation[];
}

/** Whether a stretch of days holds this day. */
export function holds(days: Days, day: Day): boolean {
  return (days.from === null || days.from <= day) && (days.until === null || day < days.until);
}

/** The field on a day: only who lived then, and only relations that stood then between two who lived. */
export function fieldOn(day: Day, stones: readonly Stone[], relations: readonly Relation[]): Field {
  const living = new Map(
    stones.filter((stone) => holds(stone.valid, day)).map((stone) => [stone.slug, stone]),
  );
  return {
    day,
    stones: living,
    relations: relations.filter(
      (relation) => living.has(relation.from) && living.has(relation.to) && holds(relation.valid, day),
    ),
  };
}

/** Whether an entry belongs to the formal system that decides: a municipality, a province or a national institution. */
export function isFormal(stone: Stone): boolean {
  return formalKinds.includes(stone.kind);
}

/** How the stones of a kind look alike on a drawing. */
export type Likeness = 'initiative' | 'union' | 'institution' | 'government';

/** Initiatives and enterprises, organisations that unite people, institutions around them, and those who govern. */
export function likenessOf(kind: Kind): Likeness {
  if (formalKinds.includes(kind)) return 'government';
  if (kind === 'initiative' || kind === 'social-enterprise') return 'initiative';
  return kind === 'network' || kind === 'ngo' ? 'union' : 'institution';
}

const walks = new WeakMap<Field, ReadonlyMap<string, readonly Step[]>>();

/** The steps that can be taken from every stone, one for each other stone it is connected to; the best relation carries it. */
export function stepsFrom(field: Field): ReadonlyMap<string, readonly Step[]> {
  const known = walks.get(field);
  if (known) return known;
  const between = new Map<string, Map<string, Relation[]>>();
  const tie = (one: string, other: string, relation: Relation) => {
    const mine = between.get(one) ?? new Map<string, Relation[]>();
    between.set(one, mine.set(other, [...(mine.get(other) ?? []), relation]));
  };
  for (const relation of field.relations) {
    tie(relation.from, relation.to, relation);
    tie(relation.to, relation.from, relation);
  }
  const steps = new Map<string, readonly Step[]>();
  for (const [from, others] of between) {
    const mine = [...others].flatMap(([to, relations]): Step[] => {
      const [best, ...also] = [...relations].sort((a, b) => firmerFirst(a, b, field.day));
      return best ? [{ from, to, relation: best, along: best.from === from, also }] : [];
    });
    steps.set(from, mine);
  }
  walks.set(field, steps);
  return steps;
}

/** How much doubt one relation adds: disputed, not confirmed, years since it was last told (99 undated), weakness of its kind. */
export function doubtOf(relation: Relation, day: Day): readonly [number, number, number, number] {
  const told = relation.since;
  const years = told === null ? 99 : Math.max(0, Number(day.slice(0, 4)) - Number(told.slice(0, 4)));
  return [
    relation.standing === 'disputed' ? 1 : 0,
    relation.standing === 'confirmed' ? 0 : 1,
    Math.min(99, years),
    relationTypes.indexOf(relation.type),
  ];
}

function firmerFirst(a: Relation, b: Relation, day: Day): number {
  const [one, other] = [doubtOf(a, day), doubtOf(b, day)];
  const at = one.findIndex((doubt, index) => doubt !== other[index]);
  return at === -1 ? (a.key < b.key ? -1 : 1) : (one[at] ?? 0) - (other[at] ?? 0);
}

/** A relation as one entry's own page tells it. */
export interface ToldRelation {
  readonly relation: Relation;
  readonly other: { readonly slug: string; readonly name: string; readonly kind: Kind };
  /** Whether the relation goes out from the entry whose page it is. */
  readonly along: boolean;
  /** Whether it ended before the day. */
  readonly over: boolean;
  /** Who says what of it; both sides, where they speak. */
  readonly voices: readonly Voice[];
  /** A sentence about it, in the asked language if there is one, else in Dutch or English. */
  readonly note: { readonly text: string; readonly language: string; readonly rendered: boolean } | null;
}

/** Part of the field: who is asked for, with those they are connected to, who are told apart in `around`. */
export interface Part {
  readonly field: Field;
  readonly around: ReadonlySet<string>;
}

/** The part of the field that answers to a wish, with every relation that has at least one side in it. */
export function partOf(field: Field, wished: (stone: Stone) => boolean): Part {
  const asked = new Set([...field.stones.values()].filter(wished).map((stone) => stone.slug));
  const relations = field.relations.filter(({ from, to }) => asked.has(from) || asked.has(to));
  const around = new Set(relations.flatMap(({ from, to }) => [from, to]).filter((slug) => !asked.has(slug)));
  const stones = new Map([...field.stones].filter(([slug]) => asked.has(slug) || around.has(slug)));
  return { field: { day: field.day, stones, relations }, around };
}

/** A piece of a sentence: words, or the place of one of the two names. */
export type Piece = string | { readonly name: 'one' | 'other' };

/** Marks that no message holds, so that a name can be set as its own element inside a translated sentence. */
export const nameMarks = { one: '\u0001', other: '\u0002' } as const;

/** Splits a sentence that was spoken with `nameMarks` into words and the places of the two names. */
export function piecesOf(sentence: string): Piece[] {
  return sentence
    .split(/([\u0001\u0002])/u)
    .filter((piece) => piece !== '')
    .map((piece) =>
      piece === nameMarks.one ? { name: 'one' } : piece === nameMarks.other ? { name: 'other' } : piece,
    );
}

/** A name inside plain text, shut off so that its direction cannot turn the words around it (Unicode isolates). */
export function apart(name: string): string {
  return `\u2068${name}\u2069`;
}

/** A told day as people of a language write it: only the year, the month or the whole day, in the Gregorian calendar. */
export function dayAsTold(day: Day, precision: DatePrecision, language: Language): string {
  if (precision === 'year' || precision === 'around') return day.slice(0, 4);
  return dayIn(language, day, precision === 'month' ? 'month' : 'day');
}
