/** What passages may be said to be about. */
export interface Code {
  readonly id: string;
  /** The key it has in every program it travels through. */
  readonly guid: string;
  readonly parent: string | null;
  readonly name: string;
  readonly definition: string;
  /** Whether passages can be given it; a code that only holds others cannot. */
  readonly isCodable: boolean;
  /** '#rrggbb', beside the name and never instead of it. */
  readonly colour: string | null;
  readonly place: number;
}

/** A code where it stands in its codebook: how deep, and under which names. */
export interface CodeInTree extends Code {
  readonly depth: number;
  /** Names from the top to this one. */
  readonly path: readonly string[];
}

export interface Codebook {
  readonly id: string;
  readonly name: string;
  readonly about: string;
  /** Whether who is asking made it; the others are coders in it. */
  readonly kept: boolean;
}

/** A place in a block that a coder gave a code; positions count in UTF-16, the end is the first sign after it. */
export interface Passage {
  readonly id: string;
  readonly telling: string;
  readonly block: string;
  readonly start: number;
  readonly end: number;
  readonly code: string;
  /** Key of the coder; someone who is only known from a file has the key of who brought it and their name. */
  readonly coder: string;
  readonly coderName: string | null;
  /** Whether who is asking gave or brought it. */
  readonly own: boolean;
}

/** A thought about a code, a telling, or a passage in it. */
export interface Memo {
  readonly id: string;
  readonly text: string;
  readonly by: string | null;
  readonly own: boolean;
  readonly on: string;
  readonly code: string | null;
  readonly passage: string | null;
  readonly telling: string | null;
}

/** The codes of a book from the top down, each under its parent in the order of their places; what has no parent here stands at the top. */
export function inTree(codes: readonly Code[]): CodeInTree[] {
  const known = new Set(codes.map(({ id }) => id));
  const below = (parent: string | null, path: readonly string[]): CodeInTree[] =>
    codes
      .filter((code) => (code.parent !== null && known.has(code.parent) ? code.parent : null) === parent)
      .sort((one, other) => one.place - other.place || one.name.localeCompare(other.name))
      .flatMap((code) => {
        const named = [...path, code.name];
        return [{ ...code, depth: path.length, path: named }, ...below(code.id, named)];
      });
  return below(null, []);
}

/**
 * Where the words stand in the text, as UTF-16 positions: the `nth` time (1 is the first). White space in what was pasted
 * may differ from that in the text. Null when they are not there.
 */
export function whereSaid(text: string, words: string, nth = 1): { start: number; end: number } | null {
  const parts = words.trim().split(/\s+/u).filter(Boolean);
  if (parts.length === 0) return null;
  const pattern = new RegExp(
    parts.map((part) => part.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('\\s+'),
    'gu',
  );
  const found = [...text.matchAll(pattern)][nth - 1];
  return found ? { start: found.index, end: found.index + found[0].length } : null;
}

/** A stretch of a block between two places where a passage begins or ends, and the passages it lies in. */
export interface Stretch<Of> {
  readonly text: string;
  readonly in: readonly Of[];
}

/** The words of a block cut wherever a passage begins or ends; joined they are the words again. */
export function stretches<Of extends Pick<Passage, 'start' | 'end'>>(
  text: string,
  passages: readonly Of[],
): Stretch<Of>[] {
  const cuts = [0, text.length, ...passages.flatMap(({ start, end }) => [start, end])].filter(
    (at) => at >= 0 && at <= text.length,
  );
  const ordered = [...new Set(cuts)].sort((one, other) => one - other);
  return ordered.slice(1).map((end, at) => {
    const start = ordered[at] ?? 0;
    return {
      text: text.slice(start, end),
      in: passages.filter((each) => each.start <= start && each.end >= end),
    };
  });
}
