import type { Day } from '#platform/clock.ts';
import type { Theme } from '../../initiatives/model.ts';
import type { Work } from '../citing/model.ts';
import type { Signing } from '../model.ts';

/** What is read beside each other in a trajectory. */
export const readingKinds = ['work', 'insight', 'dilemma', 'story'] as const;
export type ReadingKind = (typeof readingKinds)[number];

/** A step on someone's own path. There is no fourth that says how well it went. */
export const noteKinds = ['asked', 'took', 'changed'] as const;
export type NoteKind = (typeof noteKinds)[number];

/** A trajectory as its guide sets it up. */
export interface TrajectoryWish {
  readonly title: string;
  readonly purpose: string;
  readonly language: string;
  readonly themes: readonly Theme[];
  readonly province: string | null;
  readonly from: Day;
  readonly until: Day | null;
  readonly questions: readonly string[];
  /** Sessions by their word in the address. */
  readonly gatherings: readonly string[];
  readonly reading: readonly { readonly kind: ReadingKind; readonly slug: string }[];
}

/** What changed since, as one of those who take part tells it. */
export interface ChangeWish extends Signing {
  readonly day: Day;
  readonly words: string;
  readonly language: string;
}

export interface OpenQuestion {
  readonly number: number;
  readonly question: string;
  readonly since: Day;
}

export interface OpenReading {
  readonly kind: ReadingKind;
  readonly slug: string;
  readonly added_on: Day;
  readonly work: Work | null;
}

export interface OpenChange {
  readonly day: Day;
  readonly words: string;
  readonly language: string;
  readonly called: string | null;
}

/** A line on someone's own path. */
export interface Note {
  readonly id: string;
  readonly kind: NoteKind;
  readonly words: string;
  readonly day: Day;
  readonly trajectory: string | null;
}

/** A year of a trajectory: what was asked, read, and changed in it, in the order of the days. */
interface YearOf<Thing> {
  readonly year: string;
  readonly things: readonly Thing[];
}

/** Dated things by year, the oldest first; the order of things of one day is kept. */
export function byYear<Thing extends { readonly day: Day }>(things: readonly Thing[]): YearOf<Thing>[] {
  const years = new Map<string, Thing[]>();
  const inOrder = [...things].sort((one, other) => (one.day < other.day ? -1 : one.day > other.day ? 1 : 0));
  for (const thing of inOrder) {
    const year = thing.day.slice(0, 4);
    years.set(year, [...(years.get(year) ?? []), thing]);
  }
  return [...years].map(([year, its]) => ({ year, things: its }));
}

export const trajectoryLimits = {
  title: 120,
  purpose: 2_000,
  question: 300,
  questions: 40,
  words: 1_000,
  note: 4_000,
} as const;
