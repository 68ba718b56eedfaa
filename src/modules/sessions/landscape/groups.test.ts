import { expect, test } from 'vitest';
import { alike } from './deciding.ts';
import { landscape, type Vote } from './landscape.ts';
import {
  aRoomOfVotes,
  conversations,
  dealtAnew,
  hasPolis,
  inAnotherOrder,
  referenceOf,
  together,
  votesIn,
  withoutOneInTen,
} from './testing.ts';

const groupsOf = (votes: readonly Vote[], minGroup = 5) => landscape(votes, { minGroup }).groups;
const two = aRoomOfVotes({ people: 100, statements: 40, groups: [60, 40], seed: 3 });
const three = aRoomOfVotes({ people: 150, statements: 50, groups: [60, 50, 40], seed: 5 });

test('groups that were planted are found again', () => {
  for (const { votes, planted } of [two, three]) {
    const groups = groupsOf(votes);
    expect(groups).toMatchObject({ shown: true, reason: 'shown', k: new Set(Object.values(planted)).size });
    expect(alike(...together(groups.members, planted))).toBeGreaterThan(0.8);
    expect(groups.sizes).toEqual([...groups.sizes].sort((one, other) => other - one));
    expect(groups.nullRate).toBe(0);
    expect(groups.stability).toBeGreaterThanOrEqual(0.85);
  }
});

test('a room without groups shows none, and says why', () => {
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    const { votes } = aRoomOfVotes({ people: 80, statements: 30, groups: [80], seed });
    const groups = groupsOf(votes);
    expect(groups).toMatchObject({ shown: false, k: 1, members: {} });
    expect(['like_chance', 'not_stable', 'below_minimum']).toContain(groups.reason);
  }
});

test('shuffled votes show no groups', () => {
  const shown = Array.from({ length: 20 }, (_, seed) => groupsOf(dealtAnew(three.votes, seed)).shown);
  expect(shown.filter(Boolean).length).toBeLessThanOrEqual(1);
});

test('the same votes in twenty other orders give the same landscape to the last digit', () => {
  const { elapsedMs: _, ...first } = landscape(two.votes);
  for (let seed = 0; seed < 20; seed++) {
    const { elapsedMs: __, ...other } = landscape(inAnotherOrder(two.votes, seed));
    expect(other).toEqual(first);
  }
});

test('no group is smaller than the least that is shown', () => {
  const { votes } = aRoomOfVotes({ people: 60, statements: 40, groups: [53, 7], apart: 4, seed: 11 });
  for (const minGroup of [5, 8]) {
    const groups = groupsOf(votes, minGroup);
    if (groups.shown) expect(Math.min(...groups.sizes)).toBeGreaterThanOrEqual(minGroup);
    else expect(groups.members).toEqual({});
  }
});

test('a minimum below five is not taken', () => {
  expect(landscape(two.votes, { minGroup: 1 }).minGroup).toBe(5);
  expect(landscape(two.votes, { minGroup: 50 }).minGroup).toBe(8);
});

test('few people, few votes and no votes show no groups and break nothing', () => {
  expect(groupsOf([])).toMatchObject({ shown: false, reason: 'too_few_people', k: 1 });
  const few = two.votes.filter(({ person }) => ['p1', 'p2', 'p3'].includes(person));
  expect(groupsOf(few)).toMatchObject({ shown: false, reason: 'too_few_people' });
  const same: Vote[] = Array.from({ length: 30 }, (_, at) => ({
    person: `p${at}`,
    statement: 'one',
    vote: 1,
  }));
  expect(groupsOf(same)).toMatchObject({ shown: false });
});

test('a room of more than a thousand is tested by a thousand and sorted as a whole', () => {
  const { votes, planted } = aRoomOfVotes({ people: 1_200, statements: 30, groups: [700, 500], seed: 8 });
  const groups = groupsOf(votes);
  expect(groups).toMatchObject({ shown: true, k: 2 });
  expect(Object.keys(groups.members).length).toBeGreaterThan(1_100);
  expect(alike(...together(groups.members, planted))).toBeGreaterThan(0.8);
});

test('who answered too little is in no group', () => {
  const hardly: Vote[] = [{ person: 'late', statement: 's1', vote: 1 }];
  const groups = groupsOf([...three.votes, ...hardly]);
  expect(groups.shown).toBe(true);
  expect(groups.members.late).toBeUndefined();
});

test.skipIf(!hasPolis).for(conversations)(
  '%s: one picture for every order, none for shuffled votes, and as stable as the reference (skipped where STEPPINGSTONES_POLIS has no conversations)',
  (name) => {
    const votes = votesIn(name);
    const groups = groupsOf(votes);
    for (const seed of [1, 2, 3]) expect(groupsOf(inAnotherOrder(votes, seed))).toEqual(groups);
    for (const seed of [1, 2, 3]) expect(groupsOf(dealtAnew(votes, seed)).shown).toBe(false);
    if (!groups.shown) return;
    const same = [1, 2, 3, 4, 5].map((seed) =>
      alike(...together(groups.members, groupsOf(withoutOneInTen(votes, seed)).members)),
    );
    expect(same.reduce((sum, each) => sum + each, 0) / same.length).toBeGreaterThanOrEqual(
      referenceOf(name).leftOutAlike,
    );
  },
);
