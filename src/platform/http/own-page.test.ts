import { expect, test } from 'vitest';
import { comesBare, comesFromOwnPage, readsForm } from './own-page.ts';

const home = 'https://steppingstones.example';
const ask = (method: string, headers: Record<string, string>) =>
  comesFromOwnPage({ method, headers: new Headers(headers) }, home);

test('whoever only looks may come from anywhere', () => {
  for (const method of ['GET', 'HEAD', 'OPTIONS'])
    expect(ask(method, { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' })).toBe(true);
});

test.each(['POST', 'PUT', 'PATCH', 'DELETE'])(
  'a %s is let through from a page of this house and from nowhere else',
  (method) => {
    expect(ask(method, { origin: home, 'sec-fetch-site': 'same-origin' })).toBe(true);
    expect(ask(method, { origin: home })).toBe(true);
    expect(ask(method, { origin: 'null', 'sec-fetch-site': 'same-origin' })).toBe(true);
    for (const forged of [
      {},
      { origin: '' },
      { origin: 'null' },
      { origin: 'null', 'sec-fetch-site': 'cross-site' },
      { origin: 'https://evil.example' },
      { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
      { origin: 'http://steppingstones.example' },
      { origin: 'https://steppingstones.example:8443' },
      { origin: 'https://steppingstones.example.evil.example' },
      { origin: 'https://evil.steppingstones.example', 'sec-fetch-site': 'same-site' },
      { origin: home, 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-origin' },
      { referer: `${home}/nl` },
    ] as Record<string, string>[])
      expect(ask(method, forged), JSON.stringify(forged)).toBe(false);
  },
);

test('a mail program that taps a link brings nothing; whatever has a cookie or is a browser does', () => {
  expect(comesBare({ headers: new Headers({ 'content-type': 'application/x-www-form-urlencoded' }) })).toBe(
    true,
  );
  for (const name of ['cookie', 'origin', 'sec-fetch-site', 'authorization'])
    expect(comesBare({ headers: new Headers({ [name]: 'x' }) }), name).toBe(false);
});

test('a body that says it is a form and cannot be read as one is refused, and any other is read as ever', async () => {
  const sent = (type: string, body: string) =>
    new Request('https://house.example/', { method: 'POST', headers: { 'content-type': type }, body });
  const otherwise = (): never => {
    throw new Error('not a form');
  };
  for (const [type, body] of [
    ['multipart/form-data', '--x\r\n'],
    ['multipart/form-data; boundary=x', 'a=1'],
    ['application/x-www-form-urlencoded', 'a=1%00'],
    ['application/x-www-form-urlencoded', 'a%00=1'],
    ['multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1'],
  ] as const) {
    const request = sent(type, body);
    readsForm(request, otherwise);
    await expect(request.formData(), body).rejects.toThrow('not a form');
  }
  const good = sent('application/x-www-form-urlencoded', 'a=1');
  readsForm(good, otherwise);
  expect((await good.formData()).get('a')).toBe('1');
});
