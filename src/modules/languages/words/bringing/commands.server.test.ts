import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ownDatabase } from '../../../../../tests/support/database.ts';
import { withViewer } from '#platform/db.server.ts';
import { operator, visitor } from '#platform/viewer.ts';
import { openWord, openWords } from '../reading/queries.server.ts';
import { layToldWords } from './commands.server.ts';
import { wordsFrom } from './input.ts';

ownDatabase();
const told = wordsFrom(
  JSON.parse(readFileSync('db/field/glossary.json', 'utf8')) as Parameters<typeof wordsFrom>[0],
);
const lay = (words = told) => withViewer(operator, (tx) => layToldWords(tx, words));

test('a first start lays every word of the glossary, and a second one changes nothing', async () => {
  expect(await lay()).toBe(67);
  expect(await lay()).toBe(0);
  expect(await withViewer(visitor, openWords)).toHaveLength(67);
});

test('a policy word stands beside how people say it, in their own language, with what it hides', async () => {
  const word = await withViewer(visitor, (tx) => openWord(tx, 'statushouder'));
  expect(word?.versions.map(({ register, language, term }) => `${register} ${language} ${term}`)).toEqual([
    'policy nl statushouder',
    'policy en status holder',
    'lived nl nieuwe inwoner',
    'between nl nieuwkomer',
    'lived nl mens met een vluchtachtergrond',
  ]);
  expect(word?.versions[0]).toMatchObject({ status: 'sources', disputes: [], adoptions: [] });
  expect(Object.keys(word?.versions[0]?.hides ?? {}).sort()).toEqual(['en', 'nl']);
});

test('what a source no longer tells is gone, and a correction replaces what stood there', async () => {
  const [first, ...rest] = told;
  if (!first) throw new Error('The glossary is empty.');
  const mended = { ...first, versions: first.versions.slice(0, 2).map((each) => ({ ...each, also: ['x'] })) };
  expect(await lay([mended, ...rest])).toBe(1);
  const word = await withViewer(visitor, (tx) => openWord(tx, first.slug));
  expect(word?.versions.map(({ also }) => also)).toEqual([['x'], ['x']]);
});

test('only the house lays words of sources', async () => {
  await expect(withViewer(visitor, (tx) => layToldWords(tx, told))).rejects.toThrow();
});
