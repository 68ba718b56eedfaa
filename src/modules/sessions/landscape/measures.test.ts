import { expect, test } from 'vitest';
import { landscape, nextStatement } from './landscape.ts';
import { differenceTest, nextWeight, share, shareTest } from './measures.ts';
import { axesOf, extremityOf, givenBy } from './projection.ts';
import { aRoomOfVotes, conversations, groupsIn, hasPolis, referenceOf, votesIn } from './testing.ts';
import { matrixOf, type Answer, type Vote } from './votes.ts';

/** Ten people in two groups of five: on 'one' the first group agrees, the second (but for one of them) does not; all agree on 'two'. */
const small: Vote[] = Array.from({ length: 10 }, (_, person) => {
  const one: Answer = person <= 5 ? 1 : -1;
  return (['one', 'two'] as const).map((statement) => ({
    person: `p${person}`,
    statement,
    vote: statement === 'one' ? one : (1 as const),
  }));
}).flat();
const halves = new Map(Array.from({ length: 10 }, (_, person) => [`p${person}`, person < 5 ? 'a' : 'b']));

test('a small conversation comes out as reckoned by hand', () => {
  const { representative, groupInformedConsensus, consensus, groups } = landscape(small, { groups: halves });
  const told = representative.a?.find(({ statement }) => statement === 'one');
  // Five of five agree, one of five elsewhere: p 6/7, its test sqrt(6), three times as often, the difference sqrt(6).
  expect(told).toMatchObject({ for: 'agree', agree: 5, seen: 5 });
  expect(told?.p).toBeCloseTo(6 / 7, 12);
  expect(told?.pTest).toBeCloseTo(Math.sqrt(6), 12);
  expect(told?.repness).toBeCloseTo(3, 12);
  expect(told?.repnessTest).toBeCloseTo(Math.sqrt(6), 12);
  // In the other group four of five disagree and nobody elsewhere: p 5/7, five times as often.
  const against = representative.b?.find(({ statement }) => statement === 'one');
  expect(against).toMatchObject({ for: 'disagree', agree: 1, disagree: 4, seen: 5 });
  expect(against?.repness).toBeCloseTo(5, 12);
  expect(groupInformedConsensus.one).toBeCloseTo((6 / 7) * (2 / 7), 12);
  expect(groupInformedConsensus.two).toBeCloseTo((6 / 7) ** 2, 12);
  expect(consensus.agree.map(({ statement }) => statement)).toEqual(['two']);
  expect(consensus.agree[0]?.p).toBeCloseTo(11 / 12, 12);
  expect(consensus.disagree).toEqual([]);
  expect(groups).toMatchObject({ shown: true, reason: 'given', k: 2, sizes: [5, 5] });
});

test('at most five statements speak for a group, agreement before disagreement', () => {
  const { votes, planted } = aRoomOfVotes({ people: 60, statements: 30, groups: [30, 30], seed: 2 });
  const groups = new Map(Object.entries(planted).map(([person, group]) => [person, String(group)]));
  for (const list of Object.values(landscape(votes, { groups }).representative)) {
    expect(list.length).toBeGreaterThan(1);
    expect(list.length).toBeLessThanOrEqual(5);
    const sides = list.map((one) => one.for);
    expect(sides).toEqual([...sides].sort());
  }
});

test('a share of nobody is a half, and everybody the same is no difference', () => {
  expect(share(0, 0)).toBe(0.5);
  expect(shareTest(0, 0)).toBe(1);
  expect(differenceTest(4, 4, 6, 6)).toBe(0);
});

test('the weight of the next statement is as reckoned by hand, and what few saw comes early', () => {
  // No passes of ten, six agree, extremity 1: (11/12 * 2 * 7/12 * 3)^2.
  expect(nextWeight(6, 4, 10, 1)).toBeCloseTo(((11 / 12) * 2 * (7 / 12) * 3) ** 2, 12);
  expect(nextWeight(0, 0, 0, 0)).toBeCloseTo((0.5 * 0.5 * 9) ** 2, 12);
  expect(nextWeight(1, 1, 2, 0)).toBeGreaterThan(nextWeight(20, 20, 40, 0));
});

test('the next statement is one the person has not seen, by weight, and none where all are seen', () => {
  const whole = landscape(small);
  expect(nextStatement(whole, [], 0.5)).toBeNull();
  expect(nextStatement(whole, ['one', 'new'], 0)).toBe('one');
  expect(nextStatement(whole, ['one', 'new'], 0.999)).toBe('new');
  expect(nextStatement(null, ['new'], 0.3)).toBe('new');
});

test('a statement that divides lies further out than one that all share', () => {
  const matrix = matrixOf(small);
  const rows = matrix.people.map((_, row) => row);
  const extremity = extremityOf(axesOf(givenBy(matrix, rows), 100));
  const [one, two] = ['one', 'two'].map((name) => extremity[matrix.statements.indexOf(name)] as number);
  // The one axis is 'one' itself, whose mean is 0.2: sqrt(2) * 1.2.
  expect(one).toBeCloseTo(Math.SQRT2 * 1.2, 9);
  expect(two).toBeCloseTo(0, 9);
});

const close = (value: number, other: number) =>
  expect(Math.abs(value - other)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(other)));

test.skipIf(!hasPolis).for(conversations)(
  'the published groups of %s give the published measures (skipped where STEPPINGSTONES_POLIS has no conversations)',
  (name) => {
    const { given } = referenceOf(name);
    const whole = landscape(votesIn(name), { groups: groupsIn(name) });
    expect(Object.keys(whole.representative)).toEqual(Object.keys(given.repness));
    for (const [group, list] of Object.entries(given.repness)) {
      const ours = whole.representative[group] ?? [];
      expect(ours.map((one) => [one.statement, one.for])).toEqual(
        list.map((one) => [String(one.tid), one['repful-for']]),
      );
      list.forEach((one, at) => {
        close(ours[at]?.p as number, one['p-success']);
        close(ours[at]?.pTest as number, one['p-test']);
        close(ours[at]?.repness as number, one.repness);
        close(ours[at]?.repnessTest as number, one['repness-test']);
      });
    }
    expect(Object.keys(whole.groupInformedConsensus).sort()).toEqual(
      Object.keys(given.group_aware_consensus).sort(),
    );
    for (const [statement, value] of Object.entries(given.group_aware_consensus))
      close(whole.groupInformedConsensus[statement] as number, value);
  },
);
