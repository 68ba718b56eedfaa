/** A stone of a drawing: where it lies and how big it is. */
export interface Stone {
  readonly x: number;
  readonly y: number;
  readonly rx: number;
  readonly ry: number;
}

export interface Heap {
  readonly stones: readonly Stone[];
  /** Where its letter stands. */
  readonly x: number;
  readonly y: number;
}

export interface Shore {
  readonly width: number;
  /** Above this nothing is drawn. */
  readonly top: number;
  /** Below this nothing is drawn. */
  readonly foot: number;
  /** How high the water begins. */
  readonly waterline: number;
  readonly heaps: readonly Heap[];
  /** People one stone stands for. */
  readonly each: number;
  readonly shared: readonly Stone[];
  readonly lonely: readonly Stone[];
  readonly open: readonly Stone[];
}

const [width, waterline] = [440, 168];
/** Where the water ends, without and with stones farther out. */
const foot = { near: 248, far: 300 } as const;
const mostStones = 36;
/** How far stones of a heap lie apart at most. */
const apart = { across: 24, up: 15 } as const;

/**
 * The drawing of a landscape of voices: a heap of stones on the shore for each group (or one for everyone), a step in the water for each
 * shared statement, a standing stone apart for each lonely one, and a stone farther out for each open question. `mirrored` turns it for
 * who reads from right to left.
 */
export function shoreOf(
  {
    heaps,
    shared,
    lonely,
    open,
  }: {
    readonly heaps: readonly number[];
    readonly shared: number;
    readonly lonely: number;
    readonly open: number;
  },
  mirrored: boolean,
): Shore {
  const each = Math.max(1, Math.ceil(Math.max(1, ...heaps) / mostStones));
  // The standing stones take the end of the shore, the heaps what is left.
  const room = width - (lonely > 0 ? 38 * Math.min(lonely, 5) + 12 : 0);
  const x = (at: number) => (mirrored ? width - at : at);
  const turned = (stone: Stone): Stone => ({ ...stone, x: x(stone.x) });
  const row = (many: number, y: number, size: number): Stone[] =>
    Array.from({ length: many }, (_, at) => ({
      x: (width / (many + 1)) * (at + 1) + (at % 2 === 0 ? -6 : 6),
      y: y + (at % 2 === 0 ? 0 : 9),
      rx: size,
      ry: size * 0.56,
    }));
  const drawn = heaps.map((people, at) => {
    const wide = room / heaps.length;
    const middle = wide * (at + 0.5);
    const stones = heapOf(Math.max(1, Math.round(people / each)), middle, wide - 24);
    return {
      stones: stones.map(turned),
      x: x(middle),
      y: Math.min(...stones.map(({ y }) => y)) - apart.up - 4,
    };
  });
  const standing = { y: waterline - 34, ry: 36 };
  const highest = Math.min(
    ...drawn.map(({ y }) => y - 20),
    lonely > 0 ? standing.y - standing.ry - 4 : waterline,
  );
  return {
    width,
    top: Math.max(0, Math.floor(highest)),
    foot: open > 0 ? foot.far : foot.near,
    waterline,
    each,
    heaps: drawn,
    shared: row(shared, 208, 31).map(turned),
    lonely: Array.from({ length: lonely }, (_, at) =>
      turned({ x: room + 21 + at * 38, rx: 17, ...standing }),
    ),
    open: row(open, 268, 25).map(turned),
  };
}

/** Stones piled up around the middle, no wider than there is room: each row has fewer than the one under it. */
function heapOf(many: number, middle: number, room: number): Stone[] {
  const base = Math.max(2, Math.ceil(Math.sqrt(2 * many)));
  const size = Math.min(1, room / (base * apart.across));
  const stones: Stone[] = [];
  for (let level = 0, left = many; left > 0; level++) {
    const wide = Math.max(1, Math.min(left, base - level));
    for (let at = 0; at < wide; at++)
      stones.push({
        x: middle + ((at - (wide - 1) / 2) * apart.across + ((at + level) % 3) - 1) * size,
        y: waterline - 9 - level * apart.up * size,
        rx: (11.8 - ((at + level) % 2) * 1.4) * size,
        ry: 8.4 * size,
      });
    left -= wide;
  }
  return stones;
}
