import type { Day } from '#platform/clock.ts';

/** A number about fewer people than this is never told. */
export const smallest = 5;

/**
 * What we hold a number of people to be after counting them again: it only moves when at least the smallest size of people makes the
 * difference, so that two pictures that are told never differ by one person.
 */
export function heldAfter(held: number, counted: number): number {
  return Math.abs(counted - held) >= smallest ? counted : held;
}

/**
 * What is told of a number we hold: 'at least so many', in steps of the smallest size, or null. The real number may meanwhile be up
 * to four lower, so what is told is true whenever it is read, and is never about fewer than the smallest size of people.
 */
export function toldOf(held: number): number | null {
  const sure = held - (smallest - 1);
  const told = Math.floor(sure / smallest) * smallest;
  return told >= smallest ? told : null;
}

/**
 * Whether people may be counted again: once in a quarter of a year. Who looks every day cannot see on which day a number turned, and
 * so not who made it turn.
 */
export function isTimeToCount(last: Day | null, today: Day): boolean {
  return last === null || quarterOf(last) < quarterOf(today);
}

const quarterOf = (day: Day) => `${day.slice(0, 4)} ${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
