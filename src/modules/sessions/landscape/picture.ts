import type { Landscape } from './reckoning.ts';
import { mayTellGroups, tellableAnswers, fewestTold, type Answers } from './protect.ts';
import { differenceTest, groupInformedConsensus, significance, shareTest, type Counts } from './measures.ts';
import type { GroupsReason } from './groups.ts';
import { unseen } from './votes.ts';

/** What a number means, as a message `sessions.landscape.<key>` and its values. */
export interface Said {
  readonly key: SaidKey;
  readonly values: Readonly<Record<string, string | number>>;
}

export type SaidKey =
  | 'why.shared'
  | 'why.shared_by_groups'
  | 'why.shared_against'
  | 'why.shared_against_by_groups'
  | 'why.differs_for'
  | 'why.differs_against'
  | 'why.lonely'
  | 'why.many_pass'
  | 'why.split'
  | 'why.split_in_groups'
  | 'groups.why.shown'
  | `groups.why.${Exclude<GroupsReason, 'shown'>}`
  | 'unsaid.too_few_people'
  | 'unsaid.too_few_saw'
  | 'unsaid.groups_too_few_saw'
  | 'unsaid.not_placed';

/** How people answered, in words: no shares, which would tell of the few in a small room. */
export type Leaning =
  'nearly_all_agree' | 'most_agree' | 'divided' | 'many_pass' | 'most_disagree' | 'nearly_all_disagree';

/** A statement as the page tells it, resting on the answers of `people` people. */
export interface Told {
  readonly statement: string;
  readonly people: number;
  readonly leaning: Leaning;
  /** One by one only where no answer was given by one to four people. */
  readonly answers: Answers | null;
  readonly why: Said;
}

/** A group and what it says differently from the others, the most telling statement first. */
export interface Voice {
  readonly group: number;
  readonly people: number;
  readonly best: Told | null;
  readonly others: readonly Told[];
}

/** What a page shows of a landscape: nothing about fewer than five people, no names, no shares. */
export interface Picture {
  /** People who voted; null where fewer than five did. */
  readonly people: number | null;
  readonly groups: { readonly shown: boolean; readonly sizes: readonly number[]; readonly why: Said };
  readonly sharedGround: readonly Told[];
  readonly differingVoices: readonly Voice[];
  readonly lonelyButWeighty: readonly Told[];
  readonly openQuestions: readonly Told[];
  readonly unsaid: readonly Said[];
}

const mostTold = 5;
/** High agreement: at least two in three of those who saw it. */
const high = 2 / 3;
/** Lonely: at most one in four of those who saw it agree. */
const few = 1 / 4;
/** Many passes: at least one in three. */
const manyPass = 1 / 3;
/** Split: of those who chose, at least two in five on each side. */
const bothSides = 2 / 5;
/** Weighty: how far above chance, 1, those who agree answer the other statements differently from the rest. */
const weighty = 2;

/** What a page may show of a landscape, every number with how many people it rests on and the message that explains it. */
export function picture(whole: Landscape): Picture {
  const landscape = withGroupsThatMayBeTold(whole);
  const { participants, groups, matrix } = landscape;
  if (participants < fewestTold) return nothingYet();
  const shared = sharedGround(landscape);
  const told = new Set(shared.map(({ statement }) => statement));
  const voices = groups.shown ? differingVoices(landscape, told) : [];
  for (const { best, others } of voices)
    for (const one of best ? [best, ...others] : others) told.add(one.statement);
  const lonely = lonelyButWeighty(landscape).filter(({ statement }) => !told.has(statement));
  for (const { statement } of lonely) told.add(statement);
  const open = openQuestions(landscape).filter(({ statement }) => !told.has(statement));
  return {
    people: participants,
    groups: { shown: groups.shown, sizes: groups.shown ? groups.sizes : [], why: whyGroups(landscape) },
    sharedGround: shared.slice(0, mostTold),
    differingVoices: voices,
    lonelyButWeighty: lonely.slice(0, mostTold),
    openQuestions: open.slice(0, mostTold),
    unsaid: unsaid(landscape, matrix.statements.length),
  };
}

/** Groups given from elsewhere may be smaller than may be told of; the page then speaks of the whole room. */
function withGroupsThatMayBeTold(landscape: Landscape): Landscape {
  const { groups, counts } = landscape;
  if (!groups.shown || groups.sizes.every((size) => size >= fewestTold)) return landscape;
  return {
    ...landscape,
    groups: { ...groups, shown: false, reason: 'below_minimum', k: 1, sizes: [] },
    representative: {},
    counts: { ...counts, groups: 0 },
  };
}

const nothingYet = (): Picture => ({
  people: null,
  groups: {
    shown: false,
    sizes: [],
    why: { key: 'groups.why.too_few_people', values: { fewest: fewestTold } },
  },
  sharedGround: [],
  differingVoices: [],
  lonelyButWeighty: [],
  openQuestions: [],
  unsaid: [{ key: 'unsaid.too_few_people', values: { fewest: fewestTold } }],
});

function whyGroups({ groups, participants, minGroup }: Landscape): Said {
  const key = groups.reason === 'shown' ? 'groups.why.shown' : (`groups.why.${groups.reason}` as const);
  return { key, values: { people: participants, groups: groups.k, fewest: minGroup } };
}

function tell(landscape: Landscape, at: number, why: SaidKey, group: number | null = null): Told {
  const counts = group === null ? landscape.everyone : landscape.counts;
  const cell = (group ?? 0) * counts.statements + at;
  const people = counts.seen[cell] as number;
  return {
    statement: landscape.matrix.statements[at] as string,
    people,
    leaning: leaningOf(counts.agree[cell] as number, counts.disagree[cell] as number, people),
    answers: tellableAnswers(counts, group ?? 0, at),
    why: { key: why, values: { people } },
  };
}

function leaningOf(agree: number, disagree: number, seen: number): Leaning {
  if (agree >= 0.9 * seen) return 'nearly_all_agree';
  if (disagree >= 0.9 * seen) return 'nearly_all_disagree';
  if (agree > 0.6 * seen) return 'most_agree';
  if (disagree > 0.6 * seen) return 'most_disagree';
  return seen - agree - disagree >= manyPass * seen ? 'many_pass' : 'divided';
}

/** Statements that all agree with (or all disagree with) in every group that may be told of, else in the whole room; the most shared first. */
function sharedGround(landscape: Landscape): Told[] {
  const found: { told: Told; weight: number }[] = [];
  for (let at = 0; at < landscape.matrix.statements.length; at++) {
    if ((landscape.everyone.seen[at] as number) < fewestTold) continue;
    const byGroups = mayTellGroups(landscape, at);
    const counts = byGroups ? landscape.counts : landscape.everyone;
    if (landscape.groups.shown && !byGroups) continue;
    for (const against of [false, true]) {
      const of = against ? counts.disagree : counts.agree;
      if (!everyGroup(counts, at, of)) continue;
      const why = against ? 'why.shared_against' : 'why.shared';
      found.push({
        told: tell(landscape, at, byGroups ? `${why}_by_groups` : why),
        weight: groupInformedConsensus({ ...counts, agree: of })[at] as number,
      });
    }
  }
  return found.sort((one, other) => other.weight - one.weight).map(({ told }) => told);
}

function everyGroup(counts: Counts, at: number, of: Int32Array): boolean {
  for (let group = 0; group < counts.groups; group++) {
    const cell = group * counts.statements + at;
    const seen = counts.seen[cell] as number;
    const so = of[cell] as number;
    if (seen < fewestTold || so < high * seen || shareTest(so, seen) <= significance) return false;
  }
  return true;
}

/** Each group's statements that speak for it more than for the others, among those that may be told. */
function differingVoices(landscape: Landscape, told: ReadonlySet<string>): Voice[] {
  const place = new Map(landscape.matrix.statements.map((statement, at) => [statement, at]));
  return Object.values(landscape.representative).map((list, group) => {
    const differing = list
      .filter(({ statement, repness, seen }) => repness > 1 && seen >= fewestTold && !told.has(statement))
      .filter(({ statement }) => mayTellGroups(landscape, place.get(statement) as number))
      .sort(
        (one, other) =>
          other.repness * other.repnessTest * other.p * other.pTest -
          one.repness * one.repnessTest * one.p * one.pTest,
      )
      .map((one) =>
        tell(
          landscape,
          place.get(one.statement) as number,
          one.for === 'agree' ? 'why.differs_for' : 'why.differs_against',
          group,
        ),
      );
    const [best = null, ...others] = differing;
    return { group, people: landscape.groups.sizes[group] as number, best, others };
  });
}

/**
 * Statements that at least five but at most one in four of those who saw them agree with, where those few answer the other statements
 * differently from the rest, twice as far as chance would have it: a voice, not a whim.
 */
function lonelyButWeighty(landscape: Landscape): Told[] {
  const { agree, seen } = landscape.everyone;
  return landscape.matrix.statements
    .map((_, at) => at)
    .filter(
      (at) => (agree[at] as number) >= fewestTold && (agree[at] as number) <= few * (seen[at] as number),
    )
    .map((at) => ({ at, weight: standsApart(landscape, at) }))
    .filter(({ weight }) => weight >= weighty)
    .sort((one, other) => other.weight - one.weight || one.at - other.at)
    .map(({ at }) => tell(landscape, at, 'why.lonely'));
}

/** The mean square, over the other statements, of how far those who agree with this one answer differently from who saw it too; 1 by chance. */
function standsApart({ matrix }: Landscape, of: number): number {
  const wide = matrix.statements.length;
  const agree = [new Int32Array(wide), new Int32Array(wide)] as const;
  const seen = [new Int32Array(wide), new Int32Array(wide)] as const;
  for (let row = 0; row < matrix.people.length; row++) {
    const answer = matrix.cells[row * wide + of];
    if (answer === unseen) continue;
    const side = answer === 1 ? 0 : 1;
    for (let at = 0; at < wide; at++) {
      const vote = matrix.cells[row * wide + at] as number;
      if (vote === unseen) continue;
      (seen[side][at] as number)++;
      if (vote === 1) (agree[side][at] as number)++;
    }
  }
  let sum = 0;
  let many = 0;
  for (let at = 0; at < wide; at++) {
    const [mine, theirs] = [seen[0][at] as number, seen[1][at] as number];
    if (at === of || mine < fewestTold || theirs < fewestTold) continue;
    sum += differenceTest(agree[0][at] as number, mine, agree[1][at] as number, theirs) ** 2;
    many++;
  }
  return many > 0 ? sum / many : 0;
}

/** Statements that many pass on, or that split the room without the groups explaining it; the most seen first. */
function openQuestions(landscape: Landscape): Told[] {
  const { agree, disagree, seen } = landscape.everyone;
  return landscape.matrix.statements
    .map((_, at) => at)
    .flatMap((at): { at: number; all: number; why: SaidKey }[] => {
      const [yes, no, all] = [agree[at] as number, disagree[at] as number, seen[at] as number];
      if (all < fewestTold) return [];
      const passes = all - yes - no;
      if (passes >= fewestTold && passes >= manyPass * all) return [{ at, all, why: 'why.many_pass' }];
      if (!isSplit(yes, no)) return [];
      if (!landscape.groups.shown) return [{ at, all, why: 'why.split' }];
      return mayTellGroups(landscape, at) && splitInEachGroup(landscape.counts, at)
        ? [{ at, all, why: 'why.split_in_groups' }]
        : [];
    })
    .sort((one, other) => other.all - one.all || one.at - other.at)
    .map(({ at, why }) => tell(landscape, at, why));
}

const isSplit = (yes: number, no: number): boolean =>
  yes >= fewestTold && no >= fewestTold && Math.min(yes, no) >= bothSides * (yes + no);

function splitInEachGroup(counts: Counts, at: number): boolean {
  for (let group = 0; group < counts.groups; group++) {
    const cell = group * counts.statements + at;
    const [yes, no] = [counts.agree[cell] as number, counts.disagree[cell] as number];
    if (Math.min(yes, no) < bothSides * (yes + no)) return false;
  }
  return true;
}

/** What could not be said, and why. */
function unsaid(landscape: Landscape, statements: number): Said[] {
  const told: Said[] = [];
  const every = Array.from({ length: statements }, (_, at) => at);
  const hardlySeen = every.filter((at) => (landscape.everyone.seen[at] as number) < fewestTold).length;
  if (hardlySeen > 0)
    told.push({ key: 'unsaid.too_few_saw', values: { statements: hardlySeen, fewest: fewestTold } });
  if (!landscape.groups.shown) return told;
  const hidden = every.filter(
    (at) => (landscape.everyone.seen[at] as number) >= fewestTold && !mayTellGroups(landscape, at),
  ).length;
  if (hidden > 0)
    told.push({ key: 'unsaid.groups_too_few_saw', values: { statements: hidden, fewest: fewestTold } });
  const placed = landscape.groups.sizes.reduce((sum, size) => sum + size, 0);
  if (landscape.participants - placed >= fewestTold)
    told.push({ key: 'unsaid.not_placed', values: { people: landscape.participants - placed } });
  return told;
}
