import type { Day } from '#platform/clock.ts';
import type { Measure } from '../load/model.ts';
import type { PoolState, ToldQuestion, Words } from '../model.ts';

/** A pool as anyone may know it. */
export interface OpenPool {
  readonly id: string;
  readonly slug: string;
  readonly name: Words;
  readonly purpose: Words;
  readonly training: Words;
  /** The municipality or province, as readers of this language call it. */
  readonly area: string;
  readonly centsAnHour: number;
  readonly hoursAYear: number;
  readonly state: Exclude<PoolState, 'preparing'>;
  readonly madeOn: Day;
  readonly endedOn: Day | null;
  /** At least so many experts; null is too few to tell. */
  readonly atLeast: number | null;
  /** How much of what was asked in a year was asked of the same five, of a hundred; null is not told. */
  readonly sameFive: number | null;
  readonly countedOn: Day | null;
}

/** A pool on its own page, with what is told of its people and hours. */
export interface ReadPool extends OpenPool {
  readonly told: readonly {
    readonly question: ToldQuestion;
    readonly answer: string;
    readonly atLeast: number;
  }[];
  readonly load: readonly { readonly measure: Measure; readonly amount: number; readonly until: Day }[];
}
