import { createServer, request as ask } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { bodyLimit, boundBody, refusalOf } from './request.ts';

const limits = { address: 100, body: 1_000, larger: [{ path: /^\/nl\/files$/, body: 20 * 1_048_576 }] };
const sent = (url: string, length: number) => ({
  method: 'POST',
  url,
  headers: { host: 'localhost', 'content-length': String(length) },
});

test('one path may take a larger body, and says in plain words what is too large for it', () => {
  expect(refusalOf(sent('/nl/files', 5_000_000), limits)).toBeNull();
  expect(refusalOf(sent('/nl/files?/bring', 5_000_000), limits)).toBeNull();
  expect(refusalOf(sent('/nl/files', 30_000_000), limits)).toEqual({
    status: 413,
    detail: 'The file is larger than 20 MB; divide it over more files.',
  });
  for (const other of ['/nl/files/', '/nl/filesystem', '/x/nl/files', '/nl?a=/nl/files'])
    expect(refusalOf(sent(other, 1_001), limits)?.status, other).toBe(413);
});

test('a body that does not say how long it is ends where its path ends', async () => {
  const read: number[] = [];
  const server = createServer((request, response) => {
    boundBody(request, bodyLimit(request, limits));
    let seen = 0;
    request.on('data', (chunk: Buffer) => (seen += chunk.length));
    request.on('error', () => undefined);
    request.on('end', () => response.end('taken'));
    request.on('close', () => read.push(seen));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const answer = (path: string, chunks: number) =>
    new Promise<string>((resolve) => {
      const asked = ask(
        { port, path, method: 'POST', headers: { 'transfer-encoding': 'chunked' } },
        (response) => {
          response.on('data', (chunk) => resolve(String(chunk)));
        },
      );
      asked.on('error', () => resolve('cut off'));
      for (let each = 0; each < chunks; each++) asked.write(Buffer.alloc(400));
      asked.end();
    });
  expect(await answer('/nl', 2)).toBe('taken');
  expect(await answer('/nl', 10)).toBe('cut off');
  expect(await answer('/nl/files', 10)).toBe('taken');
  expect(Math.max(...read.slice(0, 2))).toBeLessThanOrEqual(1_000);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
