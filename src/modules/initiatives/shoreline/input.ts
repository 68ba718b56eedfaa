import { isDay, type Day } from '#platform/clock.ts';
import type { WishProblem } from '../finding/model.ts';
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
      name: 'asOf',
      reason: 'not_a_day',
      given: given.slice(0, 80),
      expected: 'a day that exists, as 2016-02-09',
    });
    return null;
  };
  const chosen = day('day') ?? day('asOf');
  const from = day('from');
  const until = day('until');
  if (!from && !until) return { wish: { day: chosen ?? today, between: null }, problems, turned: false };
  const two = { from: from ?? `${Number(today.slice(0, 4)) - 1}${today.slice(4)}`, until: until ?? today };
  const turned = two.until < two.from;
  const between = turned ? { from: two.until, until: two.from } : two;
  return { wish: { day: chosen ?? between.until, between }, problems, turned };
}
