import { expect, test } from 'vitest';
import type { Book, BookBlock, Voice } from '../../model.ts';
import { changesBetween } from './model.ts';

const voice = (key: string, kind: Voice['kind'] = 'margin'): Voice => ({
  ...{ key, kind, stance: 'remark', words: key, language: 'nl', called: null, roleThen: null },
  ...{ telling: null, renderings: [] },
});
const paragraph = (id: string, text = id, margin: readonly Voice[] = []): BookBlock => ({
  ...{ id, language: 'nl', restsOn: [], margin },
  ...{ type: 'paragraph', inlines: [{ type: 'text', text }] },
});
const quote = (id: string, key: string): BookBlock => ({
  ...{ id, language: 'nl', restsOn: [], margin: [], type: 'quote', voice: voice(key, 'quote') },
});
const book = (articles: Readonly<Record<string, readonly BookBlock[]>>): Book => ({
  ...{ slug: 's', kind: 'report', exit: 'web', title: 't', subtitle: '', opening: '', language: 'nl' },
  ...{ issue: null, invented: false, edition: 1, releasedOn: '2026-11-20', address: '/', changed: '' },
  ...{ credits: [], errata: [], pictures: {} },
  articles: Object.entries(articles).map(([id, blocks]) => ({
    ...{ id, slug: id, kind: 'chapter', title: id, opening: '', language: 'nl', byline: [] },
    ...{ blocks, notes: [] },
  })),
});
const told = (old: Book, now: Book) =>
  changesBetween(old, now).map(({ article, whole, blocks }) => [
    article.slug,
    whole,
    blocks.map(({ kind, block, because }) => [kind, block.id, because.map(({ key }) => key)]),
  ]);

test('the same book twice changed nothing', () => {
  const same = book({ a: [paragraph('1'), quote('2', 'v')] });
  expect(changesBetween(same, same)).toEqual([]);
});

test('each change names what became of the block and which voices came along with it', () => {
  const old = book({ a: [paragraph('1'), paragraph('2'), paragraph('3'), quote('4', 'v')], gone: [] });
  const now = book({
    a: [
      paragraph('3'),
      paragraph('1', 'anders', [voice('m')]),
      paragraph('2', '2', [voice('n')]),
      quote('5', 'w'),
    ],
    fresh: [],
  });
  expect(told(old, now)).toEqual([
    [
      'a',
      null,
      [
        ['moved', '3', []],
        ['changed', '1', ['m']],
        ['changed', '2', ['n']],
        ['came', '5', ['w']],
      ],
    ],
    ['fresh', 'came', []],
    ['gone', 'left', []],
  ]);
  const [first] = changesBetween(old, now);
  expect(first?.blocks.map(({ before }) => before?.[0])).toEqual([
    undefined,
    { type: 'text', text: '1' },
    undefined,
    undefined,
  ]);
});

test('a quote that is no longer there is not shown once more as something that left', () => {
  const old = book({ a: [paragraph('1'), quote('2', 'v'), paragraph('3', '3', [voice('m')])] });
  const [change] = changesBetween(old, book({ a: [paragraph('1')] }));
  expect(change?.blocks.map(({ block }) => [block.id, block.margin])).toEqual([['3', []]]);
});
