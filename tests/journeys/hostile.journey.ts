import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, expect, inject, test } from 'vitest';
import { doors } from '../../src/doors.ts';
import { languages } from '../../src/platform/i18n/languages.ts';

const home = new URL(inject('journeyUrl'));

interface Answer {
  readonly asked: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  readonly ms: number;
}

const answers: Answer[] = [];

/** Asks exactly this address, without tidying it first. */
function ask(
  path: string,
  method = 'GET',
  headers: Record<string, string> = {},
  body?: string,
): Promise<Answer> {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: home.hostname, port: home.port, path, method, headers, timeout: 20_000, agent: false },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const told: Answer = {
            asked: `${method} ${path.slice(0, 160)}`,
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            body: Buffer.concat(chunks).toString('utf8'),
            ms: performance.now() - began,
          };
          answers.push(told);
          resolve(told);
        });
      },
    );
    asked.on('timeout', () => asked.destroy(new Error(`No answer in 20 s: ${method} ${path.slice(0, 160)}`)));
    asked.on('error', reject);
    asked.end(body);
  });
}

/** Sends bytes as they are; answers all that comes back. */
function send(bytes: string | Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const socket = connect(Number(home.port), home.hostname, () => socket.write(bytes));
    socket.on('data', (chunk) => (said += String(chunk)));
    socket.on('close', () => resolve(said));
    socket.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' ? resolve(said) : reject(error),
    );
    setTimeout(() => socket.destroy(), 3_000).unref();
  });
}

async function all<One>(things: readonly One[], work: (one: One) => Promise<unknown>): Promise<void> {
  const left = [...things];
  await Promise.all(
    Array.from({ length: 6 }, async () => {
      for (let one = left.shift(); one !== undefined; one = left.shift()) await work(one);
    }),
  );
}

/** What an answer must never do, whatever was asked. */
function offences({ asked, status, headers, body }: Answer): string[] {
  const type = String(headers['content-type'] ?? '');
  const found: string[] = [];
  if (status >= 500 || status === 0) found.push(`answers ${status}`);
  if (status >= 400 && body.trim() === '' && !asked.startsWith('HEAD'))
    found.push(`says nothing with its ${status}`);
  if (headers['x-content-type-options'] !== 'nosniff' || !headers['content-security-policy'])
    found.push('goes without its guards');
  if (/\n\s+at |node_modules|\.server\.ts:\d|PostgresError|syntax error at/.test(body))
    found.push('shows its insides');
  if (type.includes('html')) {
    if (/<script>alert|<img src=x|<svg\/onload|(href|src|action)="?javascript:/i.test(body))
      found.push('repeats markup unescaped');
    // The house itself sets names apart with isolates; what turns the direction of text it never says.
    if (/[\u0000\u202a-\u202e]/.test(body)) found.push('repeats signs nobody sees');
    if (/\b49\b.{0,5}hostile|hostile.{0,5}\b49\b/.test(body)) found.push('reckons what it was given');
  }
  if (
    status >= 400 &&
    asked.includes(' /data/') &&
    // These names belong to the framework, which refuses them before any door of ours.
    !asked.includes('x-sveltekit-') &&
    !/^application\/(problem\+)?json/.test(type) &&
    status !== 403 &&
    status !== 404
  )
    found.push(`refuses as ${type}`);
  return found.map((offence) => `${asked} ${offence}`);
}

const words = ['q', 'near'];
const closed = ['within', 'phase', 'theme', 'ledBy', 'language', 'kind', 'asOf', 'knownOn', 'page'];
const pages: Record<string, readonly string[]> = {
  '': ['q'],
  '/initiatives': [...words, ...closed],
  '/initiatives/takecarebnb': ['asOf', 'q'],
  '/map': [...words, ...closed, 'province', 'municipality', 'window'],
  '/shoreline': ['day', 'asOf', 'from', 'until'],
  '/network': ['day', 'place', 'kind', 'page'],
  '/chains': ['from', 'to', 'day'],
  '/blind-spots': ['province', 'municipality'],
  '/languages': ['q'],
  '/leave': ['q'],
};
const data: Record<string, readonly string[]> = {
  '/initiatives': [...words, ...closed, 'lang'],
  '/initiatives.geojson': [...words, ...closed, 'lang'],
  '/initiatives.csv': [...words, ...closed, 'lang'],
  '/changes': ['since'],
  '/network.gexf': ['asOf'],
  '/network.graphml': ['asOf'],
  '/chains': ['from', 'to', 'asOf'],
};

const encoded = encodeURIComponent;
/** Written as an address carries them. No one of them is a value of any closed parameter. */
const hostile = [
  'a'.repeat(3_500),
  encoded('\u0627'.repeat(600)),
  encoded('\u202esecret\u202e\u2066'),
  '%00',
  'a%00b',
  '%ED%A0%80',
  '%C0%AF%C0%AF',
  '%F8%80%80%80%AF',
  '%',
  '%zz',
  encoded("' or 1=1; drop table pub.initiative; --"),
  encoded('<script>alert(7)</script>'),
  encoded('"><img src=x onerror=alert(7)>'),
  'hostile${7*7}{{7*7}}%23{7*7}<%25=7*7%25>',
  encoded('{"$ne":null}'),
  '__proto__',
  '2016-02-30',
  '0000-00-00',
  '1e9',
  '1000000000',
  '-1',
  encoded('９９９'),
  encoded('\ufeff\u200b\u00ad'),
  encoded('e\u0301'.repeat(150)),
  encoded('%s%n%x\\..\\..\\etc\\passwd'),
  encoded('👩‍👩‍👧‍👦'.repeat(20)),
  encoded('(((((((((((((((((((('),
  encoded('*:* & | ! <-> :A'),
];

afterAll(() => {
  const slowest = [...answers].sort((a, b) => b.ms - a.ms)[0];
  const codes = new Map<number, number>();
  for (const { status } of answers) codes.set(status, (codes.get(status) ?? 0) + 1);
  console.log(
    `${answers.length} hostile questions: ${[...codes]
      .sort()
      .map(([code, times]) => `${times}x ${code}`)
      .join(', ')}; slowest ${Math.round(slowest?.ms ?? 0)} ms (${slowest?.asked ?? ''})`,
  );
});

test('no page breaks on anything that is put in any of its parameters, and it repeats nothing that could harm', async () => {
  const questions = Object.entries(pages).flatMap(([path, names]) =>
    names.flatMap((name) => hostile.map((value) => `/nl${path}?${name}=${value}`)),
  );
  expect(questions.length).toBeGreaterThan(300);
  const found: string[] = [];
  await all(questions, async (question) => {
    const answer = await ask(question, 'GET', { accept: 'text/html' });
    found.push(...offences(answer));
    if (![200, 303, 400, 414].includes(answer.status)) found.push(`${answer.asked} answers ${answer.status}`);
  });
  expect(found).toEqual([]);
}, 120_000);

test('no data door breaks, and every refusal is a problem that names the parameter', async () => {
  const questions = Object.entries(data).flatMap(([path, names]) =>
    names.flatMap((name) => hostile.map((value) => ({ path: `/data/v1${path}`, name, value }))),
  );
  expect(questions.length).toBeGreaterThan(300);
  const found: string[] = [];
  await all(questions, async ({ path, name, value }) => {
    // A chain begins somewhere, else there is nothing to ask of its end.
    const begin = path.endsWith('/chains') && name !== 'from' ? 'from=takecarebnb&' : '';
    const answer = await ask(`${path}?${begin}${name}=${value}`);
    found.push(...offences(answer));
    if (answer.status === 200) {
      const number = name === 'since' && /^\d+$/.test(value);
      if (!words.includes(name) && !number) found.push(`${answer.asked} takes what it should refuse`);
      return;
    }
    const told = JSON.parse(answer.body) as {
      title?: string;
      status?: number;
      detail?: string;
      errors?: { name: string; reason: string }[];
    };
    if (told.status !== answer.status || !told.title || !told.detail)
      found.push(`${answer.asked} does not say what is wrong`);
    // What is no text at all never reaches a door: the whole address is refused, in one sentence.
    const unread = answer.status === 414 || /percent|control|longer/.test(told.detail ?? '');
    if (!unread && !told.errors?.some((error) => error.name === name && error.reason))
      found.push(`${answer.asked} does not name ${name}: ${answer.body}`);
  });
  expect(found).toEqual([]);
}, 120_000);

test('odd names, heaps and lists of parameters break no door', async () => {
  const queries = [
    'q[]=taal&q[0]=x&phase[]=landing',
    '__proto__=x&constructor=y&prototype=z&__proto__[a]=b&toString=1&hasOwnProperty=1&valueOf=2',
    `${'q=1&'.repeat(1000)}`,
    `${'phase=landing&'.repeat(250)}`,
    `${'asOf=2016-01-01&asOf=2017-01-01&'.repeat(100)}`,
    `theme=${Array.from({ length: 700 }, (_, at) => `x${at % 10}`).join(',')}`,
    `language=${Array.from({ length: 300 }, (_, at) => `a${String.fromCharCode(97 + (at % 26))}`).join(',')}`,
    Array.from({ length: 500 }, (_, at) => `p${at}=1`).join('&'),
    '&&&&====&=&a',
    '=x',
    '?q=taal?q=x',
    'q=taal&page=100000',
    'q=taal&page=99999&asOf=2016',
    'q=a&page=100000&within=300&near=Arnhem',
    'asOf=1000-01-01&knownOn=1000-01-01',
    'asOf=2999-12-31&knownOn=2999-12-31&q=taal',
    'x-sveltekit-invalidated=zz',
    'x-sveltekit-trailing-slash=1',
    '/actions=x&/create',
    'redirect=//evil.example&next=https://evil.example&returnTo=javascript:alert(7)',
    'lang=ar&lang=fa',
    'since=0001-01-01&since=x',
  ];
  const paths = [
    ...Object.keys(pages).map((path) => `/ar${path}`),
    ...Object.keys(pages).flatMap((path) => (path === '/leave' ? [] : [`/nl${path}/__data.json`])),
    ...Object.keys(data).map((path) => `/data/v1${path}`),
    '/data/v1',
    '/data/v1/openapi.json',
    '/healthz',
    '/readyz',
    '/.well-known/security.txt',
  ];
  const found: string[] = [];
  await all(
    paths.flatMap((path) => queries.map((query) => `${path}?${query}`)),
    async (question) => found.push(...offences(await ask(question))),
  );
  expect(found).toEqual([]);
}, 180_000);

test('an address that leads nowhere says so, to people in their language and to programs as a problem', async () => {
  const found: string[] = [];
  await all(
    languages.flatMap((language) => [
      `/${language}/nergens`,
      `/${language}/initiatives/nergens`,
      `/${language}/initiatives/${'a'.repeat(3_000)}`,
      `/${language}/initiatives/%3Cscript%3Ealert(7)%3C%2Fscript%3E`,
      `/${language}/initiatives/%E2%80%AEx`,
      `/${language}/initiatives/__proto__`,
    ]),
    async (path) => {
      const answer = await ask(path, 'GET', { accept: 'text/html', 'accept-language': 'en' });
      found.push(...offences(answer));
      const language = path.slice(1, 3);
      if (answer.status !== 404 || !answer.body.includes(`<html lang="${language}"`))
        found.push(`${path} answers ${answer.status} in another language`);
    },
  );
  await all(
    [
      '/data/v1/nothing',
      '/data',
      '/data/v2/initiatives',
      '/data/v1/initiatives/x',
      '/data/v1/__proto__',
      '/healthz/x',
      '/hsds/3.0',
    ],
    async (path) => {
      const answer = await ask(path);
      found.push(...offences(answer));
      if (
        answer.status !== 404 ||
        !String(answer.headers['content-type']).startsWith('application/problem+json')
      )
        found.push(`${path}: ${answer.status} ${answer.body}`);
    },
  );
  expect(found).toEqual([]);
}, 60_000);

test('no way of writing a path leads anywhere it should not', async () => {
  const odd = [
    '//',
    '//evil.example/',
    '//evil.example/nl/initiatives',
    '///nl//initiatives',
    '/nl/initiatives/../../etc/passwd',
    '/nl/initiatives/%2e%2e/%2e%2e/etc/passwd',
    '/nl/%2e%2e%2f%2e%2e%2fetc%2fpasswd',
    '/nl/..%5c..%5cetc',
    '/..;/nl',
    '/nl/initiatives/',
    '/nl/initiatives//',
    '/nl/initiatives;jsessionid=1',
    '/NL/Initiatives',
    '/nl%2finitiatives',
    '/nl/initiatives%3fq=x',
    '/nl/initiatives%00',
    '/nl/%',
    '/%ff%fe',
    '/nl/initiatives/.',
    '/.git/config',
    '/.env',
    '/package.json',
    '/src/hooks.server.ts',
    '/var/owner.json',
    '/_app/remote/x/y',
    '/_app/../../package.json',
    '/_app/%2e%2e/%2e%2e/package.json',
    '/_app/immutable/nothing.js',
    '/_app/version.json/../../handler.js',
    `/${'a/'.repeat(1_900)}`,
    `/nl/${'%61'.repeat(1_200)}`,
    `/nl/${'a'.repeat(5_000)}`,
    '/*',
    '/nl/initiatives#x',
  ];
  const found: string[] = [];
  await all(odd, async (path) => {
    const answer = await ask(path, 'GET', { accept: 'text/html' });
    found.push(...offences(answer));
    const to = String(answer.headers.location ?? '');
    if (to !== '' && new URL(to, home).host !== home.host) found.push(`${path} leads to ${to}`);
    if (/root:x:0|"dependencies"|defineConfig|repositoryformatversion/.test(answer.body))
      found.push(`${path} shows a file`);
  });
  expect(found).toEqual([]);
}, 60_000);

test('what no door answers is refused in every other way, and nothing changes', async () => {
  const found: string[] = [];
  const addresses = Object.keys(doors).map((door) =>
    door.replace('/[[lang=language]]', '/nl').replace('[slug]', 'takecarebnb'),
  );
  await all(
    addresses.flatMap((path) =>
      ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'].map((method) => ({ path, method })),
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
  expect(answers.length).toBeGreaterThan(2_000);
  expect(answers.filter((answer) => answer.ms > 10_000).map((answer) => answer.asked)).toEqual([]);
});
