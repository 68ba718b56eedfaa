import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ownDatabase } from '../../../tests/support/database.ts';
import { forgetPerson, knowByKey, knowByMail, mailOf } from './persons.server.ts';
import * as sessions from './sessions.server.ts';

const database = ownDatabase();
let admin: pg.Client;
beforeAll(async () => {
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
});
afterAll(() => admin.end());

async function begun(person: string): Promise<{ cookie: string; session: sessions.Session }> {
  const cookie = await sessions.beginSession(person, false);
  const session = await sessions.sessionIn(cookie ?? '');
  if (cookie === null || session === null || session === 'unknown') throw new Error('No session began.');
  return { cookie, session };
}

test('a session that is ended opens nothing from that moment on, and the others go on', async () => {
  const person = await knowByMail('samira@example.org');
  const [one, two, three] = [await begun(person), await begun(person), await begun(person)];
  await sessions.endSession(person, one.session.id);
  expect(await sessions.sessionIn(one.cookie)).toBeNull();
  expect(await sessions.sessionIn(two.cookie)).toMatchObject({ id: two.session.id });
  await sessions.endSessions(person, three.session.id);
  expect(await sessions.sessionIn(two.cookie)).toBeNull();
  expect((await sessions.sessionsOf(person)).map(({ id }) => id)).toEqual([three.session.id]);
});

test('nobody ends a session of someone else', async () => {
  const mine = await begun(await knowByMail('mine@example.org'));
  const other = await knowByMail('other@example.org');
  await sessions.endSession(other, mine.session.id);
  await sessions.endSessions(other);
  expect(await sessions.sessionIn(mine.cookie)).toMatchObject({ id: mine.session.id });
});

test('a cookie we did not seal is not looked up, also when the word in it is right', async () => {
  const { cookie } = await begun(await knowByMail('sealed@example.org'));
  const [word = '', seal = ''] = cookie.split('.');
  for (const forged of [
    '',
    word,
    `${word}.`,
    `${word}.${'A'.repeat(43)}=`,
    `${word}x.${seal}`,
    `${word}.${seal.toLowerCase()}`,
    `.${seal}`,
    `${word}.${seal}; __Host-session=${word}`,
    'x'.repeat(4_000),
  ])
    expect(await sessions.sessionIn(forged), forged).toBe('unknown');
});

test('a session ends after thirty days, however busy it is', async () => {
  const { cookie, session } = await begun(await knowByMail('busy@example.org'));
  expect(session.until.getTime() - session.began.getTime()).toBe(30 * 86_400_000);
  await admin.query(
    `update auth.session set began_at = began_at - interval '30 days', until = until - interval '30 days', last_used_at = now() where id = $1`,
    [session.id],
  );
  expect(await sessions.sessionIn(cookie)).toBeNull();
  await expect(
    admin.query(`update auth.session set until = now() + interval '31 days' where id = $1`, [session.id]),
  ).rejects.toThrow(/check constraint/);
});

test('each session has a word of its own that is not its key', async () => {
  const person = await knowByMail('words@example.org');
  const cookies = await Promise.all(Array.from({ length: 20 }, () => sessions.beginSession(person, false)));
  expect(new Set(cookies).size).toBe(20);
  const { rows } = await admin.query<{ id: string; word: string }>(`select id, word from auth.session`);
  for (const { id, word } of rows) {
    expect(word.length).toBeGreaterThanOrEqual(32);
    expect(cookies.join(' ')).not.toContain(id);
  }
});

test('the same address is the same person, in whatever letters, also for those who ask at the same moment', async () => {
  const keys = await Promise.all(Array.from({ length: 6 }, () => knowByMail('at.once@example.org')));
  expect(new Set(keys).size).toBe(1);
  expect(await knowByMail('At.Once@Example.org')).toBe(keys[0]);
});

test('who comes by card has no address, signs in all the same, and is forgotten whole', async () => {
  const person = '01a20130-1d40-7087-9c41-f467e7b87bd7';
  expect(await sessions.beginSession(person, false)).toBeNull();
  await knowByKey(person);
  await knowByKey(person);
  const { cookie } = await begun(person);
  expect(await mailOf(person)).toBeNull();
  await forgetPerson(person);
  expect(await sessions.sessionIn(cookie)).toBeNull();
});
