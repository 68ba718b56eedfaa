import { describe, expect, test } from 'vitest';
import { apiVersion, hsdsVersion } from '../../src/platform/http/problem.ts';
import { ask, home } from '../support/hostile.ts';
import { hsdsJudge } from '../support/hsds-schemas.ts';

const judge = hsdsJudge();
const schemas = {
  organizations: ['compiled/organization_list.json', 'organization.json'],
  services: ['compiled/service_list.json', 'service.json'],
  service_at_locations: ['compiled/service_at_location_list.json', 'service_at_location.json'],
  locations: ['location.json', 'location.json'],
  taxonomies: ['taxonomy.json', 'taxonomy.json'],
  taxonomy_terms: ['taxonomy_term.json', 'taxonomy_term.json'],
} as const;
type List = keyof typeof schemas;
const lists = Object.keys(schemas) as List[];

interface Page {
  readonly total_items: number;
  readonly total_pages: number;
  readonly contents: readonly { readonly id: string }[];
}
async function told<Body>(path: string): Promise<Body> {
  const { status, headers, body } = await ask(path, 'GET', { accept: 'application/json' });
  expect([path, status]).toEqual([path, 200]);
  expect(headers['api-version']).toBe(hsdsVersion);
  expect(headers['access-control-allow-origin']).toBe('*');
  return JSON.parse(body) as Body;
}

describe.skipIf(judge === null)('whoever asks the house in the words of HSDS', () => {
  test.each(lists)(
    'walks through every page of %s, and each record is valid in the list and by itself',
    async (list) => {
      const [listed, whole] = schemas[list];
      const wrongs: string[] = [];
      const seen = new Set<string>();
      let page = await told<Page>(`/hsds/3.0/${list}?per_page=60`);
      for (let at = 1; at <= page.total_pages; at++) {
        page = await told<Page>(`/hsds/3.0/${list}?per_page=60&page=${at}`);
        for (const record of page.contents) {
          seen.add(record.id);
          wrongs.push(...(judge?.(listed, record) ?? []));
          // Every tenth by its own address; all of them in a list told in full.
          if (seen.size % 10 === 0)
            wrongs.push(...(judge?.(whole, await told(`/hsds/3.0/${list}/${record.id}`)) ?? []));
        }
      }
      expect(wrongs).toEqual([]);
      expect(seen.size).toBe(page.total_items);
      if (list.startsWith('taxonom')) return;
      const { contents } = await told<Page>(`/hsds/3.0/${list}?full=true&per_page=1000`);
      expect(contents.flatMap((record) => judge?.(whole, record) ?? [])).toEqual([]);
      expect(contents.length).toBe(page.total_items);
    },
  );

  test('learns at the root which version it is and where it is described', async () => {
    const details = await told<{ version: string; openapi_url: string }>('/hsds/3.0');
    expect(details.version).toBe('3.0');
    expect(details.openapi_url).toBe(`${home.origin}/hsds/3.0/openapi.json`);
    expect(await told(new URL(details.openapi_url).pathname)).toMatchObject({ openapi: '3.1.0' });
  });
});

const service = '/hsds/3.0/services';
test.each([
  [400, 'GET', `${service}?page=0&full=maybe&x=1`, { accept: '*/*' }, ['x', 'page', 'full']],
  [400, 'GET', '/data/v1/initiatives/takecarebnb?full=true', {}, ['full']],
  [404, 'GET', `${service}/00000000-0000-5000-8000-000000000000`, {}, []],
  [404, 'GET', `${service}/x`, {}, []],
  [404, 'GET', '/hsds/3.0/programs', {}, []],
  [404, 'GET', '/hsds/2.0/services', {}, []],
  [404, 'GET', `${service}/`, {}, []],
  [404, 'GET', '/data/v1/initiatives/nobody-by-this-name', {}, []],
  [404, 'GET', '/data/v1/initiatives/', {}, []],
  [405, 'DELETE', service, { origin: home.origin }, []],
  [405, 'PUT', '/data/v1/initiatives', { origin: home.origin }, []],
  [406, 'GET', service, { accept: 'text/html' }, []],
  [406, 'GET', '/data/v1/initiatives.csv', { accept: 'application/json' }, []],
] as const)(
  'a refusal %i of %s %s is a problem that a program can read',
  async (status, method, path, headers, names) => {
    const answer = await ask(path, method, { ...headers });
    expect([answer.status, answer.headers['content-type']?.toString().split(';')[0]]).toEqual([
      status,
      'application/problem+json',
    ]);
    expect(answer.headers['api-version']).toBe(path.startsWith('/hsds') ? hsdsVersion : apiVersion);
    const body = JSON.parse(answer.body) as {
      status: number;
      title: string;
      detail: string;
      errors?: { name: string }[];
    };
    expect(body).toMatchObject({
      status,
      title: expect.any(String) as string,
      detail: expect.any(String) as string,
    });
    expect(body.errors?.map(({ name }) => name) ?? []).toEqual(names);
    if (status === 405) expect(answer.headers.allow).toBe('GET');
  },
);

test('an answer that did not change is not sent again, and the last slash of a root leads to it', async () => {
  const first = await ask(service);
  const tag = String(first.headers.etag);
  expect((await ask(service, 'GET', { 'if-none-match': tag })).status).toBe(304);
  expect((await ask(service, 'HEAD')).body).toBe('');
  for (const root of ['/hsds/3.0', '/data/v1']) {
    const led = await ask(`${root}/`);
    const to = new URL(String(led.headers.location), `${home.origin}${root}/`).pathname;
    expect([led.status, to]).toEqual([308, root]);
  }
});

test('one entry is told whole, with who said that it is right and what each voice says of its relations', async () => {
  const { body, headers } = await ask('/data/v1/initiatives/takecarebnb');
  expect(headers['api-version']).toBe(apiVersion);
  const entry = JSON.parse(body) as {
    periods: unknown[];
    events: unknown[];
    relations: { voices: unknown[] }[];
  };
  expect(entry).toMatchObject({
    slug: 'takecarebnb',
    freshness: 'never-confirmed',
    keptBack: {},
    confirmedOn: null,
  });
  for (const part of [entry.periods, entry.events, entry.relations]) expect(part.length).toBeGreaterThan(0);
  for (const { voices } of entry.relations) expect(voices.length).toBeGreaterThan(0);
});
