/** How the days of silence are drawn: a stone for every week, in rows, at most two years of them. */
export const size = { width: 340, step: 26, row: 26, perRow: 13, most: 104 } as const;

export interface Stone {
  readonly x: number;
  readonly y: number;
  /** Whether the week is not over yet. */
  readonly half: boolean;
}

/** The stones of so many days, from the reader's beginning of the line; none on the first day. */
export function stonesOf(days: number, direction: 'ltr' | 'rtl'): Stone[] {
  const weeks = Math.min(size.most, Math.ceil(days / 7));
  return Array.from({ length: weeks }, (_, at) => {
    const along = (at % size.perRow) * size.step + size.step / 2;
    return {
      x: direction === 'rtl' ? size.width - along : along,
      y: Math.floor(at / size.perRow) * size.row + size.row / 2,
      half: at === weeks - 1 && days % 7 !== 0,
    };
  });
}
