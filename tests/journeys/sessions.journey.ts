import { readFile } from 'node:fs/promises';
import { expect, inject, test } from 'vitest';
import { sessionCookie } from '../../src/platform/sign-in/cookie.ts';
import { endSessions, sessionIn } from '../../src/platform/sign-in/sessions.server.ts';
import { ask } from '../support/hostile.ts';
import { houseDatabase } from '../support/house-database.ts';
import { anInhabitant, letterTo } from '../support/person.ts';

houseDatabase();
const home = inject('journeyUrl');

test('whoever leaves quickly is signed out on the server too, but no page elsewhere can sign them out', async () => {
  const { cookie } = await anInhabitant('Leaver');
  const headers = { cookie: `${sessionCookie}=${encodeURIComponent(cookie)}` };
  const sent = await ask('/nl/leave', 'GET', { ...headers, 'sec-fetch-site': 'cross-site' });
  expect(sent.status).toBe(303);
  expect(await sessionIn(cookie)).not.toBeNull();
  const left = await ask('/nl/leave', 'GET', { ...headers, 'sec-fetch-site': 'same-origin' });
  expect(left.headers['clear-site-data']).toContain('"cookies"');
  expect(String(left.headers['set-cookie'])).toMatch(/^__Host-session=; Max-Age=0/);
  expect(await sessionIn(cookie)).toBeNull();
});

test('a form from elsewhere changes nothing, whatever it carries, and is answered in the reader’s language', async () => {
  const { cookie } = await anInhabitant('Target');
  const form = {
    cookie: `${sessionCookie}=${encodeURIComponent(cookie)}`,
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': '0',
  };
  for (const forged of [
    {},
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: home, 'sec-fetch-site': 'cross-site' },
    { origin: `${home}.evil.example` },
    { referer: `${home}/nl/me` },
  ] as Record<string, string>[])
    for (const type of [
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'text/plain',
      'application/json',
    ])
      for (const path of ['/ar/sign-out', '/ar/me?/others', '/ar/me/second-factor?/away', '/ar/sign-in']) {
        const answer = await ask(path, 'POST', { ...form, 'content-type': type, ...forged });
        expect(answer.status, `${path} ${JSON.stringify(forged)}`).toBe(403);
        expect(answer.body).toContain('<html lang="ar" dir="rtl">');
      }
  expect(await sessionIn(cookie)).not.toBeNull();
  expect((await ask('/ar/sign-out', 'POST', { ...form, origin: home })).status).toBe(303);
  expect(await sessionIn(cookie)).toBeNull();
});

test('what was typed in a session that ended is not lost: the answer says how to go on', async () => {
  const { cookie, viewer } = await anInhabitant('Typist');
  await endSessions(viewer.id ?? '');
  const headers = { cookie: `${sessionCookie}=${encodeURIComponent(cookie)}`, origin: home };
  const answer = await ask(
    '/nl/me?/change',
    'POST',
    { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    'called=x',
  );
  expect(answer.status).toBe(403);
  expect(answer.body).toContain('Wat je schreef is niet weg');
  const forged = await ask('/nl/me', 'GET', {
    cookie: `${sessionCookie}=${'A'.repeat(32)}.${'A'.repeat(43)}%3D`,
  });
  expect(forged.status).toBe(404);
});

test('no address, code, word of a session or address of a machine is in what the house wrote down', async () => {
  const mail = `kanarie.${process.pid}@example.org`;
  const sent = {
    origin: home,
    'content-type': 'application/x-www-form-urlencoded',
    'x-forwarded-for': '203.0.113.77',
    'user-agent': 'canary-agent',
  };
  const asked = await ask('/nl/sign-in', 'POST', sent, `mail=${encodeURIComponent(mail)}`);
  const { code, link } = await letterTo(mail);
  const askedFor = String(asked.headers['set-cookie']).split(';')[0] ?? '';
  await ask(
    '/nl/sign-in/code',
    'POST',
    { ...sent, cookie: askedFor },
    `code=${code === '000000' ? '111111' : '000000'}`,
  );
  const opened = await ask(new URL(link).pathname, 'POST', sent, '');
  const set = [opened.headers['set-cookie'] ?? []].flat().find((each) => each.startsWith(sessionCookie));
  const cookie = set?.split(';')[0] ?? '';
  const word = decodeURIComponent(cookie.split('=')[1] ?? '').split('.')[0] ?? '';
  expect(word.length).toBeGreaterThan(30);
  expect((await ask('/nl/me', 'GET', { ...sent, cookie })).status).toBe(200);
  const written = await readFile(`${inject('journeyHome')}/written.log`, 'utf8');
  expect(written).toContain('request.answered');
  expect(written).toContain('/[[lang=language]]/sign-in/link/[word]');
  for (const canary of [
    mail,
    mail.split('@')[0] ?? '',
    code,
    link.split('/').at(-1) ?? '',
    word,
    '203.0.113.77',
    'canary-agent',
    'example.org',
  ])
    expect(written, canary).not.toContain(canary);
  expect(written.replace(/Steppingstones is open at \S+/, '')).not.toMatch(/127\.0\.0\.1|::1/);
});
