import { beforeAll, expect, test } from 'vitest';
import { ownDatabase } from '../../../../../tests/support/database.ts';
import { withViewer } from '#platform/db.server.ts';
import { operator, visitor } from '#platform/viewer.ts';
import { countWords, indexTexts } from '../../search/commands.server.ts';
import { findTexts } from '../../search/queries.server.ts';
import { aText } from '../../search/testing.ts';
import { aWord } from '../testing.ts';

ownDatabase();

beforeAll(async () => {
  await aWord('statushouder', [
    { register: 'policy', term: 'statushouder' },
    { register: 'lived', term: 'nieuwe inwoner' },
    { register: 'between', term: 'stadsgenoot' },
    { register: 'lived', term: 'gast', until: '2020-01-01' },
  ]);
  await aWord('pip', [
    { register: 'policy', term: 'PIP', also: ['Plan Inburgering'] },
    { register: 'lived', term: 'mijn plan' },
  ]);
  await withViewer(operator, async (tx) => {
    await indexTexts(tx, [
      aText({ subjectId: 'policy', text: 'Een huis voor statushouders in Ede' }),
      aText({ subjectId: 'lived', text: 'Samen eten met nieuwe inwoners van de wijk' }),
      aText({ subjectId: 'between', text: 'Elke stadsgenoot is welkom' }),
      aText({ subjectId: 'half', text: 'Een nieuwe fiets' }),
      aText({ subjectId: 'guest', text: 'Iedereen is hier gast' }),
      aText({ subjectId: 'plan', text: 'Ik maak mijn plan zelf' }),
    ]);
    await countWords(tx);
  });
});

const find = (words: string, offset = 0, limit = 10) =>
  withViewer(visitor, (tx) => findTexts(tx, { words, limit, offset }));
const idsOf = async (words: string) => (await find(words)).hits.map(({ subjectId }) => subjectId);

test('both words find each other: what is asked comes first, and the rest says by which other word it was found', async () => {
  expect(await idsOf('statushouders')).toEqual(['policy', 'lived', 'between']);
  expect((await idsOf('nieuwe inwoner')).slice(0, 1)).toEqual(['lived']);
  expect(await idsOf('nieuwe inwoner')).toEqual(expect.arrayContaining(['policy', 'between']));
  const { hits } = await find('statushouder in Ede');
  expect(hits.find(({ subjectId }) => subjectId === 'lived')?.why).toEqual([
    { asked: 'statushouder', found: 'nieuwe inwoner', how: 'other-word' },
  ]);
});

test('half of another word is not that word, and a word that is no longer said finds nothing', async () => {
  const found = await idsOf('statushouder');
  expect(found).not.toContain('half');
  expect(found).not.toContain('guest');
});

test('a word is known by its other form too', async () => {
  expect(await idsOf('plan inburgering')).toContain('plan');
  expect(await idsOf('wat is een PIP?')).toContain('plan');
});

test('pages follow each other without a gap or a double', async () => {
  const pages = [];
  for (const offset of [0, 1, 2, 3]) pages.push(await find('statushouder', offset, 1));
  expect(pages.map(({ hits }) => hits.map(({ subjectId }) => subjectId))).toEqual([
    ['policy'],
    ['lived'],
    ['between'],
    [],
  ]);
  expect(pages[0]?.total).toBe(3);
});

test.each([
  ['', ' '],
  ['\u0000', '%'],
  ['((', '[\\'],
  ['𝔰', "';--"],
])('%j and %j get an honest answer', async (one, other) => {
  for (const words of [one, other, `${one} statushouder ${other}`]) await find(words);
});
