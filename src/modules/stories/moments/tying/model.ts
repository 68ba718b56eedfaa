import type { Moment } from '../model.ts';

/** An initiative of the open field with its moments, to lay beside another. */
export interface Side {
  readonly slug: string;
  readonly name: string;
  readonly moments: readonly Moment[];
  /** Facts of it that are tied to others. */
  readonly tied: readonly string[];
}
