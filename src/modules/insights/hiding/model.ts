import { heldAfter } from '../../people/counting/model.ts';

/** One number about people: how many told of a theme in a province in a year. */
export interface Cell {
  readonly province: string;
  readonly theme: string;
  readonly year: number;
  readonly people: number;
}

const nameOf = ({ province, theme, year }: Cell) => `${province} ${theme} ${year}`;

/** All numbers after counting anew; a cell that is no longer counted counts none. Cells of none are left out. */
export function heldCells(held: readonly Cell[], counted: readonly Cell[]): Cell[] {
  const before = new Map(held.map((cell) => [nameOf(cell), cell.people]));
  const cells = new Map([...held, ...counted].map((cell) => [nameOf(cell), { ...cell, people: 0 }]));
  for (const cell of counted) cells.set(nameOf(cell), cell);
  return [...cells.entries()]
    .map(([name, cell]) => ({ ...cell, people: heldAfter(before.get(name) ?? 0, cell.people) }))
    .filter(({ people }) => people > 0);
}
