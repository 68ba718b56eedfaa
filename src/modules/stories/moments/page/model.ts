import type { MomentRow, Passage } from '../model.ts';

/** Moments and voices as one page shows them. */
export interface MomentsPage {
  readonly rows: readonly (MomentRow & {
    /** Voices that tell this on other pages. */ readonly more: number;
  })[];
  readonly beside: readonly Passage[];
  readonly voices: number;
  readonly page: number;
  readonly pages: number;
}
