import { expect, test } from 'vitest';
import { sql } from 'kysely';
import { writeDeed } from '../../src/modules/publications/writing/commands.server.ts';
import { ownDatabase } from '../../tests/support/database.ts';
import { walkWriters, type Does } from './writing/walk.ts';

ownDatabase();

test('two writers whose lines break lose no word and no draw, and see the same in the end: 300 random edits', async () => {
  const walked = await walkWriters(300, 7);
  expect(walked.lost).toEqual([]);
  expect(walked.edits).toBe(300);
  // A walk in which nothing breaks and nobody meets proves little.
  expect(walked.dropped).toBeGreaterThan(10);
  expect(walked.merged).toBeGreaterThan(5);
  expect(walked.beside).toBeGreaterThan(2);
});

test('the walk finds a house in which the last who writes wins', async () => {
  const lastWins: Does = async (tx, writer, article, deed) => {
    if (deed.deed !== 'write') return writeDeed(tx, writer, article, deed);
    const { rows } = await sql<{
      version: number;
    }>`select version from core.paragraph where id = ${deed.paragraph}`.execute(tx);
    return writeDeed(tx, writer, article, { ...deed, base: rows[0]?.version ?? 1, follows: null });
  };
  expect((await walkWriters(120, 7, lastWins)).lost.length).toBeGreaterThan(0);
});
