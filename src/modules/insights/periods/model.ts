import type { Day } from '#platform/clock.ts';
import { themes, type Theme } from '../../initiatives/model.ts';
import { raisedBy, type Gathering, type Pledge } from '../model.ts';

/** Whole years, both included. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/** At least so many people told of a theme in a year. */
export interface Told {
  readonly theme: Theme;
  readonly year: number;
  readonly atLeast: number;
}

export interface Compared {
  readonly theme: Theme;
  readonly raised: readonly [number, number];
  readonly promised: readonly [number, number];
  /**
   * At least so many people told of it in one year of the period, or null. Years are not added up: someone may tell in more than one,
   * and sums would tell more of people than their parts.
   */
  readonly told: readonly [number | null, number | null];
}

const yearOf = (day: Day) => Number(day.slice(0, 4));

/** Whether a day lies in a period. What has no day lies in none. */
export const liesIn = (day: Day | null, { from, to }: Period): boolean =>
  day !== null && yearOf(day) >= from && yearOf(day) <= to;

/** Two periods beside each other, theme by theme; themes of which neither tells anything are left out. */
export function compared(
  gatherings: readonly Gathering[],
  pledges: readonly Pledge[],
  told: readonly Told[],
  periods: readonly [Period, Period],
): Compared[] {
  const series = new Set(gatherings.filter((each) => each.series).map(({ id }) => id));
  const each = <Answer>(ask: (period: Period) => Answer) => [ask(periods[0]), ask(periods[1])] as const;
  return themes
    .map((theme) => ({
      theme,
      raised: each(
        (period) =>
          gatherings.filter((one) => !one.series && raisedBy(one).has(theme) && liesIn(one.on, period))
            .length,
      ),
      promised: each(
        (period) =>
          pledges.filter(
            (one) => !series.has(one.gathering) && one.themes.includes(theme) && liesIn(one.on, period),
          ).length,
      ),
      told: each((period) =>
        mostIn(
          told.filter((one) => one.theme === theme),
          period,
        ),
      ),
    }))
    .filter(({ raised, promised, told: people }) =>
      [...raised, ...promised, ...people].some((number) => number !== null && number > 0),
    );
}

function mostIn(told: readonly Told[], { from, to }: Period): number | null {
  const numbers = told.filter(({ year }) => year >= from && year <= to).map(({ atLeast }) => atLeast);
  return numbers.length > 0 ? Math.max(...numbers) : null;
}

/** The years someone may choose from: from the first of which anything is known up to this one; none while nothing has a day. */
export function yearsKnown(days: readonly (Day | null)[], today: Day): number[] {
  const known = days.filter((day) => day !== null).map(yearOf);
  if (known.length === 0) return [];
  const [first, last] = [Math.min(...known), Math.max(...known, yearOf(today))];
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}
