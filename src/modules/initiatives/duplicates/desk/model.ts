import type { Day } from '#platform/clock.ts';
import type { KeptEntry } from '../../keeping/model.ts';
import type { Standing } from '../../model.ts';
import type { Reason } from '../model.ts';

/** One of two entries that may be one, as a line of a list shows it. */
export interface Mentioned {
  readonly slug: string;
  readonly name: string;
  readonly town: string | null;
  readonly standing: Standing;
}

/** Two entries that may be one, or of which somebody decided. */
export interface Pair {
  readonly id: string;
  readonly reasons: readonly Reason[];
  readonly standing: 'open' | 'same' | 'not-the-same';
  readonly decidedOn: Day | null;
  readonly why: string | null;
  readonly one: Mentioned;
  readonly other: Mentioned;
}

/** How much is known of an entry, besides its answers. */
export interface Counted {
  readonly relations: number;
  readonly sources: readonly string[];
  readonly addedOn: Day;
}

/** Two entries side by side, for who watches over both. */
export interface SideBySide {
  readonly pair: Pair;
  readonly one: KeptEntry & Counted;
  readonly other: KeptEntry & Counted;
  /** Both places are known more exactly than by their town, so that their distance says something. */
  readonly measurable: boolean;
  /** The merger that made them one, as long as it stands. */
  readonly merger: { readonly id: string; readonly on: Day; readonly undoUntil: Day } | null;
}

/** How many pairs a page shows. */
export const pairsPage = 50;
