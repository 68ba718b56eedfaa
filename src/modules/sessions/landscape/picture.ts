import {
  groupInformedConsensus,
  shareTest,
  significance,
  type Counts,
  type Representative,
} from './measures.ts';
import { lonelyButWeighty } from './lonely.ts';
import { fewestTold, mayTellGroups } from './protect.ts';
import type { Landscape } from './reckoning.ts';
import { manyPass, tell, type Picture, type Said, type SaidKey, type Told, type Voice } from './told.ts';

const mostTold = 5;
/** High agreement: at least two in three of those who saw it. */
const high = 2 / 3;
/** Split: of those who chose, at least two in five on each side. */
const bothSides = 2 / 5;

/** What a page may show of a landscape, every number with how many people it rests on and the message that explains it. */
export function picture(whole: Landscape): Picture {
  const landscape = withGroupsThatMayBeTold(whole);
  const { groups, matrix } = landscape;
  if (landscape.participants < fewestTold) return nothingYet();
  const shared = sharedGround(landscape);
  const told = new Set(shared.map(({ statement }) => statement));
  const voices = groups.shown ? differingVoices(landscape, told) : [];
  for (const { best, others } of voices)
    for (const one of best ? [best, ...others] : others) told.add(one.statement);
  const lonely = lonelyButWeighty(landscape).filter(({ statement }) => !told.has(statement));
  for (const { statement } of lonely) told.add(statement);
  const open = openQuestions(landscape).filter(({ statement }) => !told.has(statement));
  return {
    people: peopleTold(landscape),
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
    names: [],
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

/** People who voted; where one to four of them are in no group, those who are, as the whole less the groups would tell of the few. */
function peopleTold({ groups, participants }: Landscape): number {
  const placed = groups.shown ? groups.sizes.reduce((sum, size) => sum + size, 0) : 0;
  return placed > 0 && participants - placed < fewestTold ? placed : participants;
}

function whyGroups(landscape: Landscape): Said {
  const { groups, minGroup } = landscape;
  const key = groups.reason === 'shown' ? 'groups.why.shown' : (`groups.why.${groups.reason}` as const);
  return { key, values: { people: peopleTold(landscape), groups: groups.k, fewest: minGroup } };
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

const strengthOf = ({ repness, repnessTest, p, pTest }: Representative): number =>
  repness * repnessTest * p * pTest;

/** Each group's statements that speak for it more than for the others, among those that may be told. */
function differingVoices(landscape: Landscape, told: ReadonlySet<string>): Voice[] {
  const place = new Map(landscape.matrix.statements.map((statement, at) => [statement, at]));
  return landscape.names.map((name, group) => {
    const differing = (landscape.representative[name] ?? [])
      .filter(
        ({ repness, repnessTest, pTest, seen }) =>
          repness > 1 && seen >= fewestTold && Math.min(repnessTest, pTest) > significance,
      )
      .filter(
        ({ statement }) => !told.has(statement) && mayTellGroups(landscape, place.get(statement) as number),
      )
      .sort((one, other) => strengthOf(other) - strengthOf(one))
      .map((one) => {
        const why = one.for === 'agree' ? 'why.differs_for' : 'why.differs_against';
        return tell(landscape, place.get(one.statement) as number, why, group);
      });
    const [best = null, ...others] = differing;
    return { group, people: landscape.groups.sizes[group] as number, best, others };
  });
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
