import { afterAll, expect, test } from 'vitest';
import { languages } from '../../src/platform/i18n/languages.ts';
import { all, answers, ask, data, home, offences, pages, words } from '../support/hostile.ts';
import { hostile } from '../support/hostile-values.ts';

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
      '/hsds/2.0',
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

test('all of this was answered soon', () => {
  expect(answers.length).toBeGreaterThan(2_000);
  expect(answers.filter((answer) => answer.ms > 10_000).map((answer) => answer.asked)).toEqual([]);
});
