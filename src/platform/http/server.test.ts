import { describe, expect, test } from 'vitest';
import { ownFrontDoor } from '../../../tests/support/front-door.ts';
import { securityHeaders } from './headers.ts';

const street = ownFrontDoor();

describe('what every answer carries', () => {
  test.each([
    ['a page', '/nl/initiatives', {}],
    ['a page that was kept', '/nl/initiatives', {}],
    ['a page not worth keeping', '/nl/initiatives?noise=1', {}],
    ['a refusal', '/nl?q=%00', {}],
    ['an answer to someone with a cookie', '/nl', { cookie: 'a=1' }],
  ])(
    '%s has the security headers, and nothing that was meant for this house only',
    async (_, path, headers) => {
      await fetch(street.home + path, { headers });
      const answer = await fetch(street.home + path, { headers });
      for (const name of Object.keys(securityHeaders)) expect(answer.headers.get(name), name).toBeTruthy();
      expect(answer.headers.get('x-keep')).toBeNull();
      expect(answer.headers.get('x-route')).toBeNull();
      expect(answer.headers.get('strict-transport-security')).toBeNull();
    },
  );

  test('a page keeps its own policy, everything else may load nothing', async () => {
    expect((await fetch(`${street.home}/nl`)).headers.get('content-security-policy')).toBe(
      "default-src 'self'",
    );
    street.handler = (_request, response) => response.writeHead(404).end('no');
    expect((await fetch(`${street.home}/no`)).headers.get('content-security-policy')).toBe(
      "default-src 'none'; frame-ancestors 'none'",
    );
  });

  test('what is not HTTP at all is refused in the same dress', async () => {
    for (const bytes of [
      'NOT HTTP\r\n\r\n',
      'GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ]) {
      const said = await street.raw(bytes);
      expect(said).toMatch(/^HTTP\/1\.1 400 /);
      expect(said).toContain('x-frame-options: DENY');
      expect(said).toContain('connection: close');
    }
    expect(await street.raw(`GET / HTTP/1.1\r\nHost: a\r\nX-Big: ${'x'.repeat(20_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 431 /,
    );
  });
});

describe('what never reaches a door', () => {
  test.each([
    ['a NUL', '/nl?q=%00', 400],
    ['a broken percent sign', '/nl?q=100%', 400],
    ['bytes that are no UTF-8', '/nl/%ff%fe', 400],
    ['a lone surrogate', '/nl?q=%ED%A0%80', 400],
    ['an overlong form', '/nl?q=%C0%AF', 400],
    ['an endless address', `/nl?q=${'a'.repeat(5_000)}`, 414],
  ])('%s is refused with a sentence', async (_, path, status) => {
    const answer = await fetch(street.home + path);
    expect(answer.status).toBe(status);
    expect((await answer.text()).length).toBeGreaterThan(20);
    expect(street.rendered).toBe(0);
  });

  test('programs at the data doors are told in problem+json', async () => {
    const answer = await fetch(`${street.home}/data/v1/initiatives?q=%00`);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({ status: 400, title: 'Bad Request' });
  });

  test('a body larger than a megabyte, a foreign method and a missing or malformed host are refused', async () => {
    expect(
      (
        await fetch(`${street.home}/nl`, { method: 'POST', body: 'x'.repeat(1_100_000) }).catch(() => ({
          status: 413,
        }))
      ).status,
    ).toBe(413);
    expect(await street.raw('PROPFIND /nl HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 405 /,
    );
    expect(await street.raw('GET /nl HTTP/1.1\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    expect(await street.raw('GET /nl HTTP/1.1\r\nHost: a/b@c\r\nConnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 400 /,
    );
    expect(await street.raw('GET http://a/nl HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 400 /,
    );
    expect(street.rendered).toBe(0);
  });

  test('a handler that throws costs one visitor an answer and nobody else', async () => {
    street.handler = () => {
      throw new Error('what someone typed');
    };
    expect((await fetch(`${street.home}/nl`)).status).toBe(503);
    street.handler = street.publicPage;
    expect((await fetch(`${street.home}/nl`)).status).toBe(200);
    expect(street.logged.join('')).not.toContain('typed');
  });

  test('when too many wait, the next is asked to come back', async () => {
    await street.door.leave(100);
    await street.open(false, 1);
    let release: (() => unknown) | undefined;
    street.handler = (request, response) =>
      (release = () => street.publicPage(request, response, () => undefined));
    const first = fetch(`${street.home}/nl?q=1`);
    await expect.poll(() => release).toBeDefined();
    const second = await fetch(`${street.home}/nl?q=2`);
    expect([second.status, second.headers.get('retry-after')]).toEqual([503, '1']);
    release?.();
    expect((await first).status).toBe(200);
  });
});

describe('who is believed about the scheme', () => {
  const seen: (string | string[] | undefined)[] = [];
  const ask = async (said: string) => {
    street.handler = (request, response) =>
      void (seen.unshift(request.headers['x-forwarded-proto']), response.end('ok'));
    return fetch(`${street.home}/nl`, { headers: { 'x-forwarded-proto': said } });
  };

  test('nobody, unless a proxy of ours stands before us', async () => {
    const answer = await ask('https');
    expect(seen[0]).toBe('http');
    expect(answer.headers.get('strict-transport-security')).toBeNull();
  });

  test('a trusted proxy, and then browsers are held to TLS', async () => {
    await street.door.leave(100);
    await street.open(true);
    const answer = await ask('https');
    expect(seen[0]).toBe('https');
    expect(answer.headers.get('strict-transport-security')).toContain('max-age=63072000');
    await ask('https:evil');
    expect(seen[0]).toBe('http');
  });
});

describe('the log', () => {
  test('tells route, status and time, and nothing that a visitor sent', async () => {
    for (let round = 0; round < 2; round++)
      await fetch(`${street.home}/nl/initiatives?q=kanarie`, {
        headers: { 'user-agent': 'kanarie', referer: 'http://kanarie/', 'x-forwarded-for': '203.0.113.7' },
      });
    await fetch(`${street.home}/nl/kanarie?noise=kanarie`, { headers: { cookie: 'kanarie=1' } });
    await expect.poll(() => street.logged.length).toBe(3);
    expect(street.logged.join('')).not.toMatch(/kanarie|127\.0\.0\.1|203\.0/);
    const line = JSON.parse(street.logged[0] ?? '') as Record<string, unknown>;
    expect(Object.keys(line).sort()).toEqual([
      'event',
      'level',
      'ms',
      'requestId',
      'route',
      'status',
      'time',
    ]);
    expect(line).toMatchObject({
      event: 'request.answered',
      level: 'info',
      route: '/[[lang=language]]/initiatives',
      status: 200,
    });
  });
});

describe('leaving', () => {
  test('lets a request finish, ends streams, and takes nobody new', async () => {
    street.handler = (request, response) => {
      if (request.url !== '/stream')
        return void setTimeout(() => street.publicPage(request, response, () => undefined), 200);
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: hello\n\n');
      process.once('steppingstones:leaving' as never, () => response.end());
    };
    const inside = fetch(`${street.home}/nl`).then((answer) => answer.text());
    const stream = fetch(`${street.home}/stream`).then((answer) => answer.text());
    await new Promise((resolve) => setTimeout(resolve, 50));
    const began = performance.now();
    await street.door.leave(5_000);
    expect(performance.now() - began).toBeLessThan(4_000);
    expect(await inside).toContain('Stepping stones');
    expect(await stream).toBe('data: hello\n\n');
    await expect(fetch(`${street.home}/nl`)).rejects.toThrow();
  });

  test('does not wait for ever for who never ends', async () => {
    street.handler = (_request, response) => void response.writeHead(200).write('...');
    const never = fetch(`${street.home}/nl`, { headers: { cookie: 'a=1' } }).then((answer) => answer.text());
    never.catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const began = performance.now();
    await street.door.leave(200);
    expect(performance.now() - began).toBeLessThan(4_000);
    await expect(never).rejects.toThrow();
  });
});

test('a house that knows its address is addressed by it, whatever Host or scheme a request names', async () => {
  await street.open(true, 1_000, new URL('https://steppingstones.example'));
  street.handler = (request, response) =>
    response.end(`${request.headers['x-forwarded-proto']}://${request.headers.host}`);
  const answer = await street.raw(
    'GET /nl HTTP/1.1\r\nHost: harvest.example\r\nX-Forwarded-Proto: http\r\nConnection: close\r\n\r\n',
  );
  expect(answer).toContain('https://steppingstones.example');
  expect(answer).not.toContain('harvest.example');
});
