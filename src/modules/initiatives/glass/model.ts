import type { Day } from '#platform/clock.ts';
import type { EntryField, KeptReason, Visibility } from '../model.ts';

/** For how many hours at most glass stays broken; the same rule as the check of core.glass. */
export const longestHours = 24;
export const shortestReason = 10;

/** Glass that was asked for, and perhaps broken. */
export interface Glass {
  readonly id: string;
  /** What the entry is called; null when who looks may not know it is there. */
  readonly entry: { readonly slug: string; readonly name: string } | null;
  readonly askedBy: { readonly id: string; readonly called: string | null };
  readonly reason: string;
  readonly askedAt: Date;
  readonly hours: number;
  readonly agreedBy: { readonly id: string; readonly called: string | null } | null;
  readonly openUntil: Date | null;
  readonly toldAt: Date | null;
}

export type GlassState = 'waits' | 'open' | 'over';

/** Whether it waits for a second person, is open now, or is over. */
export function stateOf(glass: Pick<Glass, 'openUntil'>, now: Date): GlassState {
  if (glass.openUntil === null) return 'waits';
  return now < glass.openUntil ? 'open' : 'over';
}

/** What an initiative keeps to itself. */
export interface KeptThings {
  readonly mail: string | null;
  readonly phone: string | null;
  readonly places: readonly {
    readonly lat: number | null;
    readonly lon: number | null;
    readonly town: string | null;
    readonly since: Day | null;
  }[];
  readonly fields: readonly {
    readonly field: EntryField;
    readonly visibility: Visibility;
    readonly reason: KeptReason;
  }[];
}
