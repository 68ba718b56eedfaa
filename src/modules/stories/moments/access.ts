declare const both: unique symbol;

/** Moments of initiatives over each of which the database found that who is asking may change it. */
export interface TiedBy {
  readonly facts: readonly string[];
  readonly [both]: true;
}

/** The proof that someone may say that these were one moment, or null. */
export function tiedBy(facts: readonly string[], mayChangeAll: boolean): TiedBy | null {
  return mayChangeAll ? ({ facts } as TiedBy) : null;
}
