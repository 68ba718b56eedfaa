import { spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startEmbedded, type EmbeddedDatabase } from './embedded.server.ts';
import { postmasterOf } from './postmaster.server.ts';

// A power cut is not part of these tests; a kill is, and needs no fsync.
const quick = ['fsync=off'];
let home: string;
let inside: EmbeddedDatabase[];

const comeIn = async (): Promise<EmbeddedDatabase> => {
  const database = await startEmbedded(home, quick);
  inside.push(database);
  return database;
};

async function ask<Row extends object>(database: EmbeddedDatabase, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: database.adminUrl });
  client.on('error', () => undefined);
  await client.connect();
  return client
    .query<Row>(text)
    .then(({ rows }) => rows)
    .finally(() => client.end());
}

const server = () => postmasterOf(join(home, 'postgres'));

async function killServer(): Promise<void> {
  const pid = (await server())?.pid ?? 0;
  process.kill(pid, 'SIGKILL');
  await expect.poll(server, { interval: 5 }).toBeNull();
}

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'steppingstones-embedded-'));
  await chmod(home, 0o755);
  inside = [];
});

afterEach(async () => {
  for (const database of inside) await database.stop();
  expect(await server()).toBeNull();
  await rm(home, { recursive: true, force: true });
});

test('two that come in at the same moment share one database, which stops with the last of them', async () => {
  const [first, second] = await Promise.all([comeIn(), comeIn()]);
  expect(second.adminUrl).toBe(first.adminUrl);
  await ask(first, 'create table kept (x int); insert into kept values (1)');
  await first.stop();
  expect(await ask(second, 'select x from kept')).toEqual([{ x: 1 }]);
  await second.stop();
  expect(await server()).toBeNull();
  inside = [];
  expect(await ask(await comeIn(), 'select x from kept')).toEqual([{ x: 1 }]);
});

test('who comes in while the last one leaves finds a running database', async () => {
  const first = await comeIn();
  inside = [];
  const leaving = first.stop();
  const second = await comeIn();
  await leaving;
  expect(await ask(second, 'select 1 as x')).toEqual([{ x: 1 }]);
});

test('a killed database comes back by itself at the same address, with what it was told', async () => {
  const database = await comeIn();
  await ask(database, 'create table kept (x int); insert into kept values (1)');
  await killServer();
  await expect
    .poll(() => ask(database, 'select x from kept').catch(() => null), { timeout: 10_000 })
    .toEqual([{ x: 1 }]);
  await expect.poll(async () => (await server())?.ready).toBe(true);
});

test('the number of a dead server that another process has now keeps nobody out and harms nobody', async () => {
  const database = await comeIn();
  await database.stop();
  inside = [];
  const file = join(home, 'postgres', 'postmaster.pid');
  // A process of the same account, as PostgreSQL sees it.
  const { uid, gid } = await import('node:fs/promises').then(({ stat }) => stat(join(home, 'postgres')));
  const other = spawn('sleep', ['60'], process.getuid?.() === 0 ? { uid, gid } : {});
  await writeFile(file, `${other.pid}\n${join(home, 'postgres')}\n1\n5432\n\n127.0.0.1\n  1 1\nready\n`, {
    mode: 0o600,
  });
  await import('node:fs/promises').then(({ chown }) => chown(file, uid, gid));
  expect(await ask(await comeIn(), 'select 1 as x')).toEqual([{ x: 1 }]);
  expect(other.exitCode).toBeNull();
  other.kill();
});

test('a half-made database is made anew, and what its killed maker left is cleared', async () => {
  const dead = 4_194_000;
  await mkdir(join(home, `postgres.making-${dead}-aa`));
  await writeFile(join(home, `postgres.making-${dead}-aa`, 'PG_VERSION'), '18');
  await mkdir(join(home, 'postgres'));
  expect(await ask(await comeIn(), 'select 1 as x')).toEqual([{ x: 1 }]);
  expect((await readdir(home)).filter((name) => name.includes('making'))).toEqual([]);
});

test('a maker that was killed while initdb still writes does not stand in the way', async () => {
  const maker = spawn(process.execPath, [
    '--eval',
    `import('${join(import.meta.dirname, 'embedded.server.ts')}').then(({ startEmbedded }) => startEmbedded('${home}'))`,
  ]);
  const making = async () => (await readdir(home)).some((name) => /making-\d+-\w+$/.test(name));
  await expect.poll(making, { timeout: 10_000, interval: 5 }).toBe(true);
  maker.kill('SIGKILL');
  expect(await ask(await comeIn(), 'select 1 as x')).toEqual([{ x: 1 }]);
});

test('a folder that holds something else is left alone, with a sentence', async () => {
  await mkdir(join(home, 'postgres'));
  await writeFile(join(home, 'postgres', 'letters.txt'), 'dear');
  await expect(comeIn()).rejects.toThrow(/is not a whole database; move it away/);
  expect(await readFile(join(home, 'postgres', 'letters.txt'), 'utf8')).toBe('dear');
});

test('its log does not hold what was in the rows', async () => {
  const database = await comeIn();
  await ask(database, `create table kept (x text primary key); insert into kept values ('kanarie')`);
  await expect(ask(database, `insert into kept values ('kanarie')`)).rejects.toThrow();
  await expect(ask(database, `select 'kanarie'::int`)).rejects.toThrow();
  const log = await readFile(join(home, 'postgres.log'), 'utf8');
  expect(log).toContain('ready to accept connections');
  expect(log).not.toContain('kanarie');
});
