/** What of a voice a pattern may be looked at by. */
export const attributes = ['language', 'role', 'theme', 'phase'] as const;
export type Attribute = (typeof attributes)[number];

/** One voice: what it is told as, and which codes were given anywhere in it. */
export interface CodedVoice {
  readonly telling: string;
  /** Values of one attribute; several where a voice has several, such as themes. */
  readonly values: readonly string[];
  readonly codes: ReadonlySet<string>;
}

/** How many voices; null is hidden, because it is small or would tell what is. */
export type Cell = number | null;

export interface Pattern {
  readonly values: readonly string[];
  /** How many voices there are with each value. */
  readonly voices: readonly Cell[];
  readonly all: Cell;
  readonly rows: readonly { readonly code: string; readonly cells: readonly Cell[]; readonly all: Cell }[];
}

/** Fewer voices than these are never shown, nor whether there are any. */
export const fewest = 5;

/**
 * How many voices have each code, by the values of one attribute; every voice has at least one value. A number is hidden when
 * it, or what is left of its group without it, is under `fewest` (none at all, too). More is hidden until no hidden number can
 * be worked out to within `fewest` possibilities from what is shown and the total, which other patterns may show. (After the
 * interval rule for cell suppression: L. Willenborg and T. de Waal, Elements of Statistical Disclosure Control, 2001, ch. 6.)
 */
export function patternOf(codes: readonly string[], voices: readonly CodedVoice[]): Pattern {
  const values = [...new Set(voices.flatMap((voice) => voice.values))].sort();
  const groups = values.map((value) => voices.filter((voice) => voice.values.includes(value)));
  const exclusive = voices.every((voice) => voice.values.length === 1);
  const sizes = groups.map((group) => group.length);
  const all = { room: voices.length, exclusive };
  const rooms = sizes.map(() => voices.length);
  const bases = protect({ ...all, counts: sizes, rooms, total: voices.length, rest: false, ofHidden: 0 });
  const shown = bases.cells.reduce<number>((sum, cell) => sum + (cell ?? 0), 0);
  const ofHidden = exclusive ? voices.length - shown : voices.length;
  const rows = codes.map((code) => {
    const withCode = (some: readonly CodedVoice[]) => some.filter((voice) => voice.codes.has(code)).length;
    const row = { counts: groups.map(withCode), rooms: bases.cells, total: withCode(voices) };
    return { code, ...protect({ ...all, ...row, rest: true, ofHidden }) };
  });
  return { values, voices: bases.cells, all: bases.all, rows };
}

interface Row {
  readonly counts: readonly number[];
  /** How many voices each count is part of; null where that is hidden itself. */
  readonly rooms: readonly Cell[];
  readonly total: number;
  readonly room: number;
  /** Whether what is left of a group without its count tells something too. */
  readonly rest: boolean;
  /** Whether each voice is in one group only, so that the counts sum to the total. */
  readonly exclusive: boolean;
  /** How many voices there are at most in the groups whose size is hidden. */
  readonly ofHidden: number;
}

function protect(row: Row): { cells: Cell[]; all: Cell } {
  const mayShow = (count: number, room: Cell) =>
    room !== null && count >= fewest && (!row.rest || room - count >= fewest);
  const cells = row.counts.map((count, at): Cell => (mayShow(count, row.rooms[at] ?? null) ? count : null));
  if (!mayShow(row.total, row.room)) return { cells: cells.map(() => null), all: null };
  while (!isSafe(row, cells)) {
    const smallest = smallestShown(cells);
    if (smallest === null) return { cells, all: null };
    cells[smallest] = null;
  }
  return { cells, all: row.total };
}

function smallestShown(cells: readonly Cell[]): number | null {
  const shown = cells.flatMap((cell, at) => (cell === null ? [] : [{ cell, at }]));
  return shown.sort((one, other) => one.cell - other.cell)[0]?.at ?? null;
}

/** Whether each hidden count could still be any of at least `fewest` numbers for who knows the rest of the row and its total. */
function isSafe({ rooms, total, exclusive, ofHidden }: Row, cells: readonly Cell[]): boolean {
  const shown = cells.reduce<number>((sum, cell) => sum + (cell ?? 0), 0);
  const left = exclusive ? total - shown : total;
  const known = cells.flatMap((cell, at) => (cell === null ? [rooms[at] ?? null] : []));
  const inHidden = known.includes(null) ? ofHidden : 0;
  const inKnown = known.reduce<number>((sum, room) => sum + (room ?? 0), 0);
  return known.every((room) => {
    const elsewhere = inKnown - (room ?? 0) + inHidden + (exclusive ? 0 : shown);
    const most = Math.min(room ?? ofHidden, left);
    const least = Math.max(0, left - elsewhere);
    return most - least + 1 >= fewest;
  });
}
