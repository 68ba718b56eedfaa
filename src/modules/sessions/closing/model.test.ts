import fc from 'fast-check';
import { expect, test } from 'vitest';
import { attendanceToTell } from './model.ts';

test('a role of fewer people than the smallest size is not told', () => {
  expect(attendanceToTell({ newcomer: 12, official: 4 }, 26, 5)).toEqual({ newcomer: 12 });
  expect(attendanceToTell({ newcomer: 12, initiative: 7 }, 19, 5)).toEqual({ newcomer: 12, initiative: 7 });
});

test('nor can it be worked out: where the rest would be few, the smallest told role is left out too', () => {
  expect(attendanceToTell({ newcomer: 12, initiative: 6, official: 2 }, 20, 5)).toEqual({ newcomer: 12 });
  expect(attendanceToTell({ newcomer: 6 }, 8, 5)).toEqual({});
});

test('whatever was counted, neither what is told nor what is left speaks of one to four people', () => {
  const counts = fc.record({
    newcomer: fc.nat(40),
    initiative: fc.nat(40),
    official: fc.nat(40),
    other: fc.nat(40),
  });
  fc.assert(
    fc.property(counts, fc.nat(40), fc.integer({ min: 5, max: 8 }), (counted, unsaid, smallest) => {
      const people = Object.values(counted).reduce((sum, many) => sum + many, unsaid);
      const told = Object.values(attendanceToTell(counted, people, smallest));
      const rest = people - told.reduce((sum, many) => sum + many, 0);
      return told.every((many) => many >= smallest) && (told.length === 0 || rest === 0 || rest >= smallest);
    }),
    { numRuns: 2_000 },
  );
});
