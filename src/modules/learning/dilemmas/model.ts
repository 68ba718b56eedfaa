import type { Theme } from '../../initiatives/model.ts';
import type { Words } from '../../sessions/model.ts';
import type { Day } from '#platform/clock.ts';
import type { Signing } from '../model.ts';

/** Inside people and their initiative, or between them and the world around. */
export const levels = ['internal', 'external'] as const;
export type Level = (typeof levels)[number];

/** Found in sources, told by someone here, or brought out of an intervision. */
export type DilemmaOrigin = 'sources' | 'told' | 'circle';

/** What someone may read beside a dilemma. */
export const dilemmaLinkKinds = ['story', 'word', 'insight'] as const;
export type DilemmaLinkKind = (typeof dilemmaLinkKinds)[number];

/** The document and the passage it was read in. */
export interface DilemmaSource {
  readonly file: string;
  readonly passage: string;
}

/** A dilemma as it is told; the people it happened to are not in it. */
export interface DilemmaWish extends Signing {
  readonly level: Level;
  readonly title: string;
  readonly what: string;
  /** Questions to look at it with, none to eight. */
  readonly questions: readonly string[];
  readonly language: string;
  readonly themes: readonly Theme[];
}

/** A dilemma seen from one place. */
export interface PositionWish extends Signing {
  readonly place: string;
  readonly words: string;
  readonly language: string;
}

/** A position as it stands on the street. */
export interface OpenPosition {
  readonly id: string;
  readonly place: string;
  readonly words: string;
  readonly language: string;
  readonly called: string | null;
  readonly told_on: Day;
}

/** A dilemma of the field's own sources, in two languages. */
export interface SourceDilemma {
  readonly slug: string;
  readonly level: Level;
  readonly title: Words;
  readonly what: Words;
  readonly questions: readonly Words[];
  readonly themes: readonly Theme[];
  readonly source: DilemmaSource;
}

export const dilemmaLimits = {
  title: 120,
  what: 2_000,
  question: 200,
  questions: 8,
  place: 120,
  words: 2_000,
} as const;
