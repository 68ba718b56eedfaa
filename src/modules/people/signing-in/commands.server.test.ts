import type { Cookies } from '@sveltejs/kit';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { sql } from 'kysely';
import { withViewer } from '#platform/db.server.ts';
import { waitingLetters } from '#platform/mail/send.server.ts';
import { sessionCookie } from '#platform/sign-in/cookie.ts';
import { mailOf } from '#platform/sign-in/persons.server.ts';
import { sessionsOf } from '#platform/sign-in/sessions.server.ts';
import { operator } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import * as deeds from './commands.server.ts';

const database = ownDatabase();
let admin: pg.Client;
beforeAll(async () => {
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
});
afterAll(() => admin.end());
beforeEach(() => admin.query('delete from vault.letter; delete from auth.tries'));

const home = 'https://steppingstones.example';

async function mailedTo(mail: string): Promise<{ code: string; link: string }> {
  const [letter] = (await waitingLetters()).filter(({ to_address }) => to_address === mail);
  const code = /\b\d{6}\b/.exec(letter?.text ?? '')?.[0] ?? '';
  const link = /\/sign-in\/link\/([\w-]+)/.exec(letter?.text ?? '')?.[1] ?? '';
  return { code, link };
}

async function asksAndGets(mail: string): Promise<{ code: string; link: string }> {
  expect(await deeds.askForWords(mail, 'nl', home)).toEqual({ ok: true, value: null });
  return mailedTo(mail);
}

const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

test('one letter brings a code and a link, in the language of who asks, and says nothing of who or what they are', async () => {
  await deeds.askForWords('samira@example.org', 'en', home);
  const [letter] = await waitingLetters();
  expect(letter).toMatchObject({ to_address: 'samira@example.org', language: 'en' });
  expect(letter?.text).toMatch(/\b\d{6}\b/);
  expect(letter?.text).toContain(`${home}/en/sign-in/link/`);
  expect(letter?.subject).not.toMatch(/\d{6}|refugee|vlucht/i);
});

test('whoever comes for the first time becomes a person of the house under the same key, and later is the same person', async () => {
  const { code } = await asksAndGets('noor@example.org');
  const first = await deeds.signIn({ mail: 'noor@example.org', code: code }, 'ar');
  const person = first.ok ? first.value.person : '';
  const { rows } = await admin.query(
    `select called, language, came_by, made_by from core.person where id = $1`,
    [person],
  );
  expect(rows).toEqual([{ called: null, language: 'ar', came_by: 'mail', made_by: null }]);
  const { link } = await asksAndGets('noor@example.org');
  const again = await deeds.signIn({ link: link }, 'nl');
  expect(again).toMatchObject({ ok: true, value: { person, needsSecondFactor: false } });
  expect(await mailOf(person)).toBe('noor@example.org');
});

test('for a known and an unknown address the same is answered, posted and written', async () => {
  const { code } = await asksAndGets('known@example.org');
  await deeds.signIn({ mail: 'known@example.org', code: code }, 'nl');
  const traces = async (mail: string) => {
    await admin.query('delete from vault.letter; delete from auth.tries; delete from auth.waiting_word');
    const answer = await deeds.askForWords(mail, 'nl', home);
    const counts = await admin.query(`select (select count(*) from vault.letter)::int as letters,
      (select count(*) from auth.tries)::int as tries, (select count(*) from auth.waiting_word)::int as words`);
    const letters = (await waitingLetters()).map(({ text }) =>
      text.replace(/\d{6}/g, '').replace(/link\/[\w-]+/g, ''),
    );
    const guess = await deeds.signIn({ mail, code: wrong((await mailedTo(mail)).code) }, 'nl');
    return { answer, counts: counts.rows, letters, guess };
  };
  const known = await traces('known@example.org');
  expect(await traces('unknown@example.org')).toEqual(known);
  expect(known.guess).toMatchObject({ ok: false, reason: 'code' });
});

test('to one address five letters go in an hour, and nobody is told that there were more', async () => {
  for (let time = 0; time < 9; time++)
    expect(await deeds.askForWords('bombed@example.org', 'nl', home)).toEqual({ ok: true, value: null });
  expect(await waitingLetters()).toHaveLength(5);
});

test('of ten thousand guesses at one account no more than ten are looked at in an hour, and the link still opens', async () => {
  const mail = 'victim@example.org';
  const { code } = await asksAndGets(mail);
  const guesses = Array.from({ length: 10_000 }, (_, at) => String(at).padStart(6, '0')).filter(
    (guess) => guess !== code,
  );
  let looked = 0;
  for (let at = 0; at < guesses.length; at += 50)
    for (const answer of await Promise.all(
      guesses.slice(at, at + 50).map((guess) => deeds.signIn({ mail: mail, code: guess }, 'nl')),
    )) {
      expect(answer.ok).toBe(false);
      if (!answer.ok && answer.reason === 'code') looked++;
    }
  expect(looked).toBeLessThanOrEqual(10);
  expect(await deeds.signIn({ mail: mail, code: code }, 'nl')).toMatchObject({ ok: false, reason: 'wait' });
  const { link } = await asksAndGets(mail);
  expect(await deeds.signIn({ link: link }, 'nl')).toMatchObject({ ok: true });
}, 180_000);

test('forty people behind one address of a library all come in, also while one of them guesses', async () => {
  const people = Array.from({ length: 40 }, (_, at) => `reader${at}@library.example`);
  const guessing = Promise.all(
    Array.from({ length: 60 }, () => deeds.signIn({ mail: 'reader0@library.example', code: '000000' }, 'nl')),
  );
  const answers = await Promise.all(
    people.slice(1).map(async (mail) => {
      await deeds.askForWords(mail, 'nl', home);
      return deeds.signIn({ mail, code: (await mailedTo(mail)).code }, 'nl');
    }),
  );
  await guessing;
  expect(answers.filter(({ ok }) => ok)).toHaveLength(39);
  const { link } = await asksAndGets('reader0@library.example');
  expect(await deeds.signIn({ link: link }, 'nl')).toMatchObject({ ok: true });
});

test('who signs in often and rightly never has to wait', async () => {
  for (let time = 0; time < 12; time++) {
    const { code } = await asksAndGets('often@example.org');
    expect((await deeds.signIn({ mail: 'often@example.org', code: code }, 'nl')).ok, String(time)).toBe(true);
  }
});

test('someone to whom something was entrusted before they ever came holds it when they come, and is led to their second factor', async () => {
  const person = await deeds.personWithMail('invited@example.org', 'fr');
  expect(await deeds.personWithMail('invited@example.org', 'nl')).toBe(person);
  await admin.query(
    `insert into core.role_grant (person_id, role, scope_kind, until_day, reason) values ($1, 'verifier', 'all', core.today() + 90, 'for a test')`,
    [person],
  );
  const { code } = await asksAndGets('invited@example.org');
  expect(await deeds.signIn({ mail: 'invited@example.org', code: code }, 'nl')).toMatchObject({
    ok: true,
    value: { person, needsSecondFactor: true },
  });
});

test('who left does not come back by an old address, and no session stays behind', async () => {
  const { code } = await asksAndGets('left@example.org');
  const came = await deeds.signIn({ mail: 'left@example.org', code: code }, 'nl');
  const person = came.ok ? came.value.person : '';
  await withViewer(operator, (tx) =>
    sql`update core.person set left_on = core.today() where id = ${person}`.execute(tx),
  );
  const { link } = await asksAndGets('left@example.org');
  expect(await deeds.signIn({ link: link }, 'nl')).toMatchObject({ ok: false, reason: 'left' });
  expect(await sessionsOf(person)).toEqual([]);
  expect(await deeds.openSession(jarOf().event, person)).toBe(false);
});

function jarOf() {
  const jar = new Map<string, { value: string; options: object }>();
  const cookies = {
    set: (name: string, value: string, options: object) => void jar.set(name, { value, options }),
  } as Cookies;
  return { jar, event: { cookies } };
}

test('a session of someone who showed a card is given in the one cookie of the house', async () => {
  const { rows } = await admin.query<{ id: string }>(
    `insert into core.person (came_by) values ('card') returning id`,
  );
  const person = rows[0]?.id ?? '';
  const { jar, event } = jarOf();
  expect(await deeds.openSession(event, person)).toBe(true);
  expect(await mailOf(person)).toBeNull();
  expect(await sessionsOf(person)).toHaveLength(1);
  expect([...jar.keys()]).toEqual([sessionCookie]);
  expect(sessionCookie).toMatch(/^__Host-/);
  expect(jar.get(sessionCookie)?.options).toEqual({
    path: '/',
    httpOnly: true,
    secure: true,
    sameSite: 'lax',
    maxAge: 720 * 60,
  });
});
