import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { aField, asAdmin, layField } from '#modules/initiatives/testing.ts';
import { ownDatabase } from '../../tests/support/database.ts';
import { writeOut } from './export-hsds.ts';
import { bringIn } from './import-hsds.ts';

const database = ownDatabase();
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steppingstones-hsds-'));
  const relations = [{ from: 'one', type: 'part-of', to: 'two' }];
  await layField(
    aField(
      [
        { id: 'one', name: 'Een' },
        { id: 'two', name: 'Twee' },
      ],
      { relations },
    ),
  );
}, 240_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

test('a field that is written out as HSDS and read again is the same', async () => {
  const out = join(folder, 'out');
  expect(await writeOut(out, () => undefined)).toBe(0);
  expect((await readdir(out)).sort()).toEqual(
    ['locations', 'organizations', 'service_at_locations', 'services', 'taxonomies', 'taxonomy_terms'].map(
      (list) => `${list}.json`,
    ),
  );
  const before = await readFile(join(out, 'organizations.json'), 'utf8');
  await asAdmin(
    database.adminUrl,
    'delete from pub.initiative; delete from core.initiative; delete from core.relation_voice; delete from core.relation_text',
  );
  const told: string[] = [];
  expect(await bringIn(out, 'nl', (line) => told.push(line))).toBe(0);
  expect(told.at(-1)).toContain('2');
  await writeOut(out, () => undefined);
  const after = await readFile(join(out, 'organizations.json'), 'utf8');
  const withoutMoment = (text: string) => text.replaceAll(/"last_modified": "[^"]*"/g, '');
  expect(withoutMoment(after)).toBe(withoutMoment(before));
});

test('a file with faults is not brought in, and every fault is told', async () => {
  const path = join(folder, 'wrong.json');
  const before = await asAdmin(database.adminUrl, 'select * from core.initiative order by id');
  await writeFile(
    path,
    JSON.stringify([
      { id: 'x', name: '' },
      { id: 'y', name: 'Z' },
    ]),
  );
  const told = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  expect(await bringIn(path, 'nl', () => undefined)).toBe(2);
  expect(told.mock.calls.length).toBe(4);
  told.mockRestore();
  expect(await asAdmin(database.adminUrl, 'select * from core.initiative order by id')).toEqual(before);
});

test('what cannot be read is told in a sentence', async () => {
  const path = join(folder, 'broken.json');
  await writeFile(path, '{');
  for (const [what, why] of [
    [path, 'not valid JSON'],
    [join(folder, 'nowhere'), 'nothing to read'],
    [folder, 'no file organizations.json'],
  ] as const)
    await expect(bringIn(what, 'nl', () => undefined)).rejects.toThrow(why);
});
