import type { Day } from '#platform/clock.ts';
import type {
  Channel,
  DatePrecision,
  EntryField,
  EventKind,
  KeptReason,
  Kind,
  LedBy,
  Phase,
  Scope,
  Standing,
  State,
  Theme,
  Visibility,
} from '../model.ts';

export interface ToldText {
  readonly language: string;
  readonly words: string;
  readonly origin: 'public-sources' | 'own' | 'rendering';
}

export interface EntryPeriod {
  readonly from: Day | null;
  readonly until: Day | null;
  readonly state: State;
  readonly startKnown: boolean;
  readonly name: string;
  readonly kind: Kind;
  readonly formality: number | null;
  readonly ledBy: LedBy;
  readonly scope: Scope | null;
  readonly phases: readonly Phase[];
  readonly themes: readonly Theme[];
  readonly languages: readonly string[];
  /** For whom, in the reader's language where it is known, else as the entry names it. */
  readonly audiences: readonly { readonly word: string; readonly language: string }[];
  readonly precision: 'exact' | 'street' | 'town' | 'region' | 'hidden' | 'not-said';
  readonly town: string | null;
  readonly provinceCode: string | null;
  readonly province: string | null;
}

export interface EntryEvent {
  readonly kind: EventKind;
  readonly day: Day | null;
  readonly precision: DatePrecision;
  readonly saidBy: string;
  readonly corrected: boolean;
  /** Whether the initiative, or a verifier, tells it differently; then that telling is in the list too. */
  readonly toldDifferently: boolean;
  readonly recordedOn: Day;
  readonly sources: readonly string[];
  readonly text: ToldText | null;
}

export interface Entry {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly names: readonly string[];
  readonly website: string | null;
  readonly origin: 'public-sources' | 'own' | 'verifier';
  readonly lastSign: 'seen' | 'none-recent';
  readonly confirmedOn: Day | null;
  readonly checkedOn: Day | null;
  readonly checkedThrough: Channel | null;
  readonly mail: string | null;
  readonly phone: string | null;
  /** What this reader is not told, and why. */
  readonly keptBack: Partial<Record<EntryField, KeptReason>>;
  /** What this reader is told and the street is not, and who else may know it. */
  readonly beyond: Partial<Record<EntryField, Exclude<Visibility, 'public'>>>;
  /** Who may know of the entry at all, and whether it is part of the field. */
  readonly visibility: Visibility;
  readonly standing: Standing;
  readonly sources: readonly string[];
  readonly text: ToldText | null;
  readonly periods: readonly EntryPeriod[];
  readonly events: readonly EntryEvent[];
}

export interface LineStone {
  readonly x: number;
  readonly kind: EventKind;
  readonly day: Day;
  readonly precision: DatePrecision;
}

export interface LineStretch {
  readonly from: number;
  readonly until: number;
  readonly state: State;
  readonly startKnown: boolean;
}

export interface TrajectoryLine {
  readonly width: number;
  readonly stretches: readonly LineStretch[];
  readonly stones: readonly LineStone[];
  /** The years that are written below the line. */
  readonly years: readonly { readonly x: number; readonly year: number }[];
  readonly firstYear: number;
}

interface Stretch {
  readonly from: Day | null;
  readonly until: Day | null;
  readonly state: State;
  readonly startKnown: boolean;
}

const width = 420;
const margin = 24;

/**
 * The life of an initiative as a line from its first told day until today: stretches by state, a stone for each dated event.
 * Null when nothing is dated. A year is nowhere narrower than its stones need: stones of one spot stay in order, side by side.
 */
export function trajectoryLine(
  periods: readonly Stretch[],
  events: readonly {
    readonly kind: EventKind;
    readonly day: Day | null;
    readonly precision: DatePrecision;
  }[],
  today: Day,
): TrajectoryLine | null {
  const told = events.flatMap((event) =>
    event.day === null || event.kind === 'noticed' ? [] : [{ ...event, day: event.day }],
  );
  const first = told.map((event) => event.day).sort()[0];
  if (first === undefined) return null;
  const firstYear = Number(first.slice(0, 4));
  const start = Date.UTC(firstYear, 0, 1);
  const end = Math.max(Date.parse(today), start + 86_400_000);
  const at = (day: Day) =>
    Math.round(
      margin +
        ((Math.min(Math.max(Date.parse(day), start), end) - start) / (end - start)) * (width - 2 * margin),
    );
  const span = Number(today.slice(0, 4)) - firstYear;
  const step = [1, 2, 5, 10, 20, 50].find((years) => span / years <= 5) ?? 100;
  const years = Array.from({ length: span + 1 }, (_, index) => firstYear + index).filter(
    (year) => year === firstYear || (year % step === 0 && year - firstYear > step / 2),
  );
  const stones: LineStone[] = [];
  for (const event of told.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))) {
    const before = stones.at(-1)?.x ?? -Infinity;
    stones.push({ ...event, x: Math.max(at(event.day), before + 14) });
  }
  const beyond = (stones.at(-1)?.x ?? 0) - (width - margin);
  return {
    width,
    firstYear,
    stretches: periods.map((period) => ({
      from: period.from === null ? 0 : at(period.from),
      until: period.until === null ? width - margin : at(period.until),
      state: period.state,
      startKnown: period.startKnown,
    })),
    stones: beyond > 0 ? stones.map((stone) => ({ ...stone, x: stone.x - beyond })) : stones,
    years: years.map((year) => ({ year, x: at(`${year}-01-01`) })),
  };
}
