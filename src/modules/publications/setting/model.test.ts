import { expect, test } from 'vitest';
import { atHome } from './model.ts';
import { aBookToSet, aFigure, anArticleToSet } from './testing.ts';

test('on paper an address of the house names the house, and one from elsewhere stays as it is', () => {
  const figure = aFigure('nl');
  const elsewhere = {
    kind: 'insight',
    key: 'a',
    way: 'answers',
    name: 'Werk',
    address: 'https://elders.example/1',
  } as const;
  const book = aBookToSet({
    address: '/publications/aan-tafel/2',
    articles: [
      { ...anArticleToSet('nl', 'Aan tafel', [figure]), blocks: [{ ...figure, restsOn: [elsewhere] }] },
    ],
  });
  const [block] = atHome(book, 'https://steppingstones.example').articles[0]?.blocks ?? [];
  expect(atHome(book, 'https://steppingstones.example').address).toBe(
    'https://steppingstones.example/publications/aan-tafel/2',
  );
  expect(block?.type === 'figure' && block.figure.address).toMatch(/^https:\/\/steppingstones\.example\//);
  expect(block?.restsOn[0]?.address).toBe('https://elders.example/1');
});
