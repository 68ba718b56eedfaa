import { unseen, type VoteMatrix } from './votes.ts';

/**
 * How often each statement was agreed with, disagreed with and seen (passes are seen), group by group:
 * `agree[group * statements + statement]`. Who is in no group is not counted.
 */
export interface Counts {
  readonly groups: number;
  readonly statements: number;
  readonly agree: Int32Array;
  readonly disagree: Int32Array;
  readonly seen: Int32Array;
}

/** `member[person]` is the index of a person's group, or -1; `groups` how many there are. */
export function countsOf(matrix: VoteMatrix, member: ArrayLike<number>, groups: number): Counts {
  const statements = matrix.statements.length;
  const [agree, disagree, seen] = [0, 1, 2].map(() => new Int32Array(groups * statements)) as Three;
  for (let person = 0; person < matrix.people.length; person++) {
    const group = member[person] ?? -1;
    if (group < 0) continue;
    for (let statement = 0; statement < statements; statement++) {
      const vote = matrix.cells[person * statements + statement] as number;
      if (vote === unseen) continue;
      const cell = group * statements + statement;
      (seen[cell] as number)++;
      if (vote === 1) (agree[cell] as number)++;
      else if (vote === -1) (disagree[cell] as number)++;
    }
  }
  return { groups, statements, agree, disagree, seen };
}

type Three = [Int32Array, Int32Array, Int32Array];

/** One-sided 90 %: what a test must pass before a statement speaks for a group or for the room. */
export const significance = 1.2816;
const mostShown = 5;

/** The share that answered so, drawn towards a half where few did: (A+1)/(S+2). */
export const share = (answered: number, seen: number): number => (answered + 1) / (seen + 2);

/** How far that share lies from a half, in standard errors: 2 sqrt(S+1) ((A+1)/(S+1) - 0.5). */
export const shareTest = (answered: number, seen: number): number =>
  2 * Math.sqrt(seen + 1) * ((answered + 1) / (seen + 1) - 0.5);

/** How far two shares lie apart, in standard errors (two-proportion test with one added to each count). */
export function differenceTest(answered: number, seen: number, others: number, seenByOthers: number): number {
  const pooled = (answered + others + 2) / (seen + seenByOthers + 2);
  if (pooled === 1) return 0;
  const apart = (answered + 1) / (seen + 1) - (others + 1) / (seenByOthers + 1);
  return apart / Math.sqrt(pooled * (1 - pooled) * (1 / (seen + 1) + 1 / (seenByOthers + 1)));
}

/** How a statement speaks for a group: in which direction, and p, its test, the representativeness and its test. */
export interface Representative {
  readonly statement: string;
  readonly for: 'agree' | 'disagree';
  readonly agree: number;
  readonly disagree: number;
  readonly seen: number;
  readonly p: number;
  readonly pTest: number;
  readonly repness: number;
  readonly repnessTest: number;
  /** Whether it stands here as what the group agrees with best. */
  readonly best: boolean;
}

interface Weighed {
  readonly at: number;
  readonly answers: boolean;
  readonly agreed: { readonly p: number; readonly pTest: number; readonly r: number; readonly rTest: number };
  readonly disagreed: Weighed['agreed'];
  readonly direction: 'agree' | 'disagree';
}

const weightOf = ({ p, pTest, r, rTest }: Weighed['agreed']): number => r * rTest * p * pTest;
const told = (one: Weighed): Weighed['agreed'] => (one.direction === 'agree' ? one.agreed : one.disagreed);

function weighed(counts: Counts, group: number, at: number, seenByAll: Float64Array[]): Weighed {
  const cell = group * counts.statements + at;
  const side = (of: Int32Array, all: Float64Array): Weighed['agreed'] => {
    const answered = of[cell] as number;
    const seen = counts.seen[cell] as number;
    const others = (all[at] as number) - answered;
    const seenByOthers = (seenByAll[2]?.[at] as number) - seen;
    const p = share(answered, seen);
    const r = p / share(others, seenByOthers);
    return {
      p,
      pTest: shareTest(answered, seen),
      r,
      rTest: differenceTest(answered, seen, others, seenByOthers),
    };
  };
  const agreed = side(counts.agree, seenByAll[0] as Float64Array);
  const disagreed = side(counts.disagree, seenByAll[1] as Float64Array);
  return {
    at,
    answers: (counts.agree[cell] as number) > 0 || (counts.disagree[cell] as number) > 0,
    agreed,
    disagreed,
    direction: agreed.rTest > disagreed.rTest ? 'agree' : 'disagree',
  };
}

/**
 * The statements that speak for a group (Polis's measure): those that pass both tests in one direction, by
 * representativeness * its test * p * its test, what the group agrees with best first; at most five, agreement before disagreement;
 * the single likeliest where none passes.
 */
export function representativeOf(matrix: VoteMatrix, counts: Counts, group: number): Representative[] {
  const all = totalsOf(counts);
  const every = matrix.statements.map((_, at) => weighed(counts, group, at, all));
  const passing = every
    .filter(({ agreed, disagreed }) => passes(agreed) || passes(disagreed))
    .sort((one, other) => weightOf(told(other)) - weightOf(told(one)) || one.at - other.at);
  const best = bestAgreed(every);
  const first = best ? [best, ...passing.filter((one) => one !== best)] : passing;
  const shown = first.length > 0 ? first.slice(0, mostShown) : likeliest(every);
  const ordered = [
    ...shown.filter(({ direction }) => direction === 'agree'),
    ...shown.filter(({ direction }) => direction === 'disagree'),
  ];
  return ordered.map((one) => ({
    statement: matrix.statements[one.at] as string,
    for: one.direction,
    agree: counts.agree[group * counts.statements + one.at] as number,
    disagree: counts.disagree[group * counts.statements + one.at] as number,
    seen: counts.seen[group * counts.statements + one.at] as number,
    p: told(one).p,
    pTest: told(one).pTest,
    repness: told(one).r,
    repnessTest: told(one).rTest,
    best: one === best,
  }));
}

const passes = ({ pTest, rTest }: Weighed['agreed']): boolean => rTest > significance && pTest > significance;

/**
 * What a group agrees with best. Polis weighs the statements one after the other, in the order in which the room met them: against
 * a statement the group agrees with more than others do by all four measures, else by agreement alone. So the order is part of it.
 */
function bestAgreed(every: readonly Weighed[]): Weighed | null {
  let best: Weighed | null = null;
  for (const one of every) {
    if (!one.answers) continue;
    const { agreed } = one;
    const better =
      best === null
        ? agreed.pTest > significance || (agreed.r > 1 && agreed.p > 0.5)
        : best.agreed.r > 1
          ? weightOf(agreed) > weightOf(best.agreed)
          : agreed.p * agreed.pTest > best.agreed.p * best.agreed.pTest;
    if (better) best = one;
  }
  return best;
}

function likeliest(every: readonly Weighed[]): Weighed[] {
  let best: Weighed | null = null;
  const strength = (one: Weighed) => Math.max(one.agreed.rTest, one.disagreed.rTest);
  for (const one of every) if (one.answers && (best === null || strength(one) > strength(best))) best = one;
  return best ? [best] : [];
}

/** Agree, disagree and seen of each statement over all groups. */
function totalsOf({ agree, disagree, seen, groups, statements }: Counts): Float64Array[] {
  return [agree, disagree, seen].map((of) => {
    const total = new Float64Array(statements);
    for (let cell = 0; cell < groups * statements; cell++)
      (total[cell % statements] as number) += of[cell] as number;
    return total;
  });
}

/** How far every group shares each statement: the product over the groups of (A+1)/(S+2), in the order of the statements. */
export function groupInformedConsensus({ groups, statements, agree, seen }: Counts): Float64Array {
  const product = new Float64Array(statements).fill(1);
  for (let group = 0; group < groups; group++)
    for (let at = 0; at < statements; at++)
      (product[at] as number) *= share(
        agree[group * statements + at] as number,
        seen[group * statements + at] as number,
      );
  return product;
}

/** A statement that the room as a whole agrees or disagrees with. */
export interface Shared {
  readonly statement: string;
  readonly agree: number;
  readonly disagree: number;
  readonly seen: number;
  readonly p: number;
  readonly pTest: number;
}

/** What everyone shares, whatever the groups: p > 0.5 and its test passed; five by p * test each way. `counts` holds one group of all. */
export function consensusOf(matrix: VoteMatrix, counts: Counts): { agree: Shared[]; disagree: Shared[] } {
  const side = (of: Int32Array): Shared[] =>
    matrix.statements
      .map((statement, at) => {
        const seen = counts.seen[at] as number;
        return {
          statement,
          agree: counts.agree[at] as number,
          disagree: counts.disagree[at] as number,
          seen,
          p: share(of[at] as number, seen),
          pTest: shareTest(of[at] as number, seen),
        };
      })
      .filter(({ p, pTest }) => p > 0.5 && pTest > significance)
      .sort((one, other) => other.p * other.pTest - one.p * one.pTest)
      .slice(0, mostShown);
  return { agree: side(counts.agree), disagree: side(counts.disagree) };
}

/**
 * How much a statement asks to be shown next: ((1 - (P+1)/(S+2)) (E+1) (A+1)/(S+2) (1 + 8 * 2^(-S/5)))^2 with P passes and
 * E its extremity in the projection; what few have seen comes early.
 */
export function nextWeight(agree: number, disagree: number, seen: number, extremity: number): number {
  const passed = seen - agree - disagree;
  const fresh = 1 + 8 * 2 ** (-seen / 5);
  return ((1 - share(passed, seen)) * (extremity + 1) * share(agree, seen) * fresh) ** 2;
}
