import type { Why } from '#modules/languages/search/model.ts';
import type { Place } from '#modules/places/model.ts';
import type { Day } from '#platform/clock.ts';
import type { Fading } from '../asking/model.ts';
import type { Kind, LedBy, Phase, Scope, State, Theme } from '../model.ts';

/** What someone asks of the field. */
export interface FieldWish {
  readonly q: string;
  /** Words that should name a place; '' asks for no place. */
  readonly near: string;
  /** Kilometres around that place. */
  readonly within: number;
  readonly phase: readonly Phase[];
  readonly theme: readonly Theme[];
  readonly ledBy: readonly LedBy[];
  readonly language: readonly string[];
  readonly kind: readonly Kind[];
  /** The day in the world that is asked about. */
  readonly asOf: Day;
  /** The day on which we held it so, or null for what we hold now. */
  readonly knownOn: Day | null;
  readonly page: number;
}

export type WishReason =
  | 'unknown_value'
  | 'not_a_day'
  | 'not_a_number'
  | 'too_long'
  | 'unreadable'
  | 'not_a_language'
  | 'unknown_parameter';

/** A parameter that could not be taken as it was given; the rest of the wish still stands. */
export interface WishProblem {
  readonly name: string;
  readonly reason: WishReason;
  readonly given: string;
  /** What would have been taken, for programs. */
  readonly expected: string;
}

export const pageSize = 20;
export const distances = [5, 10, 25, 50, 100] as const;

/** An initiative on a day, as a list or a map shows it. */
export interface Stone {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly kind: Kind;
  readonly formality: number | null;
  readonly ledBy: LedBy;
  readonly scope: Scope | null;
  readonly state: State;
  /** False when nobody knows whether it had begun on the day that is asked about. */
  readonly startKnown: boolean;
  readonly lastSign: 'seen' | 'none-recent';
  /** How long nobody said that it is right; null when another day than today is asked about. */
  readonly fading: Fading | null;
  readonly phases: readonly Phase[];
  readonly themes: readonly Theme[];
  readonly languages: readonly string[];
  readonly town: string | null;
  readonly municipality: string | null;
  readonly province: string | null;
  readonly lat: number | null;
  readonly lon: number | null;
  /** Kilometres from the place that was asked for; null when none was. */
  readonly km: number | null;
  readonly text: { readonly language: string; readonly words: string; readonly origin: string } | null;
  readonly why: readonly Why[];
}

export interface Found {
  readonly stones: readonly Stone[];
  readonly total: number;
  /** The place that the words named, or null when none was asked or known. */
  readonly place: Place | null;
  /** Places that may have been meant, when the words named none. */
  readonly didYouMean: readonly Place[];
  /** The words as the field spells them, when some were unknown. */
  readonly spelledAs: string | null;
}
