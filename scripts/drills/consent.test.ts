import pg from 'pg';
import { expect, test } from 'vitest';
import { ownDatabase } from '../../tests/support/database.ts';
import { walk } from './consent/walk.ts';

const database = ownDatabase();
const asAdmin = async (text: string) => {
  const client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  await client.query(text).finally(() => client.end());
};

test('nothing is ever read without a consent that holds: 800 random sequences, and the database never disagrees with the design', async () => {
  const walked = await walk(database.adminUrl, 800, 7);
  expect(walked.disagreements.slice(0, 3)).toEqual([]);
  expect(walked).toMatchObject({ sequences: 800, deeds: 9_600 });
  // A walk in which nothing opens, or nothing is refused, would prove nothing.
  expect(walked.open).toBeGreaterThan(300);
  expect(walked.refused).toBeGreaterThan(300);
  expect(walked.attempts - walked.refused).toBeGreaterThan(20);
}, 180_000);

test.each([
  ['publishing', 'drop trigger telling_has_consent on pub.telling'],
  ['following what was said', 'drop trigger consent_is_followed on core.consent'],
  ['taking back', 'drop trigger telling_goes on core.consent_item'],
])(
  'the walk finds a database that lost its guard on %s',
  async (_what, loses) => {
    await asAdmin(`begin; ${loses}; commit`);
    const walked = await walk(database.adminUrl, 100, 7);
    expect(walked.disagreements.length).toBeGreaterThan(0);
  },
  30_000,
);
