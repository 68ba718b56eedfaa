import type { Day } from '#platform/clock.ts';

/** How many digits a code has: fifteen that are random (49 bits), and one that shows a slip of the finger. */
export const digits = 16;

/** A card as its bearer and its maker know it; the code is only on the paper. */
export interface CardStanding {
  readonly id: string;
  readonly madeOn: Day;
  /** How the person who made it is called; null when they did not say, or when the operator made it. */
  readonly madeBy: string | null;
  readonly until: Day;
  readonly lastUsedOn: Day | null;
}

/** The last digit, by Luhn: it finds every single wrong digit and nearly every swap of two neighbours. */
export function checkDigit(first: string): string {
  const sum = [...first].reverse().reduce((all, sign, at) => {
    const digit = Number(sign) * (at % 2 === 0 ? 2 : 1);
    return all + (digit > 9 ? digit - 9 : digit);
  }, 0);
  return String((10 - (sum % 10)) % 10);
}

/** A code of sixteen digits from fifteen random ones. */
export const codeOf = (random: string): string => random + checkDigit(random);

/** A code as it is printed and read aloud: 4711 0815 1234 5678. */
export const inGroups = (code: string): string => code.replace(/(\d{4})(?=\d)/g, '$1 ');

/** How often a card may be tried, and all cards of the house together: far from enough to guess one in a lifetime. */
export const tries = {
  ofACard: { atOnce: 10, anHour: 20 },
  ofTheHouse: { atOnce: 2_000, anHour: 2_000 },
  /** How many people without an account come to tell. */
  ofNewcomers: { atOnce: 500, anHour: 1_000 },
} as const;
