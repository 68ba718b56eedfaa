import { connect, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { logTo } from '../log.ts';
import { BodyCache } from './body-cache.ts';
import { frontDoor, type FrontDoor } from './server.ts';

let door: FrontDoor;
let port = 0;
let taken: number[] = [];

beforeEach(async () => {
  taken = [];
  door = frontDoor({
    handler: (request, response) => {
      let seen = 0;
      request.on('data', (chunk: Buffer) => (seen += chunk.length));
      request.on('end', () => {
        taken.push(seen);
        response.end('taken');
      });
    },
    log: logTo({ write: () => undefined }, 'fatal'),
    cache: new BodyCache(),
    trustProxy: false,
    limits: { address: 100, body: 1_000, larger: [{ path: /^\/nl\/photo$/, body: 50_000 }] },
    mostLarge: 2,
    pace: { still: 500, whole: 10_000 },
    tooLarge: (address) => (address.startsWith('/nl/') ? '<!doctype html><p>Te groot' : null),
  });
  await new Promise<void>((resolve) => door.server.listen(0, '127.0.0.1', resolve));
  port = (door.server.address() as AddressInfo).port;
});
afterEach(async () => {
  door.cut();
  await door.leave(100);
});

const head = (path: string, ...lines: string[]) =>
  Buffer.from([`POST ${path} HTTP/1.1`, 'Host: house', 'Connection: close', ...lines, '', ''].join('\r\n'));

/** Sends parts after each other, and answers all that was said and after how many milliseconds. */
function say(parts: readonly Buffer[], pause = 0): Promise<{ told: string; ms: number }> {
  const began = performance.now();
  return new Promise((resolve) => {
    let told = '';
    const socket = connect(port, '127.0.0.1');
    const send = async () => {
      for (const part of parts) {
        if (socket.destroyed) return;
        socket.write(part);
        if (pause > 0) await new Promise((done) => setTimeout(done, pause));
      }
    };
    socket.once('connect', () => void send());
    socket.on('data', (chunk) => (told += String(chunk)));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve({ told, ms: performance.now() - began }));
  });
}

test('a door for files takes more than another, and both say no in the language of the page', async () => {
  const large = Buffer.alloc(40_000, 1);
  const sent = async (path: string, body: Buffer) =>
    (await say([head(path, `Content-Length: ${body.length}`), body])).told;
  expect(await sent('/nl/photo', large)).toContain('taken');
  expect(await sent('/nl/other', large)).toMatch(/^HTTP\/1\.1 413 [\s\S]*text\/html[\s\S]*Te groot$/);
  expect(await sent('/nl/photo', Buffer.alloc(60_000))).toMatch(/^HTTP\/1\.1 413 [\s\S]*Te groot$/);
  expect(taken).toEqual([40_000]);
});

test('what is too large is taken in and thrown away, so that a browser gets to read why', async () => {
  const body = Buffer.alloc(3_000_000, 1);
  const { told } = await say(
    [head('/nl/photo', 'Content-Length: 3000000'), body.subarray(0, 10), body.subarray(10)],
    20,
  );
  expect(told).toContain('Te groot');
  expect(taken).toEqual([]);
});

test('a body in pieces is cut off where it is too large, and is told so', async () => {
  const chunk = Buffer.from(`1000\r\n${'x'.repeat(4_096)}\r\n`);
  const { told } = await say(
    [head('/nl/photo', 'Transfer-Encoding: chunked'), ...Array<Buffer>(20).fill(chunk)],
    5,
  );
  expect(told).toMatch(/^HTTP\/1\.1 413 /);
  expect(taken).toEqual([]);
});

test('a body that trickles is cut off, and one that only takes its time is not', async () => {
  const drip = Array<Buffer>(40).fill(Buffer.from('x'));
  const slow = await say([head('/nl/photo', 'Content-Length: 40000'), ...drip], 50);
  expect(slow.told).toMatch(/^HTTP\/1\.1 408 /);
  expect(slow.ms).toBeLessThan(3_000);
  const steady = Array<Buffer>(8).fill(Buffer.alloc(5_000, 1));
  expect((await say([head('/nl/photo', 'Content-Length: 40000'), ...steady], 60)).told).toContain('taken');
});

test('no more large bodies come in at once than there is room for; small ones still do', async () => {
  const half = [head('/nl/photo', 'Content-Length: 40000'), Buffer.alloc(30_000)];
  const both = [say([...half, Buffer.alloc(10_000)], 100), say([...half, Buffer.alloc(10_000)], 100)];
  await new Promise((done) => setTimeout(done, 60));
  expect((await say([head('/nl/photo', 'Content-Length: 40000')])).told).toMatch(
    /^HTTP\/1\.1 503 [\s\S]*retry-after/i,
  );
  expect((await say([head('/nl/photo', 'Content-Length: 2'), Buffer.from('ok')])).told).toContain('taken');
  expect((await Promise.all(both)).every(({ told }) => told.includes('taken'))).toBe(true);
});
