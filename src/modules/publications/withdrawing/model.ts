import { leavesWith, type Exit, type Way } from '../model.ts';

/** A voice in an edition for one way out; once it has left it does not come back into this edition. */
export interface Line {
  /** The quote, or words given to the publication itself. */
  readonly key: string;
  /** What consent is about: the telling, or the words themselves. */
  readonly item: string;
  readonly exit: Exit;
  readonly left: boolean;
}

/** What an edition holds of voices: its manifest, and how its blocks rest on them. */
export interface Manifest {
  readonly lines: readonly Line[];
  readonly blocks: readonly {
    readonly id: string;
    readonly draws: readonly { readonly key: string; readonly way: Way | 'margin' }[];
  }[];
}

/**
 * An edition after something changed about consent: lines that no longer hold have left, blocks that were made of a voice that left
 * every way out are gone, and blocks that answered it or differed from it no longer name it. The walls do the same (core.follow_item).
 */
export function follow(
  { lines, blocks }: Manifest,
  holds: (item: string, exit: Exit, key: string) => boolean,
): Manifest {
  const now = lines.map((line) => (holds(line.item, line.exit, line.key) ? line : { ...line, left: true }));
  const stays = new Set(now.flatMap(({ key, left }) => (left ? [] : [key])));
  return {
    lines: now,
    blocks: blocks
      .filter(({ draws }) =>
        draws.every(({ key, way }) => way === 'margin' || !leavesWith(way) || stays.has(key)),
      )
      .map((block) => ({ ...block, draws: block.draws.filter(({ key }) => stays.has(key)) })),
  };
}
