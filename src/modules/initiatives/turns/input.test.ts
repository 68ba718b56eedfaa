import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseTurn, typedIn } from './input.ts';
import { turnKinds } from './model.ts';
import { typedFor } from './testing.ts';

const form = (fields: Readonly<Record<string, string>>) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return data;
};

test.each(turnKinds)('%s: what its form asks is enough to tell it', (kind) => {
  expect(parseTurn(kind, typedIn(form(typedFor[kind])))).toMatchObject({ problems: [], asked: { kind } });
});

describe('what is missing is told, each with its field', () => {
  test.each([
    ['renamed', {}, ['name']],
    ['moved', {}, ['place']],
    ['changed', {}, ['words']],
    ['split', {}, ['other-0', 'goesOn']],
    ['merged', {}, ['other-0', 'into']],
    ['merged', { 'other-0': 'A', into: 'new' }, ['name']],
    ['merged', { 'other-0': 'A', 'other-1': 'B', into: 'them' }, ['other-1']],
    ['award', { 'when-day': '3', source: 'javascript:alert(7)' }, ['when-year', 'source']],
    [
      'award',
      { words: 'x'.repeat(2_001), source: `https://a.example/${'x'.repeat(600)}` },
      ['words', 'source'],
    ],
  ] as const)('%s %o', (kind, typed, fields) => {
    const { asked, problems } = parseTurn(kind, typedIn(form(typed)));
    expect(asked).toBeNull();
    expect(problems.map(({ field }) => field).toSorted()).toEqual([...fields].toSorted());
  });

  test('who had part in it is not asked again when it is told anew', () => {
    expect(parseTurn('split', {}, true).problems).toEqual([]);
  });
});

test('whatever is posted, reading it ends in a turn or in reasons, and nothing unseen is kept', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom('yes', 'us', '2019', 'new', '\u202eevil'),
  );
  const anyForm = fc.dictionary(
    fc.oneof(
      fc.constantFrom(
        'words',
        'other-0',
        'which-0',
        'into',
        'goesOn',
        'name',
        'when-year',
        'source',
        'language',
      ),
      fc.string(),
    ),
    anyText,
    { maxKeys: 12 },
  );
  fc.assert(
    fc.property(fc.constantFrom(...turnKinds), anyForm, (kind, fields) => {
      const typed = typedIn(form(fields));
      expect(Object.values(typed).join('')).not.toMatch(/[\u0000-\u0008\u202a-\u202e\u2066-\u2069]/);
      const { asked, problems } = parseTurn(kind, typed);
      expect((asked === null) === problems.length > 0).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});
