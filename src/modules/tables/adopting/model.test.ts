import { expect, test } from 'vitest';
import { mayAdopt, sideOf } from './model.ts';

test('a municipality is on the formal side, an initiative on the side of who lives it, a fund on neither', () => {
  const side = (
    kind: Parameters<typeof sideOf>[0]['kind'],
    ledBy: Parameters<typeof sideOf>[0]['ledBy'] = 'not-said',
  ) => sideOf({ kind, ledBy });
  expect([side('municipality'), side('initiative'), side('fund'), side('fund', 'refugee-led')]).toEqual([
    'formal',
    'lived',
    null,
    'lived',
  ]);
});

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
