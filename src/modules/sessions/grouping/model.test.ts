import { expect, test } from 'vitest';
import { parseLaying, parseName, parseSitting } from './input.ts';
import { heapsOf } from './model.ts';

const key = (at: number) => `0f0e0d0c-1111-4222-8333-44445555666${at}`;
const formOf = (fields: readonly (readonly [string, string])[]) => {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  return form;
};

test('every statement lies on one heap, or on none when its heap is gone', () => {
  const issues = [{ id: 'a', number: 1, title: { nl: 'Vervoer' }, language: 'nl' }];
  const said = [{ issue: 'a' }, { issue: null }, { issue: 'gone' }];
  expect(heapsOf(issues, said).map(({ issue, said: on }) => [issue?.number ?? 0, on.length])).toEqual([
    [0, 2],
    [1, 1],
  ]);
});

test('chosen statements go on a heap, off every heap, or on a new one; a new name wins', () => {
  const chosen = [
    ['statement', key(1)],
    ['statement', key(2)],
    ['statement', '<b>'],
  ] as const;
  expect(parseLaying(formOf([...chosen, ['issue', key(3)]]))).toMatchObject({
    value: { statements: [key(1), key(2)], on: { issue: key(3) } },
  });
  expect(parseLaying(formOf([...chosen, ['issue', 'none']]))).toMatchObject({ value: { on: null } });
  expect(
    parseLaying(formOf([...chosen, ['issue', key(3)], ['title', ' Eten  samen '], ['language', 'nl']])),
  ).toMatchObject({ value: { on: { named: { title: 'Eten samen', language: 'nl' } } } });
});

test('what is missing is told', () => {
  expect(parseLaying(formOf([['issue', key(3)]]))).toMatchObject({ reason: 'nothing_chosen' });
  expect(parseLaying(formOf([['statement', key(1)]]))).toMatchObject({ reason: 'nothing_chosen' });
  expect(parseName(formOf([['title', 'x'.repeat(81)]]))).toMatchObject({ reason: 'too_long' });
  expect(parseName(formOf([['title', 'x']]))).toMatchObject({ reason: 'no_language' });
  expect(parseSitting(formOf([['group', '2']]))).toMatchObject({ reason: 'not_here' });
  expect(
    parseSitting(
      formOf([
        ['who', key(1)],
        ['group', ''],
      ]),
    ),
  ).toMatchObject({ value: { number: null } });
});
