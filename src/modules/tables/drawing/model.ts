/** A seat as far as a drawing needs it. */
export interface SeatToDraw {
  readonly id: string;
  readonly shell: number;
  readonly state: 'taken' | 'open';
  readonly directs: boolean;
  readonly refugeeLed: boolean;
}

export interface DrawnChair extends SeatToDraw {
  /** As in the list beside the drawing. */
  readonly number: number;
  readonly x: number;
  readonly y: number;
}

export interface DrawnTable {
  /** Width and height of the drawing. */
  readonly size: number;
  readonly table: number;
  /** Radius of each ring, from the middle outwards. */
  readonly rings: readonly number[];
  readonly chairs: readonly DrawnChair[];
}

/** How far a chair reaches from its middle. */
export const chairReach = 19;
const gap = 46;
const room = chairReach * 2 + 6;

/**
 * Lays chairs evenly around a table, ring by ring, the way people read; a ring grows with its chairs, so that none ever lies
 * on another. The seats come in the order of the list and are numbered like it.
 */
export function layChairs(
  seats: readonly SeatToDraw[],
  ringCount: number,
  direction: 'ltr' | 'rtl',
): DrawnTable {
  const table = 48;
  const radii: number[] = [];
  for (let ring = 1; ring <= Math.max(1, ringCount); ring++) {
    const inside = radii.at(-1) ?? table - 6;
    const here = seats.filter(({ shell }) => shell === ring).length;
    radii.push(Math.max(inside + gap, Math.ceil((here * room) / (2 * Math.PI))));
  }
  const size = Math.ceil(2 * ((radii.at(-1) ?? table) + chairReach + 8));
  const chairs = seats.map((seat, at): DrawnChair => {
    const beside = seats.filter(({ shell }) => shell === seat.shell);
    // Every other ring begins between two chairs of the one inside it, so that they do not stand in a row.
    const shift = seat.shell % 2 === 0 ? 0.5 : 0;
    const turn = (2 * Math.PI * (beside.indexOf(seat) + shift)) / beside.length;
    const radius = radii[seat.shell - 1] ?? radii.at(-1) ?? table;
    const along = Math.sin(turn) * radius * (direction === 'rtl' ? -1 : 1);
    return {
      ...seat,
      number: at + 1,
      x: Math.round(size / 2 + along),
      y: Math.round(size / 2 - Math.cos(turn) * radius),
    };
  });
  return { size, table, rings: radii, chairs };
}

export const line = { width: 340, margin: 24, rise: 26 } as const;

export interface DrawnDot {
  readonly number: number;
  readonly x: number;
  /** How many dots lie between this one and the line. */
  readonly level: number;
  readonly itself: boolean;
}

/** Dots on the line between directing and letting go, numbered in their order; where two would touch, the later one stands above. */
export function layDots(
  places: readonly { readonly position: number; readonly itself: boolean }[],
  direction: 'ltr' | 'rtl',
): { readonly dots: readonly DrawnDot[]; readonly height: number } {
  const dots: DrawnDot[] = [];
  for (const [at, { position, itself }] of places.entries()) {
    const along = line.margin + (position / 100) * (line.width - 2 * line.margin);
    const x = Math.round(direction === 'rtl' ? line.width - along : along);
    let level = 0;
    while (dots.some((dot) => dot.level === level && Math.abs(dot.x - x) < line.rise)) level++;
    dots.push({ number: at + 1, x, level, itself });
  }
  const highest = Math.max(0, ...dots.map(({ level }) => level));
  return { dots, height: 30 + (highest + 1) * line.rise };
}
