import { expect, test } from 'vitest';
import { unlessUnchanged } from './unchanged.ts';

const updated = new Date('2026-11-22T10:00:00.700Z');
const ask = (headers: Record<string, string> = {}, body = 'news') =>
  unlessUnchanged(
    new Request('http://h/feed', { headers }),
    new Response(body, { headers: { 'content-type': 'text/plain', 'cache-control': 'public' } }),
    updated,
  );

test('who has the news already is told so without a body, by its tag or by its moment', async () => {
  const first = await ask();
  const etag = first.headers.get('etag') ?? '';
  expect([first.status, first.headers.get('last-modified')]).toEqual([200, 'Sun, 22 Nov 2026 10:00:00 GMT']);
  expect(await first.text()).toBe('news');
  for (const headers of [
    { 'if-none-match': etag },
    { 'if-none-match': `W/${etag}` },
    { 'if-modified-since': 'Sun, 22 Nov 2026 10:00:00 GMT' },
  ]) {
    const again = await ask(headers);
    expect([again.status, await again.text(), again.headers.get('cache-control')]).toEqual([
      304,
      '',
      'public',
    ]);
  }
});

test('a tag counts before a moment, and what changed is sent whole', async () => {
  const old = { 'if-none-match': '"another"', 'if-modified-since': 'Sun, 22 Nov 2026 11:00:00 GMT' };
  expect((await ask(old)).status).toBe(200);
  expect((await ask({ 'if-modified-since': 'Sun, 22 Nov 2026 09:59:59 GMT' })).status).toBe(200);
  expect((await ask({ 'if-modified-since': 'yesterday' })).status).toBe(200);
  const etag = (await ask()).headers.get('etag') ?? '';
  expect((await ask({ 'if-none-match': etag }, 'more news')).status).toBe(200);
});
