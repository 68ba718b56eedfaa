import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ownDatabase } from '../../../tests/support/database.ts';
import { forgetTries, mayTry, spend } from './tries.server.ts';

const database = ownDatabase();
let admin: pg.Client;
beforeAll(async () => {
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
});
afterAll(() => admin.end());
const limit = { atOnce: 5, anHour: 5 };
const later = (minutes: number) =>
  admin.query(`update auth.tries set at = at - make_interval(secs => $1)`, [minutes * 60]);
const granted = async (of: string, times: number) => {
  let got = 0;
  for (let at = 0; at < times; at++) if ((await mayTry(of, limit)).ok) got++;
  return got;
};

test('what is tried too often must wait, and is told for how long', async () => {
  expect(await granted('card 1', 7)).toBe(5);
  expect(await mayTry('card 1', limit)).toEqual({ ok: false, reason: 'wait', details: { minutes: 12 } });
  await later(5);
  expect(await mayTry('card 1', limit)).toMatchObject({ ok: false, details: { minutes: 7 } });
  await later(7.1);
  expect(await granted('card 1', 3)).toBe(1);
});

test('in no hour more than ten are granted, whatever is tried in between', async () => {
  let most = 0;
  const grants: number[] = [];
  for (let minute = 0; minute < 180; minute++) {
    grants.push(await granted('hour', 3));
    await later(1);
    most = Math.max(
      most,
      grants.slice(-60).reduce((all, each) => all + each, 0),
    );
  }
  expect(most).toBeLessThanOrEqual(10);
  expect(grants.reduce((all, each) => all + each, 0)).toBeGreaterThan(14);
});

test('a bucket never holds more than it was made for, however long it waited', async () => {
  await granted('old', 5);
  await later(100_000);
  expect(await granted('old', 20)).toBe(5);
});

test('of a hundred at the same moment as many get in as there are tries', async () => {
  const answers = await Promise.all(Array.from({ length: 100 }, () => mayTry('crowd', limit)));
  expect(answers.filter(({ ok }) => ok)).toHaveLength(5);
});

test('one account does not wait for another, and who was right starts anew', async () => {
  await granted('one', 9);
  expect(await granted('two', 5)).toBe(5);
  await forgetTries('one');
  expect(await granted('one', 5)).toBe(5);
});

test('what is spent once is spent, and free again after its time', async () => {
  expect(await spend('code 123456', 120)).toBe(true);
  expect(await spend('code 123456', 120)).toBe(false);
  await later(1);
  expect(await spend('code 123456', 120)).toBe(false);
  await later(1.1);
  expect(await spend('code 123456', 120)).toBe(true);
});

test('the table tells nobody of what was tried', async () => {
  await mayTry('codes for canary@example.org', limit);
  const { rows } = await admin.query<{ text: string }>(
    `select encode(key, 'escape') || t::text as text from auth.tries t`,
  );
  expect(rows.map(({ text }) => text).join()).not.toContain('canary');
});
