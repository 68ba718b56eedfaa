import type { Day } from '#platform/clock.ts';
import type { DatePrecision, EventKind } from '../model.ts';

export const firstTideYear = 2013;

/** The kinds of events as the shoreline tells them, in the order of a life. */
export const tidings = [
  'founded',
  'opened',
  'grew',
  'formalised',
  'moved',
  'renamed',
  'contract',
  'award',
  'crisis',
  'split',
  'merged',
  'paused',
  'revived',
  'changed',
  'ended',
] as const satisfies readonly EventKind[];

export interface TideYear {
  readonly year: number;
  readonly count: number;
  readonly started: number;
  readonly ended: number;
}

export interface TideDrawing {
  readonly width: number;
  readonly height: number;
  /** The water's edge, as SVG path data. */
  readonly edge: string;
  readonly years: readonly {
    readonly year: number;
    readonly count: number;
    readonly x: number;
    readonly y: number;
    readonly width: number;
  }[];
}

/** The years as a tide that rises with the number of initiatives; heights are true to the numbers, from zero. */
export function tideDrawing(years: readonly TideYear[]): TideDrawing {
  const width = 540;
  const height = 220;
  const floor = height - 34;
  const most = Math.max(1, ...years.map((year) => year.count));
  const step = width / Math.max(1, years.length);
  const drawn = years.map((year, at) => ({
    year: year.year,
    count: year.count,
    x: Math.round(at * step + step / 2),
    y: Math.round(floor - (year.count / most) * (floor - 40)),
    width: Math.round(step),
  }));
  const first = drawn[0];
  const last = drawn.at(-1);
  if (!first || !last) return { width, height, edge: '', years: [] };
  const curve = drawn.slice(1).map((to, at) => {
    const from = drawn[at] ?? to;
    const middle = Math.round((from.x + to.x) / 2);
    return `C${middle} ${from.y} ${middle} ${to.y} ${to.x} ${to.y}`;
  });
  return {
    width,
    height,
    years: drawn,
    edge: `M0 ${floor}V${first.y}H${first.x}${curve.join('')}H${width}V${floor}z`,
  };
}

export interface ShorelineWish {
  /** The day that is shown. */
  readonly day: Day;
  /** The two days that are compared; null when one day is looked at. */
  readonly between: { readonly from: Day; readonly until: Day } | null;
}

export interface OnDay {
  /** Those whose beginning is known and who lived on the day. */
  readonly there: number;
  /** Those who perhaps did: nobody knows when they began. */
  readonly perhaps: number;
}

export interface Tiding {
  readonly kind: EventKind;
  readonly day: Day;
  readonly precision: DatePrecision;
  readonly slug: string;
  readonly name: string;
  readonly text: { readonly language: string; readonly words: string } | null;
}

export interface Shore {
  readonly lat: number;
  readonly lon: number;
  readonly town: string | null;
  /** How many initiatives lay there at the end of each year of the tide, from its first year on; those of unknown beginning left out. */
  readonly counts: readonly number[];
}
