import pg from 'pg';
import { expect, test } from 'vitest';
import { ownDatabase } from '../../tests/support/database.ts';
import { afterDeed } from '../../src/modules/sessions/model.ts';
import { ok } from '../../src/platform/result.ts';
import { walkRooms } from './sequences/rooms.ts';
import { walkRules } from './sequences/rules.ts';

const database = ownDatabase();

test('a session goes the ways of its page and no other: 5,000 random sequences on the rules', async () => {
  const walked = await walkRules(5_000, 7);
  expect(walked.disagreements).toEqual([]);
  expect(walked.refused).toBeGreaterThan(20_000);
  // A walk that never comes to the end proves little.
  for (const state of ['lobby', 'live', 'paused', 'closed', 'shared', 'called-off'])
    expect(walked.reached[state], state).toBeGreaterThan(100);
});

test('the walk finds a rule that lets a closed room open again', async () => {
  const walked = await walkRules(2_000, 7, (state, deed) =>
    state === 'closed' && deed === 'go-on' ? ok('live') : afterDeed(state, deed),
  );
  expect(walked.disagreements.length).toBeGreaterThan(0);
});

test('the database agrees with the page, also with who writes past the deeds: 40 random rooms', async () => {
  const walked = await walkRooms(40, 7, 4);
  expect(walked.disagreements).toEqual([]);
  expect(walked.votes).toBeGreaterThan(5);
  expect(walked.closed).toBeGreaterThan(2);
});

test('the walk finds a database that lost its guard', async () => {
  const client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  await client.query('drop trigger session_keeps_its_way on core.session').finally(() => client.end());
  expect((await walkRooms(20, 7, 4)).disagreements.length).toBeGreaterThan(0);
});
