import type { Day } from '#platform/clock.ts';

/** A place on the line between directing (0) and letting go (100): by whom, about whom, in own words, on a day. */
export interface StanceWish {
  readonly by: string;
  readonly about: string;
  readonly position: number;
  readonly words: string;
  readonly openly: boolean;
}

export interface Placed {
  readonly id: string;
  readonly by: string;
  readonly about: string;
  readonly position: number;
  readonly placedOn: Day;
}

export type StanceReason = `tables.desk.refused.${'position' | 'words' | 'not-there' | 'not-yours'}`;

/**
 * The places side by side, one line for whom is placed: of each who places the newest is `now`, what they said before stays beside it.
 * Nothing is ever averaged, and nobody's word weighs more than another's.
 */
export function sideBySide<One extends Placed>(
  stances: readonly One[],
): { readonly about: string; readonly now: readonly One[]; readonly before: readonly One[] }[] {
  const newestFirst = stances.toSorted((a, b) =>
    a.placedOn === b.placedOn ? (a.id < b.id ? 1 : -1) : a.placedOn < b.placedOn ? 1 : -1,
  );
  const abouts = [...new Set(stances.map(({ about }) => about))];
  return abouts.map((about) => {
    const ofThem = newestFirst.filter((one) => one.about === about);
    const isNewest = (one: One) => ofThem.find(({ by }) => by === one.by) === one;
    // Who places themselves stands first: they know what they meant.
    const itself = (one: One) => (one.by === about ? 0 : 1);
    return {
      about,
      now: ofThem.filter(isNewest).sort((a, b) => itself(a) - itself(b)),
      before: ofThem.filter((one) => !isNewest(one)),
    };
  });
}
