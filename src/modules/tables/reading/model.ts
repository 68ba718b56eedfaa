import type { Day } from '#platform/clock.ts';
import type { Phase, Theme } from '../../initiatives/model.ts';
import type {
  DayPrecision,
  Form,
  Mandate,
  Openness,
  SeatNewsKind,
  SeatState,
  Showing,
  TableAudience,
} from '../model.ts';

/** A table in a list. */
export interface ListedTable {
  readonly id: string;
  readonly slug: string;
  readonly form: Form;
  readonly formName: string | null;
  readonly name: string;
  readonly language: string;
  /** Where it is for, in the language of the page. */
  readonly place: string;
  readonly region: string | null;
  readonly municipality: string | null;
  readonly province: string | null;
  readonly seated: number;
  readonly open: number;
  readonly endedOn: Day | null;
}

/** Who holds a seat: an entry with its address, or a name alone. */
export interface Holder {
  readonly name: string | null;
  readonly slug: string | null;
  readonly refugeeLed: boolean;
}

/** A seat as a page shows it. */
export interface ShownSeat {
  readonly id: string;
  readonly role: string;
  readonly why: string | null;
  readonly shell: number;
  readonly state: SeatState;
  readonly holder: Holder | null;
  readonly mandate: Mandate;
  readonly mandateWords: string | null;
  readonly chosenBy: string | null;
  readonly ground: string | null;
  readonly since: Day | null;
  readonly sincePrecision: DayPrecision | null;
  readonly until: Day | null;
  readonly untilPrecision: DayPrecision | null;
  readonly directsSince: Day | null;
  readonly directsGround: string | null;
}

export interface ShownMeeting {
  readonly id: string;
  readonly day: Day;
  readonly about: string;
  readonly language: string;
  readonly sessionSlug: string | null;
  /** Keys of seats. */
  readonly seats: readonly string[];
}

export interface ShownDecision {
  readonly id: string;
  readonly number: number;
  readonly day: Day;
  readonly what: string;
  readonly reasons: string;
  readonly language: string;
  readonly openTo: 'table' | 'everyone';
  readonly seats: readonly string[];
  readonly dissent: readonly {
    readonly seat: string | null;
    readonly language: string;
    readonly words: string;
    readonly openly: Openness;
    readonly mine: boolean;
  }[];
}

export interface ShownStance {
  readonly id: string;
  readonly by: string;
  readonly about: string;
  readonly position: number;
  readonly language: string;
  readonly words: string;
  readonly placedOn: Day;
}

/** A table as anyone may read it, or as who comes to it on the desk does. */
export interface ShownTable extends Omit<ListedTable, 'seated' | 'open'> {
  readonly rings: readonly string[];
  readonly purpose: string;
  readonly agreed: string | null;
  readonly themes: readonly Theme[];
  readonly phases: readonly Phase[];
  readonly beganOn: Day | null;
  readonly beganPrecision: DayPrecision | null;
  readonly endedWhy: string | null;
  readonly seats: readonly ShownSeat[];
  readonly meetings: readonly ShownMeeting[];
  readonly decisions: readonly ShownDecision[];
  readonly stances: readonly ShownStance[];
}

/** A seat on the desk: also what the street never hears. */
export interface DeskSeat extends ShownSeat {
  readonly shown: Showing;
  readonly mine: boolean;
  readonly offeredOn: Day | null;
  readonly news: readonly {
    readonly day: Day;
    readonly kind: SeatNewsKind;
    readonly toldBy: 'keeper' | 'holder' | 'house';
    readonly name: string | null;
    readonly language: string | null;
    readonly words: string | null;
  }[];
}

/** A table on the desk, as far as who looks may know of it. */
export interface DeskTable extends ShownTable {
  readonly openTo: TableAudience;
  readonly keeps: boolean;
  readonly sits: boolean;
  readonly seats: readonly DeskSeat[];
  readonly keepers: readonly { readonly id: string; readonly called: string | null; readonly me: boolean }[];
  readonly possible: readonly { readonly id: string; readonly called: string }[];
}

/** How who holds a seat is called on a page with these seats; null cannot be told there. */
export const calledAt =
  (seats: readonly Pick<ShownSeat, 'id' | 'holder'>[]) =>
  (seat: string): string | null =>
    seats.find(({ id }) => id === seat)?.holder?.name ?? null;
