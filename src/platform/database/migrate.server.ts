import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { layJobs } from '../jobs/schema.server.ts';
import { exits, Mistake } from './mistake.ts';
import { appRole, ownerRole } from './roles.server.ts';

export interface Migration {
  readonly name: string;
  readonly text: string;
  readonly hash: string;
}

/** Reads the migrations of a folder in the order of their names. */
export async function migrationsIn(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8');
      return { name, text, hash: createHash('sha256').update(text).digest('hex') };
    }),
  );
}

/**
 * Brings the database to the newest shape as the owner, with the schema of the jobs, and answers the names it ran.
 * Each migration is one transaction; a changed old migration is an error, because what ran cannot be unrun.
 */
export async function migrate(adminUrl: string, folder: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'steppingstones migrate' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    // Two processes that start together take turns.
    await client.query('select pg_advisory_lock(20151121)');
    await client.query(`set role ${ownerRole}`);
    await client.query('set search_path = pub');
    await client.query(`set lock_timeout = '10s'`);
    await client.query(`create table if not exists core.migration (
      name text primary key, hash text not null, ran_at timestamptz not null default now())`);
    const ran = new Map<string, string>(
      (await client.query<{ name: string; hash: string }>('select name, hash from core.migration')).rows.map(
        (row) => [row.name, row.hash],
      ),
    );
    const done: string[] = [];
    for (const migration of await migrationsIn(folder)) {
      const before = ran.get(migration.name);
      if (before === migration.hash) continue;
      if (before)
        throw new Mistake(
          exits.database,
          `The migration ${migration.name} was changed after this database ran it; put it back and add a new one (or, only in development, remove the folder var and start anew).`,
        );
      await runOne(client, migration);
      done.push(migration.name);
    }
    await layJobs(client, appRole);
    return done;
  } finally {
    await client.end();
  }
}

async function runOne(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(migration.text);
    await client.query('insert into core.migration (name, hash) values ($1, $2)', [
      migration.name,
      migration.hash,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(`The migration ${migration.name} did not run: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
