import type { Day } from '#platform/clock.ts';
import type { ExpertState } from '../model.ts';
import { heldAfter, smallest, toldOf } from '../../people/counting/model.ts';

/** One number about the people of a pool: how many gave this answer to this question. */
export interface PoolCell {
  readonly question: string;
  readonly answer: string;
  readonly people: number;
}

const nameOf = ({ question, answer }: PoolCell) => `${question} ${answer}`;

/** All numbers after counting a pool anew; a cell that is no longer counted counts none. Cells of none are left out. */
export function heldOfPool(held: readonly PoolCell[], counted: readonly PoolCell[]): PoolCell[] {
  const before = new Map(held.map((cell) => [nameOf(cell), cell.people]));
  const cells = new Map([...held, ...counted].map((cell) => [nameOf(cell), { ...cell, people: 0 }]));
  for (const cell of counted) cells.set(nameOf(cell), cell);
  return [...cells.values()]
    .map((cell) => ({ ...cell, people: heldAfter(before.get(nameOf(cell)) ?? 0, cell.people) }))
    .filter(({ people }) => people > 0);
}

export interface ToldCell {
  readonly question: string;
  readonly answer: string;
  readonly atLeast: number;
}

/**
 * What may be told of the people of a pool: each number in steps of five, never about fewer than five. Who is in a pool knows how many
 * they are, so a number is left out where that, with the other numbers of the question, would leave fewer than five possible numbers
 * for any answer. The smallest go first, by name where they are equal.
 */
export function toldOfPool(held: readonly PoolCell[], people: number): ToldCell[] {
  const told = held.flatMap(({ question, answer, people: number }) => {
    const atLeast = toldOf(number);
    return atLeast === null ? [] : [{ question, answer, atLeast }];
  });
  return [...new Set(told.map(({ question }) => question))].flatMap((question) => {
    const cells = told
      .filter((cell) => cell.question === question)
      .sort((a, b) => b.atLeast - a.atLeast || (a.answer < b.answer ? -1 : 1));
    if (question === 'all') return cells;
    // What is told begins at so many, and may be up to four more.
    while (
      cells.length > 0 &&
      cells.reduce((sum, { atLeast }) => sum + atLeast + smallest - 1, smallest - 1) > people
    )
      cells.pop();
    return cells;
  });
}

export const measures = ['asked', 'given', 'paid'] as const;
export type Measure = (typeof measures)[number];

/** Something that was asked of an expert, given by them or paid to them. `amount` is in minutes, or in cents where it was paid. */
export interface LoadDeed {
  readonly measure: Measure;
  readonly expert: string;
  readonly day: Day;
  readonly amount: number;
}

export interface ToldLoad {
  readonly measure: Measure;
  readonly amount: number;
  readonly until: Day;
}

/**
 * What is told of the hours and pay of a pool, up to a day: a sum moves only when at least five experts moved it since it was last
 * told, so that the difference of two sums is never about one of them.
 */
export function toldLoads(before: readonly ToldLoad[], deeds: readonly LoadDeed[], until: Day): ToldLoad[] {
  return measures.flatMap((measure) => {
    const last = before.find((each) => each.measure === measure);
    const done = deeds.filter((deed) => deed.measure === measure && deed.day < until && deed.amount > 0);
    const movers = new Set(done.filter(({ day }) => !last || day >= last.until).map(({ expert }) => expert));
    if (movers.size < smallest) return last ? [last] : [];
    return [{ measure, amount: done.reduce((sum, { amount }) => sum + amount, 0), until }];
  });
}

/** How much of all that was asked was asked of the five who were asked most: a part of one. Null when nothing was asked. */
export function shareOfSameFive(minutes: readonly number[]): number | null {
  const all = minutes.reduce((sum, each) => sum + each, 0);
  if (all === 0) return null;
  const five = [...minutes].sort((a, b) => b - a).slice(0, smallest);
  return five.reduce((sum, each) => sum + each, 0) / all;
}

/** The same for anyone, in tens of a hundred; null when the others are fewer than five, or fewer than five were asked. */
export function toldSameFive(minutes: readonly number[]): number | null {
  const asked = minutes.filter((each) => each > 0).length;
  if (minutes.length < 2 * smallest || asked < smallest) return null;
  const share = shareOfSameFive(minutes);
  return share === null ? null : Math.round(share * 10) * 10;
}

/** What was asked of one expert of a pool in the last twelve months, what they gave and what was paid. */
export interface PoolLine {
  readonly expert: string;
  /** How they are called in this pool; null once they left. */
  readonly called: string | null;
  readonly mine: boolean;
  readonly state: ExpertState;
  readonly languages: readonly string[];
  readonly since: Day | null;
  readonly times: number;
  readonly asked: number;
  readonly given: number;
  readonly paid: number;
}
