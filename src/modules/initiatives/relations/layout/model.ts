import type { MunicipalityCode, ProvinceCode } from '#modules/places/model.ts';
import type { Day } from '#platform/clock.ts';
import type { Kind } from '../../model.ts';
import type { Likeness, Standing } from '../model.ts';

/** Which part of the network someone wants to see; what was not understood falls away. */
export interface NetworkWishes {
  readonly day: Day;
  readonly place: ProvinceCode | MunicipalityCode | null;
  readonly kind: Kind | null;
  /** The page of the table, from 1. */
  readonly page: number;
}

/** A stone on the drawing, in whole units of its view box. */
export interface DrawnStone {
  readonly slug: string;
  readonly name: string;
  readonly likeness: Likeness;
  readonly refugeeLed: boolean;
  readonly x: number;
  readonly y: number;
  /** Half its width. */
  readonly size: number;
  /** Which of the shapes of its likeness, 0 to 2. */
  readonly shape: 0 | 1 | 2;
  readonly label: Label;
}

export interface Label {
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'middle' | 'end';
  /** Whether there is room to show it always; otherwise it shows on hover and focus. */
  readonly always: boolean;
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly stones: readonly DrawnStone[];
  /** Those without a relation, in rows on the beach that begins at `beach`. */
  readonly alone: readonly DrawnStone[];
  readonly beach: number;
  /** One path of straight steps for each standing; empty when there is none. */
  readonly steps: Readonly<Record<Standing, string>>;
  /** How many entries found no place on the drawing; they stay in the table. */
  readonly leftOut: number;
}

/** The outlines of the stones of each likeness, about 20 units wide around (0, 0); governments are a stepped gable. */
export const outlines: Readonly<Record<Likeness, readonly [string, string, string]>> = {
  initiative: [
    'M10 3C9 5 5 8 2 9C-1 9-6 8-8 6C-10 4-11 0-10-3C-9-5-5-8-2-8C1-9 6-9 8-7C10-5 11 0 10 3Z',
    'M6 8C3 10-2 10-5 8C-7 7-11 3-11 0C-11-2-8-5-5-7C-2-9 3-11 5-10C8-8 9-3 9 0C9 3 8 7 6 8Z',
    'M10 1C10 3 7 8 4 9C2 10-4 9-6 7C-8 6-10 2-10-1C-10-4-7-8-5-9C-2-10 3-9 6-7C8-5 11-2 10 1Z',
  ],
  union: [
    'M13 2C12 4 8 8 4 9C1 9-5 8-8 7C-11 5-14 0-13-2C-13-4-8-7-4-8C0-9 6-9 9-7C12-5 14-1 13 2Z',
    'M10 5C7 7 3 10-1 10C-4 9-10 7-12 4C-13 2-12-3-10-5C-8-7-3-9 1-9C5-9 11-7 12-4C14-2 12 2 10 5Z',
    'M12 0C12 3 10 7 7 8C4 9-3 9-6 8C-9 6-13 2-13 0C-13-2-9-6-6-7C-3-9 4-9 7-8C10-7 12-3 12 0Z',
  ],
  institution: [
    'M-8-9C-4-10 5-10 8-9S10-4 9 0S10 7 8 9S-4 10-8 9S-10 4-9 0S-11-8-8-9Z',
    'M-8-9C-3-10 4-9 8-9S9-5 10 0S10 8 8 9S-3 9-8 9S-9 4-10 0S-10-8-8-9Z',
    'M-8-9C-5-9 4-10 8-9S10-3 9 0S9 8 8 9S-5 10-8 9S-10 3-9 0S-10-9-8-9Z',
  ],
  government: [
    'M-10 10V-3H-6V-7H-3V-11H3V-7H6V-3H10V10Z',
    'M-10 10V-3H-6V-7H-3V-11H3V-7H6V-3H10V10Z',
    'M-10 10V-3H-6V-7H-3V-11H3V-7H6V-3H10V10Z',
  ],
};

/** Which of the three outlines an entry has: always the same one. */
export function shapeOf(slug: string): 0 | 1 | 2 {
  return ([...slug].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 3) as 0 | 1 | 2;
}

/** A place for a neighbour around an entry; its name stands above or below it. */
export interface Seat {
  readonly x: number;
  readonly y: number;
  readonly nameAbove: boolean;
}

const seats: readonly (readonly [column: number, row: number])[] = [
  [1, 0],
  [-1, 0],
  [0, -1],
  [0, 1],
  [1, -1],
  [-1, 1],
  [-1, -1],
  [1, 1],
];

/** Seats for at most eight neighbours around one entry, on a drawing 360 wide that is no higher than they need. */
export function seatsAround(count: number): {
  readonly height: number;
  readonly middle: number;
  readonly seats: readonly Seat[];
} {
  const [middle, height] = count <= 2 ? [54, 128] : [168, 336];
  const placed = seats.slice(0, count).map(([column, row], at) => ({
    // Stones that someone laid by hand are never quite in line.
    x: 180 + column * 120 + ((at * 5) % 7) - 3,
    y: middle + row * 104 + ((at * 11) % 13) - 6,
    nameAbove: row < 0,
  }));
  return { height, middle, seats: placed };
}

/** A name in at most two lines of about `letters` signs; what does not fit ends in an ellipsis. */
export function inTwoLines(name: string, letters = 16): string[] {
  const lines = [''];
  for (const word of name.split(/\s+/)) {
    const line = lines.at(-1) ?? '';
    if (line === '' || line.length + 1 + word.length <= letters)
      lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
    else lines.push(word);
  }
  const short = (line: string) =>
    [...line].length > letters + 2 ? `${[...line].slice(0, letters).join('')}…` : line;
  if (lines.length <= 2) return lines.map(short);
  const second = lines[1] ?? '';
  return [short(lines[0] ?? ''), `${[...second].slice(0, letters - 1).join('')}…`];
}
