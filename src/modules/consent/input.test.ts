import { expect, test } from 'vitest';
import { parseSayings } from './input.ts';
import { nothingSaid } from './model.ts';

const today = '2026-11-22';
const formOf = (fields: readonly (readonly [string, string])[]) => {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  return form;
};
const read = (...fields: readonly (readonly [string, string])[]) => parseSayings(formOf(fields), today);

test('an empty form says nothing at all', () => {
  expect(read()).toEqual({ sayings: [], problems: [] });
});

test('a yes comes with its audience, name, photos, languages and last day', () => {
  const { sayings, problems } = read(
    ['read', 'network'],
    ['read.name', 'first'],
    ['read.image', 'yes'],
    ['read.languages', 'ar'],
    ['read.languages', 'nl'],
    ['read.until', '2027-01-01'],
  );
  expect(problems).toEqual([]);
  expect(sayings).toEqual([
    {
      use: 'read',
      verdict: 'given',
      audience: 'network',
      languages: ['ar', 'nl'],
      nameForm: 'first',
      withImage: true,
      withVoice: false,
      untilDay: '2027-01-01',
    },
  ]);
});

test.each([
  ['what nobody understands', 'maybe'],
  ['an audience that this use cannot have', 'table'],
  ['no', 'no'],
  ['nothing', ''],
])('%s is no', (_what, said) => {
  expect(read(['print', said], ['print.image', 'yes']).sayings).toEqual([nothingSaid('print')]);
});

test('asking each time is an answer of its own, and brings nothing along', () => {
  expect(read(['press', 'ask-me'], ['press.name', 'full'], ['press.image', 'yes']).sayings).toEqual([
    { ...nothingSaid('press'), verdict: 'ask-me' },
  ]);
});

test('a name is not taken along where nobody asked for one', () => {
  expect(read(['coding', 'public'], ['coding.name', 'full'], ['coding.voice', 'yes']).sayings).toMatchObject([
    { verdict: 'given', nameForm: 'none', withVoice: false },
  ]);
});

test.each([
  ['2026-02-30', 'until_wrong'],
  ['morgen', 'until_wrong'],
  [today, 'until_past'],
])('a last day of %s is not taken', (until, reason) => {
  expect(read(['read', 'public'], ['read.until', until]).problems).toEqual([{ field: 'read.until', reason }]);
});
