import { expect, test } from 'vitest';
import { inAnotherOrder } from './testing.ts';
import { inOrder, matrixOf, unseen, votesOf, type Vote } from './votes.ts';

const at = (votes: readonly Vote[], person: string, statement: string): number => {
  const { people, statements, cells } = matrixOf(votes);
  return cells[people.indexOf(person) * statements.length + statements.indexOf(statement)] as number;
};

test('of a person’s votes on a statement the latest counts, wherever it stands in the list', () => {
  const votes: Vote[] = [
    { person: 'a', statement: '1', vote: -1, at: 30 },
    { person: 'a', statement: '1', vote: 1, at: 10 },
    { person: 'a', statement: '2', vote: 1, at: 10 },
  ];
  expect(at(votes, 'a', '1')).toBe(-1);
  expect(at([...votes].reverse(), 'a', '1')).toBe(-1);
  expect(matrixOf(votes)).toMatchObject({ given: 3, counted: 2 });
});

test('without times the last in the list counts', () => {
  const votes: Vote[] = [
    { person: 'a', statement: '1', vote: 1 },
    { person: 'a', statement: '1', vote: 0 },
  ];
  expect(at(votes, 'a', '1')).toBe(0);
});

test('who answers both ways at the same instant has passed, in whatever order the rows lie', () => {
  const votes: Vote[] = ([1, -1, 1] as const).map((vote) => ({ person: 'a', statement: '1', vote, at: 5 }));
  for (const seed of [1, 2, 3, 4]) expect(at(inAnotherOrder(votes, seed), 'a', '1')).toBe(0);
  expect(at([...votes, { person: 'a', statement: '1', vote: -1, at: 6 }], 'a', '1')).toBe(-1);
});

test('a statement that a person did not see is unseen, which is no pass', () => {
  const votes: Vote[] = [
    { person: 'a', statement: '1', vote: 0 },
    { person: 'b', statement: '2', vote: 1 },
  ];
  expect(at(votes, 'a', '1')).toBe(0);
  expect(at(votes, 'a', '2')).toBe(unseen);
  expect(votesOf(matrixOf(votes))).toEqual(votes);
});

test('people stand as people count, statements as the room met them', () => {
  const votes: Vote[] = [
    { person: '10', statement: '3', vote: 1, at: 2 },
    { person: '2', statement: '7', vote: 1, at: 1 },
  ];
  expect(matrixOf(votes)).toMatchObject({ people: ['2', '10'], statements: ['7', '3'] });
  expect(['b', '10', 'a', '9', '09'].sort(inOrder)).toEqual(['9', '09', '10', 'a', 'b']);
});
