import { expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import { operator, visitor } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import type { Exit } from '../model.ts';
import { bookOf } from './queries.server.ts';
import { anOpenEdition } from './testing.ts';

const database = ownDatabase();
const read = (slug: string, exit: Exit, number: number | null = null) =>
  withViewer(visitor, (tx) => bookOf(tx, slug, number, exit));
const arabic = { words: 'البيت يبدأ من الباب.', language: 'ar', called: 'سميرة' };

test('a visitor reads an edition with its voices beside their paragraphs, and the works its notes cite', async () => {
  await withViewer(operator, (tx) =>
    tx
      .insertInto('core.work')
      .values({
        key: 'jansen-2020',
        csl: {
          id: 'jansen-2020',
          type: 'book',
          title: 'Thuis',
          author: [{ family: 'Jansen', given: 'An' }],
          issued: { 'date-parts': [[2020]] },
        },
        brought_by: null,
      })
      .execute(),
  );
  await anOpenEdition(database.adminUrl, {
    slug: 'stenen-in-het-water',
    articles: [
      {
        slug: 'de-deur',
        title: 'De deur',
        blocks: [
          {
            text: 'Een deur *opent* naar twee kanten.[@jansen-2020, p. 3][@onbekend]',
            margin: [{ words: 'Niet elke deur.', language: 'nl', stance: 'differs' }],
          },
          {
            quotes: {
              ...arabic,
              renderings: [{ language: 'nl', words: 'Thuis begint bij de deur.', by: 'Yonas' }],
            },
          },
        ],
      },
    ],
  });
  const book = await read('stenen-in-het-water', 'web');
  expect(book).toMatchObject({
    edition: 1,
    address: '/publications/stenen-in-het-water/1',
    releasedOn: '2026-11-20',
  });
  const [article] = book?.articles ?? [];
  expect(article?.blocks).toMatchObject([
    { type: 'paragraph', margin: [{ words: 'Niet elke deur.', stance: 'differs' }], restsOn: [] },
    { type: 'quote', voice: { ...arabic, renderings: [{ words: 'Thuis begint bij de deur.' }] } },
  ]);
  expect(article?.notes).toHaveLength(1);
  expect(article?.notes[0]?.inlines.map((inline) => ('text' in inline ? inline.text : '')).join('')).toBe(
    'Jansen, A. (2020). Thuis. p. 3.',
  );
  expect(article?.blocks[0]).toMatchObject({
    inlines: [{}, { text: 'opent', em: true }, {}, { number: 1 }, { text: '[@onbekend]' }],
  });
  expect(await read('stenen-in-het-water', 'web', 2)).toBeNull();
});

test('a voice that may stand on paper alone is not on the web, nor is the paragraph that retells it', async () => {
  await anOpenEdition(database.adminUrl, {
    slug: 'alleen-papier',
    articles: [
      {
        slug: 'een',
        title: 'Een',
        blocks: [
          { quotes: { ...arabic, onWeb: false } },
          { text: 'Samira zegt dat thuis bij de deur begint.', paraphrases: { ...arabic, onWeb: false } },
          { text: 'Dit blijft.' },
        ],
      },
    ],
  });
  const types = async (exit: Exit) =>
    (await read('alleen-papier', exit))?.articles[0]?.blocks.map(({ type }) => type);
  expect(await types('web')).toEqual(['paragraph']);
  expect(await types('paper')).toEqual(['quote', 'paragraph', 'paragraph']);
});
