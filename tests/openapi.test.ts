import { expect, test } from 'vitest';
import { doors } from '#doors';
import { parseWish } from '#modules/initiatives/input.ts';
import { parseNewsQuestion } from '#modules/publications/reading/input.ts';
import { parseAsOf, parseChainQuestion } from '#modules/initiatives/relations/input.ts';
import { parseNothing, parseQuestion, parseSince } from '#modules/initiatives/exchange/input.ts';
import { parseNews } from '#modules/initiatives/following/input.ts';
import { openApi } from '#modules/initiatives/exchange/openapi/model.ts';
import { lists, parametersOf } from '#modules/initiatives/hsds/model.ts';
import { parseList } from '#modules/initiatives/hsds/input.ts';
import { hsdsOpenApi } from '#modules/initiatives/hsds/openapi/model.ts';

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly schema: {
    readonly enum?: readonly string[];
    readonly items?: { readonly enum?: readonly string[] };
  };
}
interface Operation {
  readonly operationId: string;
  readonly parameters: readonly Parameter[];
  readonly responses: Readonly<Record<string, unknown>>;
}

const house = { origin: 'https://example.org', mail: 'info@example.org' };
const descriptions = { '/data/v1': openApi(house), '/hsds/3.0': hsdsOpenApi(house) };
/** As a program reads it. */
const read = (told: object) =>
  (JSON.parse(JSON.stringify(told)) as { paths: Record<string, { get: Operation }> }).paths;
const paths = read(descriptions['/data/v1']);
const hsds = read(descriptions['/hsds/3.0']);

/** What the addresses of a door are, as a description writes them: its lists one by one, its words in braces. */
function addressesOf(door: string): string[] {
  const found = door.includes('[list=hsds]')
    ? lists.map((list) => door.replace('[list=hsds]', list))
    : [door];
  return found.map((address) => address.replaceAll(/\[(\w+)\]/g, '{$1}') || '/');
}

test.each(['/data/v1', '/hsds/3.0'] as const)(
  'every door under %s is described, and nothing else',
  (root) => {
    const open = Object.keys(doors).flatMap((door) =>
      door === root ? ['/'] : door.startsWith(`${root}/`) ? addressesOf(door.slice(root.length)) : [],
    );
    expect(open.length).toBeGreaterThan(9);
    const told = read(descriptions[root]);
    expect(Object.keys(told).sort()).toEqual(open.sort());
    for (const [path, ways] of Object.entries(told)) expect(Object.keys(ways), path).toEqual(['get']);
  },
);

test.each(Object.values(descriptions))('every reference leads to a part of the description', (told) => {
  const references = [...JSON.stringify(told).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
    (match) => match[1] ?? '',
  );
  expect(references.length).toBeGreaterThan(3);
  for (const reference of references) {
    const part = reference
      .split('/')
      .reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], told);
    expect(part, reference).toBeTypeOf('object');
  }
});

test('operations have names of their own', () => {
  for (const told of [paths, hsds]) {
    const names = Object.values(told).map((path) => path.get.operationId);
    expect(new Set(names).size).toBe(names.length);
  }
});

/** What a door says of a query, by the code that reads it; the names of the wrong parameters. */
const reads: Record<string, (query: URLSearchParams) => readonly string[]> = {
  '/initiatives/{slug}': (query) => namesOf(parseNothing(query)),
  '/initiatives': question,
  '/initiatives.geojson': question,
  '/initiatives.csv': question,
  '/changes': (query) => namesOf(parseSince(query)),
  '/changes.atom': (query) => namesOf(parseNews(query)),
  '/changes.json': (query) => namesOf(parseNews(query)),
  '/publications.atom': (query) => namesOf(parseNewsQuestion(query)),
  '/publications.json': (query) => namesOf(parseNewsQuestion(query)),
  '/network.gexf': (query) => namesOf(parseAsOf(query)),
  '/network.graphml': (query) => namesOf(parseAsOf(query)),
  '/chains': (query) => namesOf(parseChainQuestion(query)),
};
function question(query: URLSearchParams): readonly string[] {
  return namesOf(parseQuestion(query, '2026-11-21'));
}
function namesOf(read: { ok: true } | { ok: false; errors: readonly { name: string }[] }): readonly string[] {
  return read.ok ? [] : read.errors.map((error) => error.name);
}

test('every parameter that a door reads is described, and every described one is read', () => {
  const { problems } = parseWish(new URLSearchParams('strange=1'), '2026-11-21');
  const known = (problems[0]?.expected ?? '').replace('one of ', '').split(', ').sort();
  for (const path of ['/initiatives', '/initiatives.geojson', '/initiatives.csv'])
    expect(paths[path]?.get.parameters.map((parameter) => parameter.name).sort(), path).toEqual(known);
  for (const [path, read] of Object.entries(reads)) {
    for (const { name, in: place } of paths[path]?.get.parameters ?? []) {
      if (place === 'path') continue;
      // A parameter that is read can be given wrongly.
      const given = name === 'q' ? '\u202e' : name === 'near' ? '\u202e' : '?';
      expect(read(new URLSearchParams([[name, given]])), `${path} ${name}`).toContain(name);
    }
  }
});

test('every choice that is described is taken', () => {
  for (const [path, read] of Object.entries(reads)) {
    for (const { name, schema } of paths[path]?.get.parameters ?? []) {
      for (const choice of schema.enum ?? schema.items?.enum ?? [])
        expect(read(new URLSearchParams([[name, choice]])), `${path} ${name}=${choice}`).not.toContain(name);
    }
  }
});

test('a door that can refuse says how', () => {
  for (const path of Object.keys(reads)) expect(paths[path]?.get.responses, path).toHaveProperty('400');
  expect(paths['/chains']?.get.responses).toHaveProperty('404');
});

test('every parameter of a list of HSDS is described, and every described one is read', () => {
  for (const list of lists) {
    const described = hsds[`/${list}`]?.get.parameters.map(({ name }) => name) ?? [];
    expect(described).toEqual(parametersOf[list]);
    for (const name of described) {
      // A parameter that is read can be given wrongly; one that is not read is refused.
      const wrong = namesOf(parseList(new URLSearchParams([[name, '\u202e']]), list));
      expect(wrong, `${list} ${name}`).toEqual([name]);
      expect(namesOf(parseList(new URLSearchParams([[`${name}s`, '1']]), list))).toEqual([`${name}s`]);
    }
    for (const { name, schema } of hsds[`/${list}`]?.get.parameters ?? [])
      for (const choice of schema.enum ?? [])
        expect(namesOf(parseList(new URLSearchParams([[name, choice]]), list))).toEqual([]);
  }
});

test('whatever is no answer of one record of HSDS is told as absent or wrong', () => {
  for (const list of lists) {
    expect(Object.keys(hsds[`/${list}`]?.get.responses ?? {})).toEqual(['200', '400', '406']);
    expect(Object.keys(hsds[`/${list}/{id}`]?.get.responses ?? {})).toEqual(['200', '400', '404', '406']);
  }
});
