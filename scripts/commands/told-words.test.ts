import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toldWordsIn } from './told-words.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steppingstones-words-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const good = {
  id: 'regie',
  nl: 'regie',
  en: 'steering',
  register: 'policy',
  plain_nl: 'Sturen.',
  plain_en: 'To steer.',
  tension: 'Who steers?',
  alternatives: ['samen sturen'],
  sources: ['https://example.org'],
};
const told = async (text: string) => {
  await writeFile(join(folder, 'glossary.json'), text);
  return toldWordsIn(folder);
};

test('every wrong word of a glossary is told with its row, field and reason; a folder without one tells no words', async () => {
  expect(await toldWordsIn(folder)).toEqual({ words: [], problems: [] });
  const { tension: _, ...without } = good;
  const { words, problems } = await told(
    JSON.stringify([
      good,
      { ...good, id: 'Regie!' },
      { ...good, id: 'two', register: 'official' },
      { ...without, id: 'three' },
      { ...good, id: 'four', sources: [] },
      good,
      { ...good, id: 'pairs' },
      { ...good, id: 'five', alternatives: ['x'.repeat(81)] },
    ]),
  );
  expect(words.map(({ slug }) => slug)).toEqual(['regie']);
  expect(problems.map(({ row, field, reason }) => [row, field, reason])).toEqual([
    [2, 'id', 'not_a_slug'],
    [3, 'register', 'not_allowed'],
    [4, 'tension', 'missing'],
    [5, 'sources', 'missing'],
    [6, 'id', 'doubled'],
    [7, 'id', 'not_a_slug'],
    [8, 'alternatives.0', 'wrong_form'],
  ]);
  expect((await told('[')).problems).toMatchObject([{ row: 0, reason: 'not_json' }]);
});
