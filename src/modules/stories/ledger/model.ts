import type { Day } from '#platform/clock.ts';
import type { Audience, NameForm } from '../../consent/model.ts';
import type { ReadingPrompt, RenderingStanding } from '../model.ts';

/** Where a telling stands, as its teller is told. */
export type Stands =
  | { readonly at: 'draft' | 'nobody' | 'new-version' }
  | { readonly at: 'slept-on'; readonly until: Day; readonly audience: Audience }
  | { readonly at: 'open'; readonly audience: Exclude<Audience, 'circle'>; readonly until: Day | null }
  | { readonly at: 'taken-back'; readonly on: Day };

export interface Standing {
  readonly takenBackOn: Day | null;
  readonly standing: 'draft' | 'released' | null;
  /** The day on which the days to think again are over, and whether they are. */
  readonly openOn: Day | null;
  readonly sleptOn: boolean;
  /** Whom the consent to read reaches today; null when none holds. */
  readonly audience: Audience | null;
  /** Whether that consent is about the version that was released last. */
  readonly seen: boolean;
  readonly untilDay: Day | null;
}

/** Where a telling stands; the same rule as core.reads and core.lay_tellings_open, told to who told it. */
export function standsAt(of: Standing): Stands {
  if (of.takenBackOn !== null) return { at: 'taken-back', on: of.takenBackOn };
  if (of.standing !== 'released' || of.openOn === null) return { at: 'draft' };
  if (of.audience === null || of.audience === 'circle') return { at: 'nobody' };
  if (!of.seen) return { at: 'new-version' };
  if (!of.sleptOn) return { at: 'slept-on', until: of.openOn, audience: of.audience };
  return { at: 'open', audience: of.audience, until: of.untilDay };
}

/** A telling as its teller, or who wrote it down, finds it back. */
export interface Told {
  readonly id: string;
  /** Whether who asks is the teller; else they wrote it down. */
  readonly mine: boolean;
  /** Null when it was taken back: then nothing of it is known here. */
  readonly slug: string | null;
  readonly title: string;
  readonly language: string | null;
  readonly madeOn: Day;
  readonly stands: Stands;
  /** Whether someone wrote it down for the teller and may speak by their word. */
  readonly spokenFor: boolean;
  /** Fingerprint of the version that was released last. */
  readonly hash: Buffer | null;
}

export interface Ledger {
  /** How often it was looked at while it was not open to everyone, and as what; never by whom. */
  readonly looks: readonly { readonly seenAs: string; readonly times: number; readonly last: Day }[];
  readonly renderings: readonly {
    readonly id: string;
    readonly language: string;
    readonly madeHow: 'person' | 'machine';
    readonly signedAs: string | null;
    readonly standing: RenderingStanding;
  }[];
  /** What readers sent back. */
  readonly readings: readonly {
    readonly id: string;
    readonly prompt: ReadingPrompt;
    readonly words: string;
    readonly language: string;
    readonly madeOn: Day;
  }[];
  /** How many quotes of it there are. */
  readonly quotes: number;
  /** The forms of name that can be shown. */
  readonly names: readonly NameForm[];
  readonly has: { readonly image: boolean; readonly voice: boolean };
}
