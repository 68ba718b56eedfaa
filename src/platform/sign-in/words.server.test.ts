import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ownDatabase } from '../../../tests/support/database.ts';
import { library } from './auth.server.ts';
import { sessionIn } from './sessions.server.ts';
import { makeWords, openByCode, openByLink } from './words.server.ts';

const database = ownDatabase();
let admin: pg.Client;
beforeAll(async () => {
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
});
afterAll(() => admin.end());
const rows = async (text: string) => (await admin.query<Record<string, unknown>>(text)).rows;
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

test('the tables are what the library expects of them, and nothing is missing', async () => {
  const { getMigrations } = await import('better-auth/db/migration');
  const { toBeAdded, toBeCreated } = await getMigrations(library().options);
  expect([...toBeCreated, ...toBeAdded].map(({ table }) => table)).toEqual([]);
});

test('a code opens once, and takes the link of the same mail with it', async () => {
  const { code, link } = await makeWords('samira@example.org');
  expect(code).toMatch(/^\d{6}$/);
  expect(link).toMatch(/^[\w-]{43}$/);
  const opened = await openByCode('samira@example.org', code);
  expect(await sessionIn(opened?.cookie ?? '')).toMatchObject({ person: opened?.person, sure: false });
  expect(await openByCode('samira@example.org', code)).toBeNull();
  expect(await openByLink(link)).toBeNull();
  expect(await rows('select 1 from auth.waiting_word')).toEqual([]);
});

test('a link opens once, takes the code with it, and opens for the same person', async () => {
  const first = await makeWords('noor@example.org');
  const before = await openByCode('noor@example.org', first.code);
  const { code, link } = await makeWords('noor@example.org');
  const opened = await openByLink(link);
  expect(opened?.person).toBe(before?.person);
  expect(await openByLink(link)).toBeNull();
  expect(await openByCode('noor@example.org', code)).toBeNull();
  expect(await openByLink('a'.repeat(43))).toBeNull();
  expect(await openByLink('')).toBeNull();
});

test('of many who bring the same code or link at the same moment, one comes in', async () => {
  const { code } = await makeWords('together@example.org');
  const byCode = await Promise.all(Array.from({ length: 8 }, () => openByCode('together@example.org', code)));
  expect(byCode.filter(Boolean)).toHaveLength(1);
  const { link } = await makeWords('together@example.org');
  const byLink = await Promise.all(Array.from({ length: 8 }, () => openByLink(link)));
  expect(byLink.filter(Boolean)).toHaveLength(1);
});

test('after three wrong guesses the right code opens no more, and the link still does', async () => {
  const { code, link } = await makeWords('guessed@example.org');
  for (let guess = 0; guess < 3; guess++)
    expect(await openByCode('guessed@example.org', wrong(code))).toBeNull();
  expect(await openByCode('guessed@example.org', code)).toBeNull();
  expect(await openByLink(link)).not.toBeNull();
});

test('after ten minutes neither opens', async () => {
  const { code, link } = await makeWords('late@example.org');
  const [{ seconds } = {}] = await rows(
    `select max(extract(epoch from until - now()))::int as seconds from auth.waiting_word`,
  );
  expect(seconds).toBeGreaterThan(590);
  expect(seconds).toBeLessThanOrEqual(600);
  await admin.query(`update auth.waiting_word set until = now() - interval '1 second'`);
  expect(await openByCode('late@example.org', code)).toBeNull();
  expect(await openByLink(link)).toBeNull();
});

test('a code opens only for the address it was mailed to', async () => {
  const { code } = await makeWords('mine@example.org');
  await makeWords('theirs@example.org');
  expect(await openByCode('theirs@example.org', code)).toBeNull();
  expect(await openByCode('mine@example.org', code)).not.toBeNull();
});

test('for an address nobody knows the same is written as for a known one, and no person is made before they come', async () => {
  const asked = async (mail: string) => {
    await admin.query('delete from auth.waiting_word');
    const before = await rows('select count(*)::int as n from auth.person');
    await makeWords(mail);
    expect(await rows('select count(*)::int as n from auth.person')).toEqual(before);
    return rows(
      `select length(identifier) as identifier, value like '{%' as is_link from auth.waiting_word order by value like '{%'`,
    );
  };
  expect(await asked('mine@example.org')).toEqual(await asked('nobody@example.org'));
});

test('who reads the tables finds no code and no link in them, and no trace of where from or with what someone came', async () => {
  const { code, link } = await makeWords('canary@example.org');
  const told = JSON.stringify(await rows('select * from auth.waiting_word'));
  expect(told).not.toContain(code);
  expect(told).not.toContain(link);
  await openByCode('canary@example.org', code);
  const traces = await rows('select ip_address, user_agent from auth.session');
  expect(traces.length).toBeGreaterThan(0);
  for (const trace of traces) expect(trace).toEqual({ ip_address: null, user_agent: null });
  for (const column of ['ip_address', 'user_agent'])
    await expect(admin.query(`update auth.session set ${column} = 'x'`), column).rejects.toThrow(
      /check constraint/,
    );
  await expect(
    admin.query(
      `insert into auth.other_way (account_id, provider_id, person_id, password) select 'a', 'credential', id, 'b' from auth.person`,
    ),
  ).rejects.toThrow(/check constraint/);
});
