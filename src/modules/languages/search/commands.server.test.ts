import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { withViewer } from '#platform/db.server.ts';
import { operator, visitor } from '#platform/viewer.ts';
import { countWords, forgetTexts, indexTexts } from './commands.server.ts';
import { findTexts } from './queries.server.ts';
import { aText } from './testing.ts';

ownDatabase();

const stranger = Object.assign({ ...operator }, { kind: 'member' });
const tables = [
  'search_text',
  'search_name',
  'search_stem',
  'search_word',
  'search_count',
  'search_language',
];
const isFound = async () =>
  (await withViewer(visitor, (tx) => findTexts(tx, { words: 'taalles', limit: 5, offset: 0 }))).total;

test('only the operator makes texts findable, forgets them or counts their words', async () => {
  const texts = [aText({ subjectId: 'les', text: 'een taalles' })];
  for (const viewer of [visitor, stranger]) {
    await expect(withViewer(viewer, (tx) => indexTexts(tx, texts))).rejects.toThrow();
    await expect(withViewer(viewer, (tx) => forgetTexts(tx, 'initiative', ['les']))).rejects.toThrow();
    await expect(withViewer(viewer, countWords)).rejects.toThrow();
  }
  await withViewer(operator, async (tx) => {
    await indexTexts(tx, texts);
    await countWords(tx);
  });
  expect(await isFound()).toBe(1);
});

test('the wall of the index stands in the database too, for code that forgets to ask', async () => {
  for (const table of tables) {
    const there = sql<{ rows: number }>`select count(*)::int as rows from ${sql.table(`pub.${table}`)}`;
    const before = await withViewer(visitor, (tx) => there.execute(tx));
    expect(before.rows[0]?.rows, table).toBeGreaterThan(0);
    await withViewer(stranger, (tx) => sql`delete from ${sql.table(`pub.${table}`)}`.execute(tx));
    expect((await withViewer(visitor, (tx) => there.execute(tx))).rows, table).toEqual(before.rows);
  }
  const sneaked = sql`insert into pub.search_count (key, texts) values (1, 1)`;
  await expect(withViewer(stranger, (tx) => sneaked.execute(tx))).rejects.toThrow(/row-level security/);
});

test('asking goes through the index of words, for who visits and for who works', async () => {
  for (const viewer of [visitor, operator]) {
    const plan = await withViewer(viewer, async (tx) => {
      await sql`set local enable_seqscan = off`.execute(tx);
      return sql`explain (format json) select id from pub.search_text
        where terms operator(pg_catalog.&&) array[1, 2] and marks operator(pg_catalog.@>) array[3]`.execute(
        tx,
      );
    });
    expect(JSON.stringify(plan.rows), viewer.kind).toMatch(/"Index Cond":"\(\(terms && .* AND \(marks @> /);
  }
});
