import { isDay, type Day } from '#platform/clock.ts';
import type { WishProblem } from '../finding/model.ts';
import { readable } from '../input.ts';
import type { ShorelineWish } from './model.ts';

/** Reads the day, or the two days, of the shoreline; a year counts as its last day, two days in the wrong order are turned around. */
export function parseShoreline(
  query: URLSearchParams,
  today: Day,
): { wish: ShorelineWish; problems: WishProblem[]; turned: boolean } {
  const problems: WishProblem[] = [];
  const day = (name: string): Day | null => {
    const given = query.get(name)?.trim();
    if (!given) return null;
    if (isDay(given)) return given;
    if (/^[12]\d{3}$/.test(given)) return given >= today.slice(0, 4) ? today : `${given}-12-31`;
    problems.push({
      name,
      reason: 'not_a_day',
      given: readable(given).slice(0, 80),
      expected: 'a day that exists, as 2016-02-09',
    });
    return null;
  };
  const chosen = day('day') ?? day('asOf');
  const from = day('from');
  const until = day('until');
  if (!from && !until) return { wish: { day: chosen ?? today, between: null }, problems, turned: false };
  const two = { from: from ?? yearBefore(today), until: until ?? today };
  const turned = two.until < two.from;
  const between = turned ? { from: two.until, until: two.from } : two;
  return { wish: { day: chosen ?? between.until, between }, problems, turned };
}

/** The same day a year earlier; 29 February was 28 February. */
function yearBefore(day: Day): Day {
  const year = Number(day.slice(0, 4)) - 1;
  return isDay(`${year}${day.slice(4)}`) ? `${year}${day.slice(4)}` : `${year}-02-28`;
}
