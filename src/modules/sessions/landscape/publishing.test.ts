import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  landscape,
  mayPublish,
  picture,
  publishable,
  whyHeld,
  type Answer,
  type Landscape,
  type Vote,
} from './landscape.ts';
import { aRoomOfVotes } from './testing.ts';
import { unseen } from './votes.ts';

const room = (seed: number, people = 30) =>
  aRoomOfVotes({ people, statements: 12, groups: [people], seed }).votes;
const by = (people: number, vote: Answer, statement = 's0', from = 0): Vote[] =>
  Array.from({ length: people }, (_, at) => ({ person: `new${from + at}`, statement, vote }));

test('the first picture may be published, and the same votes again', () => {
  const first = landscape(room(1));
  expect(mayPublish(null, first)).toBe(true);
  expect(mayPublish(first, landscape(room(1)))).toBe(true);
});

test('one to four new people wait for the fifth', () => {
  const first = landscape(room(1));
  for (const people of [1, 2, 3, 4])
    expect(whyHeld(first, landscape([...room(1), ...by(people, 1)]))).toBe('too_few_changed');
  expect(mayPublish(first, landscape([...room(1), ...by(5, 1)]))).toBe(true);
});

test('five people who each changed another statement would be told of one by one', () => {
  const first = landscape(room(1));
  const scattered = Array.from({ length: 5 }, (_, at) => by(1, 1, `s${at}`, at)).flat();
  expect(whyHeld(first, landscape([...room(1), ...scattered]))).toBe('a_number_tells');
});

test('a picture is held against every picture before it, so that going back and forth tells nothing', () => {
  const first = landscape([...room(1), ...by(5, 1)]);
  const second = landscape([...room(1), ...by(5, -1)]);
  // Four of the five went back and a sixth came: against the first one person differs.
  const third = landscape([...room(1), ...by(4, 1), ...by(1, -1, 's0', 4), ...by(1, 1, 's0', 5)]);
  expect(mayPublish(first, second)).toBe(true);
  expect(mayPublish(second, third)).toBe(false);
  expect(mayPublish([first, second], third)).toBe(false);
});

test('what five people changed comes through while what two changed waits', () => {
  const first = landscape(room(1));
  const next = landscape([...room(1), ...by(5, 1, 's0'), ...by(2, 1, 's1', 3)]);
  expect(mayPublish(first, next)).toBe(false);
  const shown = publishable(first, next);
  expect(mayPublish(first, shown)).toBe(true);
  const seen = (one: Landscape, statement: string) =>
    one.everyone.seen[one.matrix.statements.indexOf(statement)];
  expect(seen(shown, 's0')).toBe(seen(next, 's0'));
  expect(seen(shown, 's1')).toBe(seen(first, 's1'));
});

test('two newcomers wait while what five others changed comes through', () => {
  const first = landscape(room(1));
  const changed: Vote[] = Array.from({ length: 5 }, (_, at) => {
    const before = room(1).find((one) => one.person === `p${at}` && one.statement === 's0');
    return { person: `p${at}`, statement: 's0', vote: before?.vote === 1 ? -1 : 1 };
  });
  const next = landscape([...room(1), ...changed, ...by(2, 1, 's0')]);
  expect(whyHeld(first, next)).toBe('a_number_tells');
  const shown = publishable(first, next);
  expect(shown.participants).toBe(first.participants);
  expect(differing(first, shown).at(-1)).toBe(5);
});

test('groups that appear are published, groups that one person left are held', () => {
  const { votes } = aRoomOfVotes({ people: 100, statements: 40, groups: [60, 40], seed: 3 });
  const whole = landscape(votes);
  expect(whole.groups.shown).toBe(true);
  const [one] = whole.matrix.people;
  const without = new Map(
    Object.entries(whole.groups.members).flatMap(([person, group]) =>
      person === one ? [] : [[person, String(group)] as const],
    ),
  );
  const moved = landscape(votes, { groups: without });
  expect(whyHeld(whole, moved)).toBe('groups_tell');
  expect(publishable(whole, moved)).toBe(whole);
});

/** How many people's answers to a statement differ between two landscapes, statement by statement, and how many in all. */
function differing(one: Landscape, other: Landscape): number[] {
  const answer = ({ matrix }: Landscape, person: string, statement: string): number => {
    const [row, column] = [matrix.people.indexOf(person), matrix.statements.indexOf(statement)];
    return row < 0 || column < 0 ? unseen : (matrix.cells[row * matrix.statements.length + column] as number);
  };
  const people = [...new Set([...one.matrix.people, ...other.matrix.people])];
  const statements = [...new Set([...one.matrix.statements, ...other.matrix.statements])];
  const table = statements.map((statement) =>
    people.filter((person) => answer(one, person, statement) !== answer(other, person, statement)),
  );
  return [...table.map((who) => who.length), new Set(table.flat()).size];
}

const aDeed = fc.record({
  person: fc.integer({ min: 0, max: 24 }).map((at) => `p${at}`),
  statement: fc.integer({ min: 0, max: 3 }).map((at) => `s${at}`),
  vote: fc.constantFrom<Answer>(1, 0, -1),
});

test('whatever a room does, no two pictures that were published differ by one to four people', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(aDeed, { minLength: 1, maxLength: 40 }), { minLength: 2, maxLength: 6 }),
      (turns) => {
        const votes: Vote[] = [];
        const published: Landscape[] = [];
        for (const turn of turns) {
          votes.push(...turn);
          published.push(publishable(published, landscape(votes)));
        }
        for (const [at, one] of published.entries())
          for (const other of published.slice(at + 1)) {
            const few = differing(one, other).filter((people) => people > 0 && people < 5);
            expect(few).toEqual([]);
            if (differing(one, other).at(-1) === 0) expect(picture(other)).toEqual(picture(one));
          }
      },
    ),
    { numRuns: 150, seed: 20261122 },
  );
});

test('one to four people never change what is shown', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 50 }),
      fc.array(aDeed, { minLength: 1, maxLength: 30 }),
      (seed, deeds) => {
        const before = room(seed, 25);
        const people = new Set(['p1', 'p2', 'new1', 'new2']);
        const theirs = deeds.map((deed, at) => ({ ...deed, person: [...people][at % 4] as string }));
        const first = landscape(before);
        const next = landscape([...before, ...theirs]);
        const changed = differing(first, next).at(-1) as number;
        expect(mayPublish(first, next)).toBe(changed === 0);
        expect(picture(publishable(first, next))).toEqual(picture(first));
      },
    ),
    { numRuns: 60, seed: 20261122 },
  );
});
