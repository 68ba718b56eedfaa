import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lists, parametersOf } from './model.ts';
import { parseList, parseOne } from './input.ts';

const ask = (query: string) => parseList(new URLSearchParams(query), 'services');
const wrong = (query: string) => {
  const asked = ask(query);
  return asked.ok ? [] : asked.errors.map(({ name }) => name).sort();
};

test('every wrong parameter is named at once', () => {
  expect(
    wrong(
      'page=0&per_page=1001&format=xml&modified_after=x&taxonomy_term_id=1&full=yes&postcode=1234&full_service=true',
    ),
  ).toEqual([
    'format',
    'full',
    'full_service',
    'modified_after',
    'page',
    'per_page',
    'postcode',
    'taxonomy_term_id',
  ]);
  expect(wrong('page=1&page=1&minimal=true&minimal=true')).toEqual(['minimal', 'page']);
  expect(wrong('minimal=true&full=true')).toEqual(['minimal']);
  expect(wrong('page=&per_page=&search=&modified_after=&full=&taxonomy_id=')).toEqual([]);
});

test.each([
  ['2026-11-21', '2026-11-21T00:00:00.000Z'],
  ['2026-11-21T10:00:00Z', '2026-11-21T10:00:00.000Z'],
  ['2026-11-21T10:00', '2026-11-21T10:00:00.000Z'],
  ['2026-11-21T10:00:00.123%2B01:00', '2026-11-21T09:00:00.123Z'],
  ['2026-11-21T10:00:00.123+01:00', '2026-11-21T09:00:00.123Z'],
  ['2026-11-21T10:00:00.123456Z', '2026-11-21T10:00:00.124Z'],
  ['2026-11-21T10:00:00.123000Z', '2026-11-21T10:00:00.123Z'],
])('the moment %s is read as %s', (given, read) => {
  const asked = ask(`modified_after=${given}`);
  expect(asked.ok && asked.value.modifiedAfter).toBe(read);
});

test.each([
  '2026-02-30',
  '2026-11-21T25:00',
  '21-11-2026',
  'yesterday',
  '1e9',
  '2026-11-21 10:00',
  '9999-01-01',
])('the moment %s does not exist', (given) =>
  expect(wrong(`modified_after=${given}`)).toEqual(['modified_after']),
);

test('one record takes no parameters, but that an organization tells its service in full', () => {
  for (const list of lists) {
    const asked = parseOne(list, 'x', new URLSearchParams('full=true&full_service=maybe'));
    expect(asked.ok ? [] : asked.errors.map(({ name }) => name)).toEqual(['full', 'full_service']);
  }
  expect(parseOne('organizations', 'X', new URLSearchParams('full_service=true'))).toEqual({
    ok: true,
    value: { list: 'organizations', key: 'x', fullService: true },
  });
});

test('whatever is asked, reading it ends in a wish or in reasons', () => {
  const names = [...new Set(Object.values(parametersOf).flat())];
  fc.assert(
    fc.property(
      fc.constantFrom(...lists),
      fc.array(
        fc.tuple(
          fc.oneof(fc.constantFrom(...names), fc.string({ unit: 'binary' })),
          fc.string({ unit: 'binary' }),
        ),
        { maxLength: 12 },
      ),
      (list, pairs) => {
        const asked = parseList(new URLSearchParams(pairs), list);
        if (asked.ok) expect(asked.value.page).toBeGreaterThan(0);
        else expect(asked.errors.length).toBeGreaterThan(0);
        expect(JSON.stringify(asked)).not.toMatch(/[\u0000-\u0008\u202a-\u202e\u2066-\u2069]/);
      },
    ),
    { numRuns: 1000 },
  );
});
