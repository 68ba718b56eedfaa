import { expect, test } from 'vitest';
import { doors } from '#doors';
import { parseWish } from '#modules/initiatives/input.ts';
import { parseAsOf, parseChainQuestion } from '#modules/initiatives/relations/input.ts';
import { parseQuestion, parseSince } from '#modules/initiatives/exchange/input.ts';
import { openApi } from '#modules/initiatives/exchange/openapi/model.ts';

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

const told = openApi('https://example.org');
// As a program reads it.
const { paths } = JSON.parse(JSON.stringify(told)) as { paths: Record<string, { get: Operation }> };

test('every door of the open data is described, and nothing else', () => {
  const open = Object.keys(doors).flatMap((door) =>
    door.startsWith('/data/v1/') ? [door.slice('/data/v1'.length)] : [],
  );
  expect(Object.keys(paths).sort()).toEqual(open.sort());
  for (const [path, ways] of Object.entries(paths)) expect(Object.keys(ways), path).toEqual(['get']);
});

test('every reference leads to a part of the description', () => {
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
  const names = Object.values(paths).map((path) => path.get.operationId);
  expect(new Set(names).size).toBe(names.length);
});

/** What a door says of a query, by the code that reads it; the names of the wrong parameters. */
const reads: Record<string, (query: URLSearchParams) => readonly string[]> = {
  '/initiatives': question,
  '/initiatives.geojson': question,
  '/initiatives.csv': question,
  '/changes': (query) => namesOf(parseSince(query)),
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
      expect(place).toBe('query');
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
