import { describe, expect, test } from 'vitest';
import { ownFrontDoor, words } from '../../../tests/support/front-door.ts';

const street = ownFrontDoor();

describe('public pages', () => {
  test('are rendered once and then given to everyone, compressed, until the data changes', async () => {
    const first = await fetch(`${street.home}/nl`, { headers: { 'accept-encoding': 'gzip, br' } });
    expect(first.headers.get('content-encoding')).toBe('br');
    expect(await first.text()).toBe(`${words}1`);
    expect(await (await fetch(`${street.home}/nl`)).text()).toBe(`${words}1`);
    street.cache.letGo();
    expect(await (await fetch(`${street.home}/nl`)).text()).toBe(`${words}2`);
  });

  test('are not sent again to who already has them', async () => {
    const first = await fetch(`${street.home}/nl`);
    const tag = first.headers.get('etag') ?? '';
    const again = await fetch(`${street.home}/nl`, { headers: { 'if-none-match': tag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    street.cache.letGo();
    expect((await fetch(`${street.home}/nl`, { headers: { 'if-none-match': tag } })).status).toBe(200);
  });

  test('are rendered once when many ask at the same moment', async () => {
    street.handler = (request, response) =>
      setTimeout(() => street.publicPage(request, response, () => undefined), 50);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => fetch(`${street.home}/nl`).then((answer) => answer.text())),
    );
    expect(new Set(answers)).toEqual(new Set([`${words}1`]));
    expect(street.rendered).toBe(1);
  });

  test('that were being street.rendered during a change are shown to who waited, and to nobody after', async () => {
    street.handler = (request, response) =>
      setTimeout(() => street.publicPage(request, response, () => undefined), 80);
    const waiting = fetch(`${street.home}/nl`).then((answer) => answer.text());
    await new Promise((resolve) => setTimeout(resolve, 30));
    street.cache.letGo();
    const after = await fetch(`${street.home}/nl`).then((answer) => answer.text());
    expect(new Set([await waiting, after]).size).toBe(2);
    expect(await fetch(`${street.home}/nl`).then((answer) => answer.text())).toBe(after);
  });

  test('answer HEAD with the same headers and no body', async () => {
    const whole = await fetch(`${street.home}/nl`);
    await whole.text();
    const head = await fetch(`${street.home}/nl`, { method: 'HEAD' });
    expect(head.headers.get('etag')).toBe(whole.headers.get('etag'));
    expect(await head.text()).toBe('');
  });

  test('with a cookie for the visitor, or that do not call themselves public, are never kept or compressed', async () => {
    street.handler = (_request, response) =>
      void (
        street.rendered++,
        response.setHeader('set-cookie', 'a=1'),
        response.setHeader('x-keep', 'page'),
        response.writeHead(200).end(words)
      );
    await fetch(`${street.home}/nl`);
    expect((await fetch(`${street.home}/nl`)).headers.get('content-encoding')).toBeNull();
    street.handler = (_request, response) =>
      void (
        street.rendered++,
        response.setHeader('content-type', 'text/html'),
        response.writeHead(200).end(words)
      );
    await fetch(`${street.home}/ar`);
    expect((await fetch(`${street.home}/ar`)).headers.get('content-encoding')).toBeNull();
    expect(street.rendered).toBe(4);
  });

  test('that break halfway do not keep the next visitor waiting', async () => {
    street.handler = (_request, response) => void response.destroy();
    await expect(fetch(`${street.home}/nl`)).rejects.toThrow();
    street.handler = street.publicPage;
    expect((await fetch(`${street.home}/nl`)).status).toBe(200);
  });
});
