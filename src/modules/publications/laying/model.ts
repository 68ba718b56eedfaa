import type { Day } from '#platform/clock.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { isOwnVoice, standsAt, type HoldingBlock } from '../../stories/quotes/model.ts';
import type { RoleThen } from '../../stories/model.ts';
import type { PieceKind } from '../model.ts';

/** Words in another language beside the original, as somebody signed them. */
export interface Beside {
  readonly language: string;
  readonly words: string;
  readonly signedAs: string | null;
  readonly madeHow: 'person' | 'machine';
}

/** A piece of the puzzle as who works on the publication sees it. */
export interface LaidPiece {
  readonly id: string;
  readonly kind: PieceKind;
  readonly why: string;
  /** The name of who laid it, as they sign; null is no name. */
  readonly laidBy: string | null;
  readonly laidOn: Day;
  readonly mine: boolean;
  /** In how many blocks it is used. */
  readonly used: number;
  /** The words of a voice; null when the piece is no voice, and when the voice may not stand here any more. */
  readonly voice: {
    readonly words: string;
    readonly language: string;
    readonly roleThen: RoleThen | null;
    /** The telling as its address names it, when the reader may read that. */
    readonly telling: string | null;
  } | null;
  /** What is shown of an insight, a promise or a picture of the house; null when it is a voice, or when it is not open any more. */
  readonly shown: { readonly name: string; readonly language: string; readonly address: string } | null;
  readonly renderings: readonly (Beside & { readonly mine: boolean })[];
  /** Renderings of the whole block that are fresh, and not yet beside it. */
  readonly ready: readonly Beside[];
}

const voices: readonly PieceKind[] = ['passage', 'quote', 'telling', 'own-words'];

/** Whether a piece of this kind is the words of a voice. */
export const isVoice = (kind: PieceKind): boolean => voices.includes(kind);

/** A block of a telling that words can be taken of. */
export interface TellingBlock {
  readonly block: string;
  readonly text: string;
  readonly language: string;
}

/** A telling whose words may stand in the publication. */
export interface Quotable {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly language: string;
  readonly begins: string;
}

/** Something of the house itself that can be laid. */
export interface Choice {
  readonly id: string;
  readonly name: string;
  readonly language: string;
}

export const layingLimits = { why: 500, words: 5_000 } as const;

/** What somebody wants to lay. Words are whole blocks, or the exact words that stand in one of them. */
export type LayWish = { readonly why: string } & (
  | {
      readonly kind: 'words';
      readonly telling: string;
      readonly blocks: readonly string[];
      readonly exact: string;
    }
  | { readonly kind: 'telling'; readonly telling: string }
  | { readonly kind: 'insight' | 'promise' | 'figure'; readonly key: string }
);

/** Words in another language as somebody puts them beside a piece: under the name they go by in its publication, or under none. */
export interface BesideWish extends Omit<Beside, 'signedAs'> {
  readonly piece: string;
  readonly signs: boolean;
}

export type LayRefusal =
  | 'publication_ended'
  | 'nothing_chosen'
  | 'telling_not_quotable'
  | 'words_not_there'
  | 'words_there_twice'
  | 'not_open';

interface Taken {
  readonly block: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Where the wished words stand: each chosen block as a whole; or the exact words, in the one place where they stand in the chosen
 * blocks (in all of them when none was chosen). Blocks that are not in the teller’s own voice hold no words.
 */
export function wordsTaken(
  blocks: readonly HoldingBlock[],
  chosen: readonly string[],
  exact: string,
): Result<readonly Taken[], 'nothing_chosen' | 'words_not_there' | 'words_there_twice'> {
  const own = blocks.filter((each) => isOwnVoice(each) && each.text !== '');
  const among = chosen.length === 0 ? own : own.filter(({ block }) => chosen.includes(block));
  if (exact === '') {
    if (chosen.length === 0) return refused('nothing_chosen');
    return among.length === 0
      ? refused('words_not_there')
      : ok(among.map(({ block, text }) => ({ block, start: 0, end: text.length })));
  }
  const places = among.flatMap((each) =>
    standsAt(each.text, exact).map((start) => ({ block: each.block, start, end: start + exact.length })),
  );
  const [only, ...twins] = places;
  if (!only) return refused('words_not_there');
  return twins.length > 0 ? refused('words_there_twice') : ok([only]);
}
