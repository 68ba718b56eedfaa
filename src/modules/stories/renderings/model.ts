import type { BlockKind } from '../document/model.ts';
import type { RenderingStanding } from '../model.ts';

/** A block of the original, as it was released. */
export interface SourceBlock {
  readonly block: string;
  readonly kind: BlockKind;
  readonly language: string;
  readonly text: string;
  /** Fingerprint in hexadecimals. */
  readonly hash: string;
}

/** A block in another language. */
export interface RenderedBlock {
  readonly block: string;
  readonly text: string;
  /** Fingerprint of the block it was made from, in hexadecimals. */
  readonly sourceHash: string;
  /** Whether a person went through these words. */
  readonly goneThrough: boolean;
}

/** fresh: made from these words. stale: the words changed since. missing: not rendered yet. */
export type BlockState = 'fresh' | 'stale' | 'missing';

export interface AlignedBlock extends SourceBlock {
  readonly state: BlockState;
  readonly rendered: RenderedBlock | null;
}

/** Whether what was made of a block is stale: by the fingerprint of its words, never by a date. */
export const isStale = (
  rendered: Pick<RenderedBlock, 'sourceHash'>,
  source: Pick<SourceBlock, 'hash'>,
): boolean => rendered.sourceHash !== source.hash;

/** The blocks that have words, in the order of the original, each with its rendering; what was made of blocks that are gone falls away. */
export function align(source: readonly SourceBlock[], rendered: readonly RenderedBlock[]): AlignedBlock[] {
  const made = new Map(rendered.map((each) => [each.block, each]));
  return source
    .filter(({ text }) => text !== '')
    .map((block) => {
      const mine = made.get(block.block) ?? null;
      return {
        ...block,
        rendered: mine,
        state: mine ? (isStale(mine, block) ? 'stale' : 'fresh') : 'missing',
      };
    });
}

/** How far a rendering is: how many blocks have words, and of how many the original changed since. */
export function howFar(blocks: readonly AlignedBlock[]): {
  done: number;
  of: number;
  stale: number;
  machine: number;
} {
  return {
    done: blocks.filter(({ state }) => state !== 'missing').length,
    of: blocks.length,
    stale: blocks.filter(({ state }) => state === 'stale').length,
    machine: blocks.filter(({ rendered }) => rendered?.goneThrough === false).length,
  };
}

/** What a translator sends for one block: the words, which original they had before them, and whether they say they went through it. */
export interface TypedBlock {
  readonly block: string;
  readonly text: string;
  readonly seen: string;
  readonly through: boolean;
}

/**
 * What a block becomes when a person saves it; null when there are no words. Other words were plainly gone through, and so was what
 * is ticked; the rest keeps what it was made from, and stays a machine's or stale.
 */
export function saved(typed: TypedBlock, held: RenderedBlock | null): RenderedBlock | null {
  if (typed.text === '') return null;
  const through = typed.through || !held || held.text !== typed.text;
  return {
    block: typed.block,
    text: typed.text,
    sourceHash: through ? typed.seen : held.sourceHash,
    goneThrough: through || held.goneThrough,
  };
}

/** Whether a rendering is a person's: only when a person went through every block of it. */
export const isOfAPerson = (blocks: readonly Pick<RenderedBlock, 'goneThrough'>[]): boolean =>
  blocks.every(({ goneThrough }) => goneThrough);

export interface Rendering {
  readonly id: string;
  readonly telling: string;
  readonly language: string;
  readonly madeHow: 'person' | 'machine';
  readonly signedAs: string | null;
  readonly standing: RenderingStanding;
  /** Whether who asks made it; who else did is never told, but for the name they sign with. */
  readonly mine: boolean;
}

/** What was said of a rendering to its translator. */
export interface Remark {
  readonly isRight: boolean;
  readonly words: string | null;
  readonly byTeller: boolean;
}

export const deskFilters = ['all', 'none-yet', 'mine', 'stale'] as const;
export type DeskFilter = (typeof deskFilters)[number];

/** A telling as it stands on the desk of who may put it into another language. */
export interface ToRender {
  readonly id: string;
  readonly title: string;
  readonly language: string;
  /** The first words, where there is no title. */
  readonly begins: string;
  readonly blocks: number;
  readonly mine: {
    readonly standing: RenderingStanding;
    readonly done: number;
    readonly stale: number;
  } | null;
  readonly others: number;
}
