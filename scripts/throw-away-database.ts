import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { leaveDatabase } from '../src/platform/db.server.ts';
import { startEmbedded } from '../src/platform/database/embedded.server.ts';
import { migrate } from '../src/platform/database/migrate.server.ts';
import { prepareRoles } from '../src/platform/database/roles.server.ts';

/**
 * Runs `work` on a migrated, empty database that is gone afterwards: on the server of DATABASE_URL, or on an embedded
 * one of its own. `withViewer` reaches it; `adminUrl` is for measuring beside the app.
 */
export async function withThrowAwayDatabase<Answer>(
  work: (adminUrl: string) => Promise<Answer>,
  settings: readonly string[] = [],
): Promise<Answer> {
  const server = await aServer(settings);
  const stop = () => void server.stop().finally(() => process.exit(130));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const name = `throw_away_${randomBytes(6).toString('hex')}`;
  try {
    await asAdmin(server.adminUrl, `create database ${name} template template0`);
    const url = new URL(server.adminUrl);
    url.pathname = `/${name}`;
    const urls = await prepareRoles(url.href);
    await migrate(url.href, join(import.meta.dirname, '..', 'db', 'migrations'));
    await leaveDatabase();
    process.env.STEPPINGSTONES_APP_URL = urls.app;
    process.env.STEPPINGSTONES_PUBLIC_URL = urls.public;
    return await work(url.href);
  } finally {
    await leaveDatabase();
    await asAdmin(server.adminUrl, `drop database if exists ${name} with (force)`);
    process.off('SIGINT', stop).off('SIGTERM', stop);
    await server.stop();
  }
}

async function aServer(
  settings: readonly string[],
): Promise<{ adminUrl: string; stop: () => Promise<void> }> {
  if (process.env.DATABASE_URL) return { adminUrl: process.env.DATABASE_URL, stop: async () => undefined };
  const home = await mkdtemp(join(tmpdir(), 'steppingstones-throw-away-'));
  await chmod(home, 0o755);
  // Nothing here has to survive a power cut.
  const server = await startEmbedded(home, [
    'fsync=off',
    'synchronous_commit=off',
    'full_page_writes=off',
    ...settings,
  ]);
  return {
    adminUrl: server.adminUrl,
    stop: async () => {
      await server.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function asAdmin(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  await client.query(text).finally(() => client.end());
}
