import { expect, test } from 'vitest';
import { ownDatabase } from '../../../../../tests/support/database.ts';
import { withViewer } from '#platform/db.server.ts';
import { visitor } from '#platform/viewer.ts';
import { aWord } from '../testing.ts';
import { listedFor, pairOf, shelvesOf } from './model.ts';
import { markedText, openWord, openWords, wordsToOffer } from './queries.server.ts';

ownDatabase();

test('translators are offered how the same register says it in their language, and nothing of another register', async () => {
  await aWord('statushouder', [
    { register: 'policy', term: 'statushouder' },
    { register: 'policy', term: 'status holder', language: 'en' },
    { register: 'lived', term: 'nieuwe buur' },
  ]);
  expect(await withViewer(visitor, wordsToOffer)).toEqual([{ nl: ['statushouder'], en: ['status holder'] }]);
});

test('a text of the house shows its words, one that is empty shows nothing', async () => {
  const mark = (words: string | null) =>
    withViewer(visitor, (tx) =>
      markedText(tx, words === null ? null : { words, language: 'nl' }, '2026-11-25'),
    );
  expect(await mark('Een statushouder.')).toEqual([
    { text: 'Een ', slug: null },
    { text: 'statushouder', slug: 'statushouder' },
    { text: '.', slug: null },
  ]);
  expect(await mark(null)).toEqual([]);
});

test('words stand under their letter per script, and the reader’s own script comes first', async () => {
  await aWord('buren', [{ register: 'lived', term: 'جيران', language: 'ar' }]);
  await aWord('maatwerk', [
    { register: 'policy', term: 'maatwerk' },
    { register: 'between', term: 'passend' },
    { register: 'lived', term: 'wat bij mij past' },
  ]);
  const words = await withViewer(visitor, openWords);
  const shown = (language: string, q = '', register: 'lived' | null = null) =>
    shelvesOf(listedFor(words, { q, register }, language), language).map(({ script, shelves }) => [
      script,
      shelves.map(({ letter, listed }) => `${letter} ${listed.map(({ version }) => version.term).join(' ')}`),
    ]);
  expect(shown('nl')).toEqual([
    ['latin', ['M maatwerk', 'S statushouder']],
    ['arabic', ['ج جيران']],
  ]);
  expect(shown('ar').map(([script]) => script)).toEqual(['arabic', 'latin']);
  expect(shown('en')[0]).toEqual(['latin', ['M maatwerk', 'S status holder']]);
  expect(shown('nl', '', 'lived')[0]).toEqual(['latin', ['N nieuwe buur', 'W wat bij mij past']]);
  expect(shown('nl', 'PASSÉND')).toEqual([['latin', ['P passend']]]);
});

test('a pair has both its sides and the room between; a word with one side is none', async () => {
  const pair = async (slug: string) => {
    const word = await withViewer(visitor, (tx) => openWord(tx, slug));
    return word && pairOf(word, 'nl');
  };
  expect(await pair('buren')).toBeNull();
  const maatwerk = await pair('maatwerk');
  expect(
    [maatwerk?.formal, maatwerk?.between, maatwerk?.lived].map((side) => side?.map(({ term }) => term)),
  ).toEqual([['maatwerk'], ['passend'], ['wat bij mij past']]);
});
