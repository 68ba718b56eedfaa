import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { asCsv, madeTable } from '#modules/initiatives/bringing/testing.ts';
import { loadPlaces } from '#modules/places/commands.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { operator } from '#platform/viewer.ts';
import { ownDatabase } from '../../tests/support/database.ts';
import { bringTableIn, importTable } from './import-table.ts';

ownDatabase();
let folder = '';
const complained: string[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'import-table-'));
  await withViewer(operator, (tx) => loadPlaces(tx));
  vi.stubEnv('LC_ALL', 'en_GB.UTF-8');
  vi.spyOn(console, 'error').mockImplementation((line: string) => void complained.push(line));
});
afterEach(() => void complained.splice(0));
afterAll(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

async function run(name: string, bytes: Buffer | string, more: { mapping?: string; dry?: boolean } = {}) {
  await writeFile(join(folder, name), bytes);
  const told: string[] = [];
  const asked = {
    file: join(folder, name),
    source: 'a list',
    sheet: null,
    mapping: more.mapping,
    dry: more.dry ?? false,
  };
  return { code: await bringTableIn(asked, (line) => told.push(line)), told };
}
const entries = () =>
  withViewer(operator, async (tx) => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from core.initiative`.execute(tx);
    return rows[0]?.n;
  });

test('a table is tried without a trace, then brought in, and told what each column became', async () => {
  const file = asCsv(madeTable(30, 3));
  const tried = await run('list.csv', file, { dry: true });
  expect([tried.code, tried.told.at(-1)]).toEqual([
    0,
    'Nothing brought in, as asked. 30 rows: 30 new, 0 different from last time, 0 the same.',
  ]);
  expect(await entries()).toBe(0);
  const laid = await run('list.csv', file);
  expect([laid.code, laid.told.at(-1)]).toEqual([
    0,
    'Brought in from a list: 30 new, 0 brought up to date, 0 the same, 0 left alone.',
  ]);
  expect(laid.told).toContain('Column ‘Gemeente’ becomes Municipality (name or code).');
  expect(await entries()).toBe(30);
});

test('every bad row is told with its row, column, reason and what stood there, and nothing is brought in', async () => {
  const { code } = await run(
    'bad.csv',
    'naam;gemeente;mail\nTaal;Nergenshuizen;info@example.org\nTaal 2;Ede;x\n',
  );
  expect(code).toBe(2);
  expect(complained).toEqual([
    'Row 2, gemeente: We do not know this municipality. (Nergenshuizen)',
    'Row 3, mail: This is no mail address, or more than one. (x)',
    'Nothing was brought in. There are 2 faults; correct them and try again.',
  ]);
  expect(await entries()).toBe(30);
});

test('a mapping may come from a file; one that is none, a file that is none and wrong words are explained', async () => {
  await writeFile(join(folder, 'mapping.json'), JSON.stringify({ a: 'name', b: 'municipality', c: '' }));
  expect(
    (await run('bare.csv', 'a,b,c\nTaal,Ede,x\n', { mapping: join(folder, 'mapping.json') })).told,
  ).toContain('Column ‘c’ becomes left out.');
  await writeFile(join(folder, 'wrong.json'), JSON.stringify({ a: 'raket' }));
  await expect(run('bare.csv', 'a,b\nTaal,Ede\n', { mapping: join(folder, 'wrong.json') })).rejects.toThrow(
    'is no mapping',
  );
  expect((await run('empty.csv', '')).code).toBe(2);
  expect((await run('places.csv', 'plaats,mail\nEde,a@example.org\n')).code).toBe(2);
  expect(complained).toEqual(['The file is empty.', 'Choose the column that has the name.']);
  await expect(importTable(['file.csv'])).rejects.toThrow('takes one file and --source NAME');
  await expect(importTable(['file.csv', '--source', 'x', '--loud'])).rejects.toThrow('takes one file');
});
