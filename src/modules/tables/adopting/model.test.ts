import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { lyingStates, mayAdopt } from './model.ts';

test('a word is adopted by two hands, one of each side, after it was discussed', () => {
  const [hall, group] = [
    { side: 'formal', by: 'wim' },
    { side: 'lived', by: 'selam' },
  ] as const;
  expect(mayAdopt(true, [hall, group]).ok).toBe(true);
  expect(mayAdopt(false, [hall, group])).toMatchObject({ reason: 'not_discussed' });
  expect(mayAdopt(true, [hall])).toMatchObject({ reason: 'one_side' });
  expect(mayAdopt(true, [hall, { side: 'lived', by: 'wim' }])).toMatchObject({ reason: 'one_side' });
});

test('a word lies on a table in the states that docs/states/word.md draws, and in no other', async () => {
  const page = await readFile('docs/states/word.md', 'utf8');
  const [, drawing = ''] = /can lie on a table([\s\S]+)/.exec(page) ?? [];
  const drawn = [...drawing.matchAll(/--> ([a-z_]+):/g)].map(([, to = '']) => to.replace('_', '-'));
  expect([...new Set(drawn)].toSorted()).toEqual(lyingStates.toSorted());
});
