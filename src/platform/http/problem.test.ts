import { expect, test } from 'vitest';
import { accepts, apiVersion, toPrograms, hsdsVersion, openData, problem } from './problem.ts';

test.each([
  [null, true],
  ['', true],
  ['*/*', true],
  ['application/*', true],
  ['application/json', true],
  ['Application/JSON; charset=utf-8', true],
  ['text/html,application/xhtml+xml,*/*;q=0.8', true],
  ['text/html', false],
  ['application/xml, text/*', false],
  ['application/json;q=0', false],
  ['application/json; q=0, */*', false],
  ['*/*;q=0, application/json', true],
])('whoever accepts %s is answered with JSON: %s', (accept, taken) => {
  expect(accepts(accept, 'application/json; charset=utf-8')).toBe(taken);
});

test('what is not taken in the form that is there is refused, with the version of the doors that were asked', async () => {
  const refused = toPrograms('/hsds/3.0/services', 'text/html', openData({}));
  expect([refused.status, refused.headers.get('api-version')]).toEqual([406, hsdsVersion]);
  expect(refused.headers.get('content-type')).toContain('application/problem+json');
  expect(await refused.json()).toMatchObject({ status: 406, title: 'Not acceptable' });
  const answered = toPrograms('/data/v1/initiatives', null, openData({ a: 1 }));
  expect([answered.status, answered.headers.get('api-version')]).toEqual([200, apiVersion]);
  expect(await answered.json()).toEqual({ a: 1 });
});

test('a refusal is told in its own form, whatever was accepted', () => {
  expect(toPrograms('/data/v1/nowhere', 'text/csv', problem(404, 'Not found', 'x')).status).toBe(404);
});

test('a page is no open data and goes as it is', () => {
  const page = new Response('x', { headers: { 'content-type': 'text/html' } });
  expect(toPrograms('/nl/initiatives', 'application/json', page)).toBe(page);
  expect(page.headers.get('api-version')).toBeNull();
});
