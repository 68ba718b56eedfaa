import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import {
  BodyCache,
  encodingFor,
  isAnonymous,
  isUnchanged,
  keyOf,
  KeptPage,
  type Packed,
} from './body-cache.ts';

const text = '<p>Een taalcafé in Arnhem</p>'.repeat(200);
const aPage = (body = text, headers: Record<string, string> = { 'content-type': 'text/html' }) =>
  new KeptPage(
    { headers, body: Buffer.from(body), route: '/[[lang=language]]/initiatives' },
    '/nl/initiatives',
  );
const asked = (url: string, headers: Record<string, string> = {}) => ({
  method: 'GET',
  url,
  headers: { host: 'here.test', ...headers },
});
const named = (packed: Packed) =>
  Object.fromEntries(
    Array.from({ length: packed.headers.length / 2 }, (_, at) => packed.headers.slice(at * 2, at * 2 + 2)),
  );

describe('who shares a kept page', () => {
  test('someone with a cookie, a password or a wish for a part is never answered from the kept pages', () => {
    expect(isAnonymous(asked('/nl'))).toBe(true);
    for (const header of ['cookie', 'authorization', 'range'])
      expect(isAnonymous(asked('/nl', { [header]: 'x' }))).toBe(false);
    expect(isAnonymous({ ...asked('/nl'), method: 'POST' })).toBe(false);
  });

  test('the order of the questions does not matter, their values do', () => {
    expect(keyOf(asked('/nl/initiatives?near=Ede&q=taal'), 'http')).toBe(
      keyOf(asked('/nl/initiatives?q=taal&near=Ede'), 'http'),
    );
    expect(keyOf(asked('/nl/initiatives?q=taal'), 'http')).not.toBe(
      keyOf(asked('/nl/initiatives?q=werk'), 'http'),
    );
  });

  test('a question no page answers makes an address that is not kept', () => {
    expect(keyOf(asked('/nl/initiatives?q=taal&noise=1'), 'http')).toBeNull();
    expect(keyOf(asked(`/nl?${'q=a&'.repeat(40)}`), 'http')).toBeNull();
  });

  test('hosts, schemes and kinds of answer do not get each other’s pages', () => {
    const plain = keyOf(asked('/nl'), 'http');
    expect(keyOf(asked('/nl', { host: 'elsewhere.test' }), 'http')).not.toBe(plain);
    expect(keyOf(asked('/nl'), 'https')).not.toBe(plain);
    expect(keyOf(asked('/nl', { accept: 'application/json' }), 'http')).not.toBe(plain);
  });

  test('where the address names no language, the languages of the visitor count; where it does, they do not', () => {
    const inArabic = { 'accept-language': 'ar' };
    expect(keyOf(asked('/initiatives', inArabic), 'http')).not.toBe(keyOf(asked('/initiatives'), 'http'));
    expect(keyOf(asked('/nl/initiatives', inArabic), 'http')).toBe(keyOf(asked('/nl/initiatives'), 'http'));
  });
});

describe('how long a page is kept', () => {
  test('nothing is kept while nobody would tell us of a change', () => {
    const cache = new BodyCache();
    expect(cache.keep('a', aPage(), cache.since())).toBe(false);
    cache.open();
    expect(cache.keep('a', aPage(), cache.since())).toBe(true);
    expect(cache.find('a')).toBeDefined();
    cache.shut();
    expect(cache.find('a')).toBeUndefined();
    expect(cache.keep('a', aPage(), cache.since())).toBe(false);
  });

  test('a page that was being rendered while the data changed is not kept', () => {
    const cache = new BodyCache();
    cache.open();
    const since = cache.since();
    cache.letGo();
    expect(cache.keep('a', aPage(), since)).toBe(false);
    expect(cache.find('a')).toBeUndefined();
  });

  test('a page of yesterday does not outlive a minute', () => {
    let now = 1_000;
    const cache = new BodyCache({ bytes: 1e6, lifetime: 60_000, now: () => now });
    cache.open();
    cache.keep('a', aPage(), cache.since());
    now += 59_000;
    expect(cache.find('a')).toBeDefined();
    now += 2_000;
    expect(cache.find('a')).toBeUndefined();
  });

  test('when room runs out, the page nobody asked for longest goes first', () => {
    const one = aPage('x'.repeat(1_000));
    const cache = new BodyCache({ bytes: one.size * 10, lifetime: 60_000 });
    cache.open();
    for (let at = 0; at < 10; at++) cache.keep(`page ${at}`, aPage('x'.repeat(1_000)), cache.since());
    cache.find('page 0');
    cache.keep('one more', aPage('x'.repeat(1_000)), cache.since());
    expect(cache.find('page 1')).toBeUndefined();
    expect(cache.find('page 0')).toBeDefined();
    expect(cache.find('one more')).toBeDefined();
  });

  test('one page may not push all others out', () => {
    const cache = new BodyCache({ bytes: 40_000, lifetime: 60_000 });
    cache.open();
    expect(cache.keep('huge', aPage('x'.repeat(30_000)), cache.since())).toBe(false);
  });
});

describe('how a page is sent', () => {
  test('compressed forms hold the same text and have tags of their own', async () => {
    const page = aPage();
    const [plain, br, gz] = [
      await page.packedFor(undefined),
      await page.packedFor('br, gzip'),
      await page.packedFor('gzip'),
    ];
    expect(plain.body.toString()).toBe(text);
    expect(brotliDecompressSync(br.body).toString()).toBe(text);
    expect(gunzipSync(gz.body).toString()).toBe(text);
    expect(new Set([plain.etag, br.etag, gz.etag]).size).toBe(3);
    expect(named(br)).toMatchObject({
      'content-encoding': 'br',
      'content-length': String(br.body.byteLength),
    });
    expect(named(br).vary).toContain('accept-encoding');
    expect(page.packedFor('br, gzip')).toBe(br);
  });

  test('the encoding a browser refuses is not sent', () => {
    expect(encodingFor('gzip, deflate, br')).toBe('br');
    expect(encodingFor('br;q=0, gzip')).toBe('gzip');
    expect(encodingFor('gzip;q=1, br;q=0.1')).toBe('gzip');
    expect(encodingFor('*')).toBe('br');
    expect(encodingFor('identity')).toBe('identity');
    expect(encodingFor(undefined)).toBe('identity');
  });

  test('a picture is not compressed again', async () => {
    const packed = await aPage('x'.repeat(2_000), { 'content-type': 'image/avif' }).packedFor('br');
    expect(named(packed)).not.toHaveProperty('content-encoding');
  });

  test('tags are compared weakly', () => {
    expect(isUnchanged('W/"a", "b"', '"a"')).toBe(true);
    expect(isUnchanged('*', '"a"')).toBe(true);
    expect(isUnchanged('"c"', '"a"')).toBe(false);
    expect(isUnchanged(undefined, '"a"')).toBe(false);
  });
});

test('a program that takes only pages is not given what a browser was told', () => {
  const asked = (url: string, accept: string) =>
    keyOf({ url, headers: { host: 'stones.example', accept } }, 'https');
  const browser = 'text/html,application/xhtml+xml,*/*;q=0.8';
  expect(asked('/hsds/3.0/services', 'text/html')).not.toBe(asked('/hsds/3.0/services', browser));
  expect(asked('/nl/initiatives', 'text/html')).toBe(asked('/nl/initiatives', browser));
});
