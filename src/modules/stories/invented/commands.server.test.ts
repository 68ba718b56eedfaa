import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import { catalogueOnDisk } from '#platform/i18n/catalogue-on-disk.ts';
import { operator, visitor } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { loadPlaces } from '../../places/commands.server.ts';
import { findStories } from '../finding/queries.server.ts';
import { parseStoryWish } from '../finding/input.ts';
import { storyNamed } from '../gathering/queries.server.ts';
import { momentsWithVoicesFor } from '../moments/page/queries.server.ts';
import { layInvented } from './commands.server.ts';
import type { InventedStory } from './model.ts';

ownDatabase();
let told: InventedStory;
const lay = async () => {
  const catalogue = await catalogueOnDisk();
  return withViewer(operator, (tx) => layInvented(tx, told, catalogue));
};
beforeAll(async () => {
  told = JSON.parse(await readFile('db/invented/tellings.json', 'utf8')) as InventedStory;
  await withViewer(operator, (tx) => loadPlaces(tx));
  await lay();
});

test('the invented story has five voices in five languages over four moments, and each says that it is invented', async () => {
  const read = await withViewer(visitor, async (tx) => {
    const story = await storyNamed(tx, told.story.slug);
    return momentsWithVoicesFor(
      tx,
      visitor,
      { initiatives: [], tellings: story?.tellings ?? [] },
      null,
      'nl',
    );
  });
  expect(read.voices).toBe(5);
  expect(read.rows.map(({ passages }) => passages.length)).toEqual([2, 4, 3, 3]);
  const voices = read.rows.flatMap(({ passages }) => passages.map(({ voice }) => voice));
  expect(new Set(voices.map(({ language }) => language))).toEqual(new Set(['nl', 'en', 'ar', 'ti', 'uk']));
  expect(voices.every(({ invented }) => invented)).toBe(true);
  expect(voices.every(({ language, rendering }) => language === 'nl' || rendering?.language === 'nl')).toBe(
    true,
  );
});

test('its voices are about no initiative, so that nobody is taken for them', async () => {
  const { rows } = await withViewer(operator, (tx) =>
    sql`select from core.telling_about a join core.telling t on t.id = a.telling where t.invented
      union all select from core.story_initiative i join core.story s on s.id = i.story where s.slug = ${told.story.slug}`.execute(
      tx,
    ),
  );
  expect(rows).toEqual([]);
});

test('a second time nothing comes in', async () => {
  expect(await lay()).toBe(0);
});

test('its voices are found by words in the language they are told in and in those they were put into', async () => {
  const find = (q: string) =>
    withViewer(visitor, (tx) => findStories(tx, parseStoryWish(new URLSearchParams({ q })), 'nl'));
  expect((await find('النعناع')).voices.map(({ slug }) => slug)).toContain('voorbeeld3');
  expect((await find('munt')).voices.map(({ slug }) => slug)).toContain('voorbeeld3');
  expect((await find('стільців')).voices.map(({ slug }) => slug)).toContain('voorbeeld5');
  expect((await find('verhaal van velen')).stories.map(({ slug }) => slug)).toEqual([told.story.slug]);
});
