import type { Passage } from '../model.ts';

/** A stretch of text that every coder judged the same way throughout: how long it is, and by which coders which codes were given. */
export interface Unit {
  readonly weight: number;
  readonly by: ReadonlyMap<string, ReadonlySet<string>>;
}

type Placed = Pick<Passage, 'code' | 'coder' | 'start' | 'end'>;

/**
 * Cuts a text of `length` signs wherever a passage begins or ends, so that each unit is wholly inside or outside every
 * passage; the weights are lengths and sum to `length`. Coders who gave nothing in a unit are simply not in it.
 */
export function unitsOf(length: number, passages: readonly Placed[]): Unit[] {
  const within = passages
    .filter(({ start }) => start < length)
    .map((each) => ({ ...each, start: Math.max(0, each.start), end: Math.min(length, each.end) }));
  const cuts = [...new Set([0, length, ...within.flatMap(({ start, end }) => [start, end])])].sort(
    (one, other) => one - other,
  );
  return cuts.slice(1).flatMap((end, at) => {
    const start = cuts[at] ?? 0;
    const over = within.filter((each) => each.start <= start && each.end >= end);
    return end > start ? [{ weight: end - start, by: givenBy(over) }] : [];
  });
}

/** The whole text as one unit of weight 1: a code counts when it was given anywhere in it. */
export const asOneUnit = (passages: readonly Placed[]): Unit => ({ weight: 1, by: givenBy(passages) });

function givenBy(passages: readonly Placed[]): Unit['by'] {
  const by = new Map<string, Set<string>>();
  for (const { coder, code } of passages) by.set(coder, (by.get(coder) ?? new Set()).add(code));
  return by;
}

/** What each coder said of one unit, in the order of the coders; null where a coder said nothing at all, which is missing and not 'no'. */
export interface Judged {
  readonly values: readonly (string | null)[];
  readonly weight: number;
}

/** Judgements of whether a code was given, per unit: 'yes' or 'no' for coders who worked on the text, missing for those who did not. */
export function judgedFor(
  code: string,
  coders: readonly string[],
  worked: ReadonlySet<string>,
  units: readonly Unit[],
): Judged[] {
  return units.map(({ weight, by }) => ({
    weight,
    values: coders.map((coder) => (worked.has(coder) ? (by.get(coder)?.has(code) ? 'yes' : 'no') : null)),
  }));
}

export interface Agreement {
  /** Share of the weight on which both said the same, 0 to 1. */
  readonly observed: number;
  /** Share to be expected if each had judged by lot with their own shares, 0 to 1. */
  readonly expected: number;
  /** -1 to 1; null when chance alone explains everything, as when both always said the same one thing. */
  readonly kappa: number | null;
}

/**
 * Cohen's kappa of two coders over nominal judgements: (observed - expected) / (1 - expected), with the expected share from
 * each coder's own shares (J. Cohen, A coefficient of agreement for nominal scales, Educational and Psychological
 * Measurement 20, 1960, 37-46). Units that either of them did not judge are left out; null when none is left.
 */
export function cohensKappa(units: readonly Judged[]): Agreement | null {
  const both = units.filter(({ values }) => values.slice(0, 2).every((value) => value !== null));
  const total = sum(both.map(({ weight }) => weight));
  if (total === 0) return null;
  const share = (of: (unit: Judged) => boolean) => sum(both.filter(of).map(({ weight }) => weight)) / total;
  const observed = share(({ values: [one, other] }) => one === other);
  const said = new Set(both.flatMap(({ values }) => values.slice(0, 2)));
  const expected = sum(
    [...said].map(
      (value) => share(({ values }) => values[0] === value) * share(({ values }) => values[1] === value),
    ),
  );
  return { observed, expected, kappa: 1 - expected < 1e-12 ? null : (observed - expected) / (1 - expected) };
}

/**
 * Krippendorff's alpha for nominal judgements by any number of coders, some of which may be missing: 1 - (n - 1) times the
 * observed over the expected disagreement in the matrix of coincidences (K. Krippendorff, Computing Krippendorff's
 * Alpha-Reliability, 2011, section C). A unit of weight w counts as w units. Null when nothing can be paired, or when
 * only one value was ever given, and nothing can be said about agreement.
 */
export function krippendorffsAlpha(units: readonly Judged[]): number | null {
  const pairable = units
    .map(({ values, weight }) => ({ weight, values: values.filter((value) => value !== null) }))
    .filter(({ values }) => values.length > 1);
  const totals = new Map<string, number>();
  let alike = 0;
  for (const { values, weight } of pairable) {
    for (const [value, times] of tally(values)) {
      totals.set(value, (totals.get(value) ?? 0) + times * weight);
      alike += (weight * times * (times - 1)) / (values.length - 1);
    }
  }
  const n = sum([...totals.values()]);
  const byChance = n * (n - 1) - sum([...totals.values()].map((each) => each * (each - 1)));
  if (n === 0 || byChance < 1e-12) return null;
  return 1 - ((n - 1) * (n - alike)) / byChance;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

function tally(values: readonly string[]): Map<string, number> {
  const times = new Map<string, number>();
  for (const value of values) times.set(value, (times.get(value) ?? 0) + 1);
  return times;
}
