import { expect, test } from 'vitest';
import { landscape } from './landscape.ts';
import { aRoomOfVotes } from './testing.ts';
import { landscapeOf } from './worker.server.ts';

test('the worker tells the same as the room itself would, also when asked twice at once', async () => {
  const rooms = [1, 2].map(
    (seed) => aRoomOfVotes({ people: 60, statements: 30, groups: [30, 30], apart: 4, seed }).votes,
  );
  const told = await Promise.all(rooms.map((votes) => landscapeOf(votes, { minGroup: 6 })));
  for (const [at, votes] of rooms.entries()) {
    const { elapsedMs: _, ...ours } = landscape(votes, { minGroup: 6 });
    const { elapsedMs, ...theirs } = told[at] as (typeof told)[number];
    expect(theirs).toEqual(ours);
    expect(elapsedMs).toBeGreaterThan(0);
  }
});

test('a room without votes is answered too', async () => {
  expect(await landscapeOf([])).toMatchObject({ participants: 0, groups: { shown: false } });
});
