import { leavesWith } from '../model.ts';
import { mergedDraws, mergedText, restTheSame, type Draw } from './merging/model.ts';

export const blockKinds = [
  'paragraph',
  'heading',
  'quote',
  'list',
  'aside',
  'table',
  'figure',
  'image',
] as const;
export type BlockKind = (typeof blockKinds)[number];

/** Kinds whose words a writer types; the others show a piece or a picture and hold no words of their own. */
export const typedKinds = ['paragraph', 'heading', 'list', 'aside', 'table'] as const satisfies BlockKind[];
/** Whether a writer types the words of a block of this kind. */
export const isTyped = (kind: BlockKind): boolean => (typedKinds as readonly BlockKind[]).includes(kind);

/** How many signs (UTF-16) the words of a block may have, in how many blocks one deed may lay. */
export const limits = { text: 20_000, heading: 300, atOnce: 200 } as const;

/** A block as its writers see it: what was typed, and what others wrote beside it. */
export interface WrittenBlock {
  readonly id: string;
  readonly kind: BlockKind;
  readonly level: 2 | 3 | null;
  readonly language: string;
  readonly text: string;
  readonly version: number;
  readonly piece: string | null;
  readonly gone: boolean;
  readonly changedAt: Date;
  /** Under which name who wrote last signs; null is no name. */
  readonly changedBy: string | null;
  readonly mine: boolean;
  readonly draws: readonly Draw[];
  readonly beside: readonly {
    readonly id: string;
    readonly text: string;
    readonly draws: readonly Draw[];
    readonly called: string | null;
  }[];
  /** How many words stand in its margin. */
  readonly margin: number;
}

/** Words somebody gave to the publication, for a writer to say because of whose they write. */
export interface WordsGiven {
  readonly id: string;
  readonly words: string;
  readonly language: string;
  readonly called: string | null;
}

/** A picture that can be shown in a block. */
export interface Picture {
  readonly id: string;
  readonly alt: string;
}

/** What the history of a block says of a deed. */
export type PastDeed = 'begun' | 'written' | 'moved' | 'taken-out' | 'brought-back' | 'joined';

interface DeedHead {
  /** The key the writer’s own device drew for this deed: a deed that comes twice is done once. */
  readonly op: string;
  readonly paragraph: string;
}
/**
 * What a writer types of a block, having seen version `base` of it, or on top of a deed of their own (`follows`) of which their device
 * does not know yet how it landed.
 */
export interface Wording {
  readonly base: number;
  readonly follows: string | null;
  readonly text: string;
  readonly draws: readonly Draw[];
}
/** A block that is begun; `after` is the block it comes after, null at the beginning. */
export interface Begun {
  readonly kind: BlockKind;
  readonly level: 2 | 3 | null;
  readonly language: string;
  readonly text: string;
  readonly draws: readonly Draw[];
  readonly piece: string | null;
  readonly picture: string | null;
  readonly after: string | null;
}
export type Deed = DeedHead &
  (
    | ({ readonly deed: 'add' } & Begun)
    | ({ readonly deed: 'write'; readonly because: string | null } & Wording)
    | ({ readonly deed: 'join'; readonly settles: readonly string[] } & Wording)
    | { readonly deed: 'move'; readonly after: string | null }
    | { readonly deed: 'take-out' }
    | { readonly deed: 'bring-back' }
  );

/** What the history calls a deed that was done. */
export const pastOf: Readonly<Record<Deed['deed'], PastDeed>> = {
  add: 'begun',
  write: 'written',
  join: 'joined',
  move: 'moved',
  'take-out': 'taken-out',
  'bring-back': 'brought-back',
};

/**
 * How a deed landed: as it was meant; joined word by word with what another wrote meanwhile; beside what another wrote, until people
 * join them; in a block that was taken out meanwhile, where it is kept; as it was meant, with a voice let go while the words stayed; or it
 * changed nothing.
 */
export const landings = ['laid', 'merged', 'beside', 'kept-out', 'let-go', 'nothing'] as const;
export type Landing = (typeof landings)[number];

export type WritingRefusal =
  | 'writing.refused.unknown'
  | 'writing.refused.form'
  | 'writing.refused.long'
  | 'writing.refused.piece'
  | 'writing.refused.full';

/** What came of words that reached a block: its words and draws now, or that they stand beside it. */
export interface Landed {
  readonly landing: Exclude<Landing, 'kept-out' | 'let-go'>;
  readonly text: string;
  readonly draws: readonly Draw[];
  /** The words stand beside those of another. */
  readonly beside: boolean;
}

/**
 * Lays words on a block: `seen` is the version their writer saw, `now` how it stands. Draws always come together; words do where nobody
 * else changed the same ones, and stand beside the others where somebody did. Nothing anyone wrote is left out.
 */
export function land(
  seen: { readonly text: string; readonly draws: readonly Draw[] } | null,
  mine: { readonly text: string; readonly draws: readonly Draw[] },
  now: { readonly text: string; readonly draws: readonly Draw[] },
): Landed {
  const base = seen ?? { text: '', draws: [] };
  const draws = mergedDraws(base.draws, mine.draws, now.draws);
  const merged = mergedText(base.text, mine.text, now.text);
  const text = merged === null || merged.length > limits.text ? null : merged;
  if (text === null) return { landing: 'beside', text: now.text, draws, beside: true };
  const same = text === now.text && restTheSame(draws, now.draws);
  const landing = same ? 'nothing' : text === mine.text && restTheSame(draws, mine.draws) ? 'laid' : 'merged';
  return { landing, text, draws, beside: false };
}

/** Whether the same words no longer rest on a voice with which they would leave: then they stay when it does, whatever they retell. */
export const letsGo = (
  was: { readonly text: string; readonly draws: readonly Draw[] },
  is: { readonly text: string; readonly draws: readonly Draw[] },
): boolean =>
  was.text === is.text &&
  was.draws.some(
    ({ piece, way }) =>
      leavesWith(way) && !is.draws.some((each) => each.piece === piece && leavesWith(each.way)),
  );

/** Two wordings as one text to begin joining from: what stands, and the other after it, so that nothing has to be typed again. */
export const joinedFrom = (text: string, others: readonly string[]): string =>
  [text, ...others].filter(Boolean).join('\n\n');

/** What two wordings rest on together. */
export const drawsTogether = (all: readonly (readonly Draw[])[]): Draw[] =>
  all
    .flat()
    .filter(
      (draw, at, every) => every.findIndex((one) => one.piece === draw.piece && one.way === draw.way) === at,
    );

/** The paragraphs in what was pasted: blank lines part them. */
export const paragraphsIn = (text: string): string[] =>
  text
    .split(/\n\s*\n/)
    .map((part) => part.trim())
    .filter(Boolean);
