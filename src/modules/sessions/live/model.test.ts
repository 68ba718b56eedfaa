import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  changedCounts,
  countsWords,
  eventWords,
  heardLast,
  missed,
  retryWords,
  type RoomCounts,
} from './model.ts';

test('counts travel as what changed, and nothing travels when nothing did', () => {
  const counts: RoomCounts = { people: 12, seen: { 3: 14, 4: 1 } };
  expect(changedCounts(null, counts)).toEqual(counts);
  expect(changedCounts(counts, { people: 12, seen: { 3: 15, 4: 1 } })).toEqual({ seen: { 3: 15 } });
  expect(changedCounts(counts, { ...counts, people: 13 })).toEqual({ people: 13 });
  expect(changedCounts(counts, { ...counts })).toBeNull();
});

test('whoever adds up the differences knows the counts', () => {
  const counts = fc.array(fc.record({ people: fc.nat(99), grows: fc.array(fc.tuple(fc.nat(5), fc.nat(9))) }));
  fc.assert(
    fc.property(counts, (steps) => {
      let before: RoomCounts | null = null;
      let known: RoomCounts = { people: 0, seen: {} };
      for (const { people, grows } of steps) {
        const seen: Record<string, number> = { ...(before as RoomCounts | null)?.seen };
        for (const [number, more] of grows) seen[number] = (seen[number] ?? 0) + more;
        const after: RoomCounts = { people, seen };
        const changed = changedCounts(before, after);
        known = { people: changed?.people ?? known.people, seen: { ...known.seen, ...changed?.seen } };
        before = after;
      }
      expect(before === null ? known : before).toEqual(known);
    }),
  );
});

test('an event is one block of text with its number, and words of people cannot break it', () => {
  const words = eventWords({ number: 7, kind: 'step', about: { position: 2, odd: 'a\n\nevent: room' } });
  expect(words.match(/\n\n/g)).toHaveLength(1);
  expect(words.startsWith('event: room\nid: 7\ndata: {"kind":"step"')).toBe(true);
  expect(countsWords({ people: 3 })).toBe('event: counts\ndata: {"people":3}\n\n');
});

test('who was away hears all of it, and after a very long time the last of each kind', () => {
  const events = Array.from({ length: 201 }, (_, at) => ({
    number: at + 1,
    kind: at === 0 ? ('step' as const) : at % 2 === 0 ? ('people' as const) : ('statement' as const),
    about: {},
  }));
  expect(missed(events.slice(1))).toHaveLength(200);
  expect(missed(events).map(({ number, kind }) => [number, kind])).toEqual([
    [1, 'step'],
    [200, 'statement'],
    [201, 'people'],
  ]);
});

test('phones call again at different moments, and say what they heard last only in digits', () => {
  expect([0, 0.5, 0.999].map(retryWords)).toEqual(['retry: 500\n\n', 'retry: 1250\n\n', 'retry: 1998\n\n']);
  expect(['12', '0', '', null, '-1', '1e3', '9'.repeat(16)].map(heardLast)).toEqual([
    12,
    0,
    null,
    null,
    null,
    null,
    null,
  ]);
});
