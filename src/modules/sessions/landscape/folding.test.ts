import { expect, test } from 'vitest';
import { Folding } from './folding.ts';
import { landscape, type Answer, type Landscape, type Vote } from './landscape.ts';
import { aRoomOfVotes } from './testing.ts';

const { votes } = aRoomOfVotes({ people: 100, statements: 40, groups: [60, 40], seed: 3 });

/** What a full run says of the same votes with the same groups. */
const inFull = (all: readonly Vote[], { groups }: Landscape): Landscape =>
  landscape(all, {
    groups: new Map(Object.entries(groups.members).map(([who, group]) => [who, String(group)])),
  });

test('votes that are folded in one by one give the same measures as a full run with the same groups', () => {
  const folding = new Folding(landscape(votes));
  const all = [...votes];
  for (let at = 0; at < 60; at++) {
    const vote: Vote = {
      person: at % 7 === 0 ? `late${at % 3}` : `p${(at * 13) % 100}`,
      statement: at % 11 === 0 ? `s${40 + (at % 2)}` : `s${(at * 7) % 40}`,
      vote: ((at % 3) - 1) as Answer,
    };
    all.push(vote);
    folding.fold(vote);
  }
  const folded = folding.landscape();
  const whole = inFull(all, folded);
  expect(folding.since).toBe(60);
  expect(folded.matrix).toEqual(whole.matrix);
  expect(folded.counts).toEqual(whole.counts);
  expect(folded.everyone).toEqual(whole.everyone);
  expect(folded.representative).toEqual(whole.representative);
  expect(folded.groupInformedConsensus).toEqual(whole.groupInformedConsensus);
  expect(folded.consensus).toEqual(whole.consensus);
});

test('the projection follows a vote', () => {
  const folding = new Folding(landscape(votes));
  const change: Vote = { person: 'p1', statement: 's1', vote: -1 };
  folding.fold(change);
  const folded = folding.landscape();
  const whole = inFull([...votes, change], folded);
  folded.extremity.forEach((each, at) =>
    expect(Math.abs(each - (whole.extremity[at] as number))).toBeLessThan(0.01),
  );
});

test('groups stay as the last full run found them, and who is new is in none', () => {
  const first = landscape(votes);
  const folding = new Folding(first);
  folding.fold({ person: 'late', statement: 's1', vote: 1 });
  const folded = folding.landscape();
  expect(folded.groups).toEqual(first.groups);
  expect(folded.member[folded.matrix.people.indexOf('late')]).toBe(-1);
  expect(folded.participants).toBe(first.participants + 1);
});

test('a landscape that was handed out does not change when more is folded in', () => {
  const folding = new Folding(landscape(votes));
  const before = folding.landscape();
  const kept = structuredClone(before);
  folding.fold({ person: 'p1', statement: 's1', vote: -1 });
  folding.fold({ person: 'late', statement: 's99', vote: 1 });
  expect(before).toEqual(kept);
});
