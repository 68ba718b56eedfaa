import type { Day } from '#platform/clock.ts';
import type { Alive, Standing } from '../model.ts';

/** What a mark on the line stands for: raised in a gathering, or a promise and how it stands. */
export type Mark = 'raised' | 'carried' | 'done' | 'quiet' | 'let-go';

const markOf: Readonly<Record<Standing, Mark>> = {
  promised: 'carried',
  moving: 'carried',
  resting: 'carried',
  done: 'done',
  silent: 'quiet',
  'not-known': 'quiet',
  'let-go': 'let-go',
};

export interface Drawn {
  readonly mark: Mark;
  readonly x: number;
  readonly y: number;
}

const step = 15;
const unknown = { from: 10, across: 4 };
const axis = { from: 86, to: 330 };
export const width = 340;

/**
 * The line of a theme through the years: a stone above it for each gathering that raised it, a smaller mark below it for each promise.
 * What has no day lies before the line. All lines of a region share their years, so that they can be read under each other.
 */
export function lineOf(
  { gatherings, pledges }: Pick<Alive, 'gatherings' | 'pledges'>,
  years: readonly number[],
) {
  const [first = 0] = years;
  const across = (day: Day) => {
    const [year = 0, month = 1] = day.split('-').map(Number);
    const share = (year - first + (month - 0.5) / 12) / Math.max(1, years.length);
    return Math.round(axis.from + share * (axis.to - axis.from));
  };
  const rows = (marks: readonly { readonly on: Day | null; readonly mark: Mark }[]) => {
    const lain: { mark: Mark; x: number; row: number }[] = [];
    let without = 0;
    for (const { on, mark } of marks) {
      if (on === null) {
        lain.push({
          mark,
          x: unknown.from + (without % unknown.across) * step,
          row: Math.floor(without / unknown.across),
        });
        without += 1;
        continue;
      }
      const x = across(on);
      const row =
        Math.max(-1, ...lain.filter((other) => Math.abs(other.x - x) < step).map((other) => other.row)) + 1;
      lain.push({ mark, x, row });
    }
    return lain;
  };
  const above = rows(gatherings.map(({ on }) => ({ on, mark: 'raised' })));
  const below = rows(pledges.map(({ on, standing }) => ({ on, mark: markOf[standing] })));
  const high = Math.max(1, ...above.map(({ row }) => row + 1)) * step;
  const deep = below.length > 0 ? Math.max(...below.map(({ row }) => row + 1)) * step : 0;
  const base = high + 4;
  const drawn: Drawn[] = [
    ...above.map(({ mark, x, row }) => ({ mark, x, y: base - 9 - row * step })),
    ...below.map(({ mark, x, row }) => ({ mark, x, y: base + 10 + row * step })),
  ];
  return { base, height: base + deep + 20, drawn, axis, first: years[0] ?? null, last: years.at(-1) ?? null };
}
