import type { Day } from '#platform/clock.ts';
import { ok, refused, type Result } from '#platform/result.ts';

/** The two sides of a table that both sign for a word: those who decide, and those who live it; core.side_of says who is which. */
export type Side = 'formal' | 'lived';

/** How a word stands on a table, as docs/states/word.md draws it; whether it was discussed says the meeting. */
export const lyingStates = ['lying', 'adopted', 'let-go'] as const;
export type LyingState = (typeof lyingStates)[number];

/** Why a word cannot be adopted yet; each has a text under `chairs.desk.refused`. */
export type AdoptRefusal = 'not_there' | 'not_discussed' | 'one_side' | 'not_open';
export const adoptRefusals: readonly AdoptRefusal[] = ['not_there', 'not_discussed', 'one_side', 'not_open'];

export interface Signature {
  readonly seat: string;
  readonly called: string;
  readonly side: Side;
  /** By whose hand; null is someone who left. Nobody signs for both sides. */
  readonly by: string | null;
}

/** Whether a word can be adopted: it was discussed in a room, and both sides signed by two different hands. */
export function mayAdopt(
  discussed: boolean,
  signatures: readonly Pick<Signature, 'side' | 'by'>[],
): Result<null, 'not_discussed' | 'one_side'> {
  if (!discussed) return refused('not_discussed');
  const of = (side: Side) => signatures.filter((signature) => signature.side === side);
  return of('formal').some((one) => of('lived').some((other) => other.by !== one.by))
    ? ok(null)
    : refused('one_side');
}

/** A word on a table, as who sits there sees it. */
export interface LyingWord {
  readonly id: string;
  readonly word: string;
  readonly term: string;
  readonly meaning: string | null;
  readonly language: string;
  readonly state: LyingState;
  readonly endedOn: Day | null;
  readonly why: { readonly language: string; readonly words: string } | null;
  readonly discussedOn: Day | null;
  readonly signatures: readonly Signature[];
  /** What it still lacks to be adopted; null when nothing, or when it no longer lies there. */
  readonly missing: 'not_discussed' | 'one_side' | null;
  /** Seats for which who looks can sign; on their word when a formal institution has no entry. */
  readonly canSign: readonly {
    readonly seat: string;
    readonly called: string;
    readonly onTheirWord: boolean;
  }[];
  /** Seats whose signature who looks can take back. */
  readonly canUnsign: readonly string[];
}

export const lyingLimits = { why: 500 } as const;
