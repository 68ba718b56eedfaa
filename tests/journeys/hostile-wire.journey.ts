import { expect, test } from 'vitest';
import { doors } from '../../src/doors.ts';
import { all, answers, ask, home, offences, send } from '../support/hostile.ts';

test('what no door answers is refused in every other way, and nothing changes', async () => {
  const found: string[] = [];
  const addressOf = (door: string) =>
    door
      .replace('/[[lang=language]]', '/nl')
      .replace('[list=hsds]', 'organizations')
      .replace('[edition=number]', '1')
      .replace('[file=file]', 'reading.pdf')
      .replace(/\[+\w+\]+/g, 'takecarebnb');
  const addresses = Object.keys(doors).map(addressOf);
  await all(
    Object.entries(doors).flatMap(([door, ways]) =>
      ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE']
        .filter((method) => !Object.hasOwn(ways, method))
        .map((method) => ({ path: addressOf(door), method })),
    ),
    async ({ path, method }) => {
      for (const type of ['application/json', 'application/x-www-form-urlencoded', 'text/plain']) {
        const length = method === 'OPTIONS' || method === 'TRACE' ? '0' : '9';
        const answer = await ask(
          path,
          method,
          { 'content-type': type, 'content-length': length, origin: home.origin, accept: 'text/html' },
          method === 'OPTIONS' || method === 'TRACE' ? undefined : '{"q":"x"}',
        );
        found.push(...offences(answer));
        if (![403, 405].includes(answer.status)) found.push(`${answer.asked} answers ${answer.status}`);
      }
    },
  );
  await all(addresses, async (path) => {
    const [head, whole] = [await ask(path, 'HEAD'), await ask(path)];
    if (head.status !== whole.status || head.body !== '')
      found.push(`HEAD ${path} answers ${head.status}, GET ${whole.status}`);
  });
  expect(found).toEqual([]);
}, 120_000);

test('junk in headers changes nothing but the language, and never breaks', async () => {
  const found: string[] = [];
  const headers: Record<string, string>[] = [
    { 'accept-language': 'a'.repeat(9_000) },
    { 'accept-language': `${'ar;q=0.1,'.repeat(900)}fr` },
    { 'accept-language': ';;;q=,,,q=2,*;q=NaN' },
    { 'accept-language': '__proto__,constructor;q=1' },
    { 'accept-language': '<script>alert(7)</script>' },
    { accept: 'text/html;q=nonsense,*/*;q=9' },
    { accept: 'application/json' },
    { accept: 'a'.repeat(8_000) },
    { 'accept-encoding': 'br;q=x, gzip;q=-1, *;q=0' },
    { cookie: `a=${'b'.repeat(8_000)}` },
    { cookie: '__proto__=1; =; ;;; a' },
    { 'if-none-match': '*' },
    { 'if-none-match': '"'.repeat(4_000) },
    { 'if-modified-since': 'yesterday' },
    { range: 'bytes=0-0,1-1,2-2,-99999999999999999999' },
    { 'x-forwarded-proto': 'javascript' },
    { 'x-forwarded-host': 'evil.example' },
    { 'x-forwarded-for': '1.1.1.1, <script>alert(7)</script>' },
    { 'x-http-method-override': 'DELETE' },
    { 'x-sveltekit-action': 'true' },
    { forwarded: 'host=evil.example;proto=https' },
    { authorization: `Basic ${'A'.repeat(4_000)}` },
    { origin: 'null' },
    { referer: 'javascript:alert(7)' },
    { 'content-length': '0', 'content-type': 'multipart/form-data' },
    { te: 'trailers, deflate', upgrade: 'h2c', connection: 'Upgrade' },
    { host: 'evil.example' },
  ];
  const paths = [
    '/',
    '/initiatives?q=taal',
    '/nl/initiatives?near=Arnhem',
    '/nl/map',
    '/data/v1/initiatives',
    '/data/v1/openapi.json',
    '/nl/nergens',
  ];
  await all(
    paths.flatMap((path) => headers.map((given) => ({ path, given }))),
    async ({ path, given }) => {
      const answer = await ask(path, 'GET', given);
      found.push(...offences(answer));
      const to = String(answer.headers.location ?? '');
      if (to !== '' && !/^\/(nl|en|ar|ti|fa|uk|tr|fr)(\/|$|\?)/.test(to))
        found.push(`${path} with ${JSON.stringify(given).slice(0, 80)} leads to ${to}`);
      if (given.host === undefined && answer.body.includes('evil.example'))
        found.push(`${path} believes ${JSON.stringify(given)}`);
    },
  );
  expect(found).toEqual([]);
}, 120_000);

test('what is hardly HTTP gets a short answer or none, and the house stays open', async () => {
  const host = `Host: ${home.host}`;
  const lines = [
    'GET /nl/initiatives HTTP/1.1\r\n\r\n',
    `GET /nl/initiatives?q=\u00e9\u0001 HTTP/1.1\r\n${host}\r\nConnection: close\r\n\r\n`,
    Buffer.concat([
      Buffer.from('GET /nl/initiatives?q='),
      Buffer.from([0xff, 0xfe, 0xed, 0xa0, 0x80]),
      Buffer.from(` HTTP/1.1\r\n${host}\r\nConnection: close\r\n\r\n`),
    ]),
    `GET http://evil.example/nl HTTP/1.1\r\n${host}\r\nConnection: close\r\n\r\n`,
    `GET * HTTP/1.1\r\n${host}\r\nConnection: close\r\n\r\n`,
    `CONNECT evil.example:443 HTTP/1.1\r\n${host}\r\n\r\n`,
    `GET /nl HTTP/9.9\r\n${host}\r\n\r\n`,
    `GET /nl HTTP/1.1\r\n${host}\r\n${host}\r\nConnection: close\r\n\r\n`,
    'GET /nl HTTP/1.1\r\nHost: a b<script>\r\nConnection: close\r\n\r\n',
    `GET /nl HTTP/1.1\r\n${host}\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`,
    `POST /nl HTTP/1.1\r\n${host}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n`,
    `POST /nl HTTP/1.1\r\n${host}\r\nContent-Length: 99999999999\r\nConnection: close\r\n\r\nx`,
    `POST /nl HTTP/1.1\r\n${host}\r\nExpect: 200-maybe\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx`,
    `BREW /nl HTTP/1.1\r\n${host}\r\nConnection: close\r\n\r\n`,
    '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
    '\0\0\0\0\r\n\r\n',
  ];
  const said = await Promise.all(lines.map(send));
  for (const [at, text] of said.entries()) {
    expect(text, String(lines[at]).slice(0, 80)).not.toMatch(/^HTTP\/1\.\d 5/);
    expect(text, String(lines[at]).slice(0, 80)).not.toMatch(/\n\s+at |<script>/);
  }
  expect((await ask('/healthz')).status).toBe(200);
  expect((await ask('/readyz')).status).toBe(200);
});

test('all of this was answered soon', () => {
  expect(answers.length).toBeGreaterThan(100);
  expect(answers.filter((answer) => answer.ms > 10_000).map((answer) => answer.asked)).toEqual([]);
});
