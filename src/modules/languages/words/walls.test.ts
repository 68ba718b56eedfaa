import { expect, test } from 'vitest';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { aBetweenWord, aWord } from './testing.ts';

ownDatabase();

test('a proposal becomes a way of saying once someone looked', async () => {
  const word = await aWord('statushouder', [{ register: 'policy', term: 'statushouder' }]);
  expect(await aBetweenWord(null, { term: 'stadsgenoot', word: word.id })).toMatchObject({ version: null });
  expect(
    (await aBetweenWord(null, { term: 'nieuwe buur', word: word.id, open: true })).version,
  ).not.toBeNull();
});
