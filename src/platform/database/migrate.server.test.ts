import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ownDatabase } from '../../../tests/support/database.ts';
import { migrate } from './migrate.server.ts';
import { exits } from './mistake.ts';

const database = ownDatabase();
let folder: string;
const write = (name: string, text: string) => writeFile(join(folder, name), text);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'migrations-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('a migration runs once, and two processes that start together take turns', async () => {
  await write('2026-01-01-one.sql', 'create table pub.one (x int);');
  const both = await Promise.all([migrate(database.adminUrl, folder), migrate(database.adminUrl, folder)]);
  expect(both.flat()).toEqual(['2026-01-01-one.sql']);
  expect(await migrate(database.adminUrl, folder)).toEqual([]);
});

test('a migration that breaks leaves nothing of itself behind', async () => {
  await write('2026-01-02-two.sql', 'create table pub.two (x int); select 1 / 0;');
  await expect(migrate(database.adminUrl, folder)).rejects.toThrow('2026-01-02-two.sql did not run');
  await write('2026-01-02-two.sql', 'create table pub.two (x int);');
  expect(await migrate(database.adminUrl, folder)).toEqual(['2026-01-02-two.sql']);
});

test('an old migration that was changed is told in one sentence that says what to do', async () => {
  await write('2026-01-01-one.sql', 'create table pub.one (x bigint);');
  await expect(migrate(database.adminUrl, folder)).rejects.toMatchObject({
    name: 'Mistake',
    exit: exits.database,
    message: expect.stringMatching(
      /2026-01-01-one\.sql was changed .* put it back .* only in development.*\.$/,
    ),
  });
});
