import { expect, test } from 'vitest';
import { mayAdopt } from './model.ts';

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
