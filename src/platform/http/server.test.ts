import { connect, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { logTo } from '../log.ts';
import { BodyCache } from './body-cache.ts';
import { securityHeaders } from './headers.ts';
import { frontDoor, type FrontDoor, type Handler } from './server.ts';

const words = 'Stepping stones through the water. '.repeat(100);
let door: FrontDoor;
let cache: BodyCache;
let logged: string[];
let rendered: number;
let handler: Handler;
let home: string;

const publicPage: Handler = (_request, response) => {
  rendered++;
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.setHeader('content-security-policy', "default-src 'self'");
  response.setHeader('x-keep', 'page');
  response.setHeader('x-route', '/[[lang=language]]/initiatives');
  response.writeHead(200);
  response.write(words);
  response.end(String(rendered));
};

async function open(trustProxy = false, mostWaiting = 1_000): Promise<void> {
  door = frontDoor({
    handler: (...given) => handler(...given),
    log: logTo({ write: (line: string) => void logged.push(line) }, 'info'),
    cache,
    trustProxy,
    mostWaiting,
  });
  await new Promise<void>((resolve) => door.server.listen(0, '127.0.0.1', resolve));
  home = `http://127.0.0.1:${(door.server.address() as AddressInfo).port}`;
}

/** Sends bytes as they are and answers all that comes back. */
async function raw(bytes: string): Promise<string> {
  const { port } = door.server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    let said = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk) => (said += String(chunk)));
    socket.on('close', () => resolve(said));
    socket.on('error', reject);
    setTimeout(() => socket.destroy(), 1_000).unref();
  });
}

beforeEach(async () => {
  cache = new BodyCache();
  cache.open();
  logged = [];
  rendered = 0;
  handler = publicPage;
  await open();
});

afterEach(async () => {
  door.cut();
  await door.leave(100);
});

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
      await fetch(home + path, { headers });
      const answer = await fetch(home + path, { headers });
      for (const name of Object.keys(securityHeaders)) expect(answer.headers.get(name), name).toBeTruthy();
      expect(answer.headers.get('x-keep')).toBeNull();
      expect(answer.headers.get('x-route')).toBeNull();
      expect(answer.headers.get('strict-transport-security')).toBeNull();
    },
  );

  test('a page keeps its own policy, everything else may load nothing', async () => {
    expect((await fetch(`${home}/nl`)).headers.get('content-security-policy')).toBe("default-src 'self'");
    handler = (_request, response) => response.writeHead(404).end('no');
    expect((await fetch(`${home}/no`)).headers.get('content-security-policy')).toBe(
      "default-src 'none'; frame-ancestors 'none'",
    );
  });

  test('what is not HTTP at all is refused in the same dress', async () => {
    for (const bytes of [
      'NOT HTTP\r\n\r\n',
      'GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ]) {
      const said = await raw(bytes);
      expect(said).toMatch(/^HTTP\/1\.1 400 /);
      expect(said).toContain('x-frame-options: DENY');
      expect(said).toContain('connection: close');
    }
    expect(await raw(`GET / HTTP/1.1\r\nHost: a\r\nX-Big: ${'x'.repeat(20_000)}\r\n\r\n`)).toMatch(
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
    const answer = await fetch(home + path);
    expect(answer.status).toBe(status);
    expect((await answer.text()).length).toBeGreaterThan(20);
    expect(rendered).toBe(0);
  });

  test('programs at the data doors are told in problem+json', async () => {
    const answer = await fetch(`${home}/data/v1/initiatives?q=%00`);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({ status: 400, title: 'Bad Request' });
  });

  test('a body larger than a megabyte, a foreign method and a missing or malformed host are refused', async () => {
    expect(
      (
        await fetch(`${home}/nl`, { method: 'POST', body: 'x'.repeat(1_100_000) }).catch(() => ({
          status: 413,
        }))
      ).status,
    ).toBe(413);
    expect(await raw('PROPFIND /nl HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 405 /,
    );
    expect(await raw('GET /nl HTTP/1.1\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    expect(await raw('GET /nl HTTP/1.1\r\nHost: a/b@c\r\nConnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 400 /,
    );
    expect(await raw('GET http://a/nl HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 400 /,
    );
    expect(rendered).toBe(0);
  });

  test('a handler that throws costs one visitor an answer and nobody else', async () => {
    handler = () => {
      throw new Error('what someone typed');
    };
    expect((await fetch(`${home}/nl`)).status).toBe(503);
    handler = publicPage;
    expect((await fetch(`${home}/nl`)).status).toBe(200);
    expect(logged.join('')).not.toContain('typed');
  });

  test('when too many wait, the next is asked to come back', async () => {
    await door.leave(100);
    await open(false, 1);
    let release: (() => unknown) | undefined;
    handler = (request, response) => (release = () => publicPage(request, response, () => undefined));
    const first = fetch(`${home}/nl?q=1`);
    await expect.poll(() => release).toBeDefined();
    const second = await fetch(`${home}/nl?q=2`);
    expect([second.status, second.headers.get('retry-after')]).toEqual([503, '1']);
    release?.();
    expect((await first).status).toBe(200);
  });
});

describe('who is believed about the scheme', () => {
  const seen: (string | string[] | undefined)[] = [];
  const ask = async (said: string) => {
    handler = (request, response) =>
      void (seen.unshift(request.headers['x-forwarded-proto']), response.end('ok'));
    return fetch(`${home}/nl`, { headers: { 'x-forwarded-proto': said } });
  };

  test('nobody, unless a proxy of ours stands before us', async () => {
    const answer = await ask('https');
    expect(seen[0]).toBe('http');
    expect(answer.headers.get('strict-transport-security')).toBeNull();
  });

  test('a trusted proxy, and then browsers are held to TLS', async () => {
    await door.leave(100);
    await open(true);
    const answer = await ask('https');
    expect(seen[0]).toBe('https');
    expect(answer.headers.get('strict-transport-security')).toContain('max-age=63072000');
    await ask('https:evil');
    expect(seen[0]).toBe('http');
  });
});

describe('public pages', () => {
  test('are rendered once and then given to everyone, compressed, until the data changes', async () => {
    const first = await fetch(`${home}/nl`, { headers: { 'accept-encoding': 'gzip, br' } });
    expect(first.headers.get('content-encoding')).toBe('br');
    expect(await first.text()).toBe(`${words}1`);
    expect(await (await fetch(`${home}/nl`)).text()).toBe(`${words}1`);
    cache.letGo();
    expect(await (await fetch(`${home}/nl`)).text()).toBe(`${words}2`);
  });

  test('are not sent again to who already has them', async () => {
    const first = await fetch(`${home}/nl`);
    const tag = first.headers.get('etag') ?? '';
    const again = await fetch(`${home}/nl`, { headers: { 'if-none-match': tag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    cache.letGo();
    expect((await fetch(`${home}/nl`, { headers: { 'if-none-match': tag } })).status).toBe(200);
  });

  test('are rendered once when many ask at the same moment', async () => {
    handler = (request, response) => setTimeout(() => publicPage(request, response, () => undefined), 50);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => fetch(`${home}/nl`).then((answer) => answer.text())),
    );
    expect(new Set(answers)).toEqual(new Set([`${words}1`]));
    expect(rendered).toBe(1);
  });

  test('that were being rendered during a change are shown to who waited, and to nobody after', async () => {
    handler = (request, response) => setTimeout(() => publicPage(request, response, () => undefined), 80);
    const waiting = fetch(`${home}/nl`).then((answer) => answer.text());
    await new Promise((resolve) => setTimeout(resolve, 30));
    cache.letGo();
    const after = await fetch(`${home}/nl`).then((answer) => answer.text());
    expect(new Set([await waiting, after]).size).toBe(2);
    expect(await fetch(`${home}/nl`).then((answer) => answer.text())).toBe(after);
  });

  test('answer HEAD with the same headers and no body', async () => {
    const whole = await fetch(`${home}/nl`);
    await whole.text();
    const head = await fetch(`${home}/nl`, { method: 'HEAD' });
    expect(head.headers.get('etag')).toBe(whole.headers.get('etag'));
    expect(await head.text()).toBe('');
  });

  test('with a cookie for the visitor, or that do not call themselves public, are never kept or compressed', async () => {
    handler = (_request, response) =>
      void (
        rendered++,
        response.setHeader('set-cookie', 'a=1'),
        response.setHeader('x-keep', 'page'),
        response.writeHead(200).end(words)
      );
    await fetch(`${home}/nl`);
    expect((await fetch(`${home}/nl`)).headers.get('content-encoding')).toBeNull();
    handler = (_request, response) =>
      void (rendered++, response.setHeader('content-type', 'text/html'), response.writeHead(200).end(words));
    await fetch(`${home}/ar`);
    expect((await fetch(`${home}/ar`)).headers.get('content-encoding')).toBeNull();
    expect(rendered).toBe(4);
  });

  test('that break halfway do not keep the next visitor waiting', async () => {
    handler = (_request, response) => void response.destroy();
    await expect(fetch(`${home}/nl`)).rejects.toThrow();
    handler = publicPage;
    expect((await fetch(`${home}/nl`)).status).toBe(200);
  });
});

describe('the log', () => {
  test('tells route, status and time, and nothing that a visitor sent', async () => {
    for (let round = 0; round < 2; round++)
      await fetch(`${home}/nl/initiatives?q=kanarie`, {
        headers: { 'user-agent': 'kanarie', referer: 'http://kanarie/', 'x-forwarded-for': '203.0.113.7' },
      });
    await fetch(`${home}/nl/kanarie?noise=kanarie`, { headers: { cookie: 'kanarie=1' } });
    await expect.poll(() => logged.length).toBe(3);
    expect(logged.join('')).not.toMatch(/kanarie|127\.0\.0\.1|203\.0/);
    const line = JSON.parse(logged[0] ?? '') as Record<string, unknown>;
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
    handler = (request, response) => {
      if (request.url !== '/stream')
        return void setTimeout(() => publicPage(request, response, () => undefined), 200);
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: hello\n\n');
      process.once('steppingstones:leaving' as never, () => response.end());
    };
    const inside = fetch(`${home}/nl`).then((answer) => answer.text());
    const stream = fetch(`${home}/stream`).then((answer) => answer.text());
    await new Promise((resolve) => setTimeout(resolve, 50));
    const began = performance.now();
    await door.leave(5_000);
    expect(performance.now() - began).toBeLessThan(1_000);
    expect(await inside).toContain('Stepping stones');
    expect(await stream).toBe('data: hello\n\n');
    await expect(fetch(`${home}/nl`)).rejects.toThrow();
  });

  test('does not wait for ever for who never ends', async () => {
    handler = (_request, response) => void response.writeHead(200).write('...');
    const never = fetch(`${home}/nl`, { headers: { cookie: 'a=1' } }).then((answer) => answer.text());
    never.catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const began = performance.now();
    await door.leave(200);
    expect(performance.now() - began).toBeLessThan(1_000);
    await expect(never).rejects.toThrow();
  });
});
