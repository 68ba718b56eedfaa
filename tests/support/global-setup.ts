import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../../src/platform/database/embedded.server.ts';
import { migrate } from '../../src/platform/database/migrate.server.ts';
import { prepareRoles } from '../../src/platform/database/roles.server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    databaseAdminUrl: string;
  }
}

/** One server and one migrated template for the whole run; each test file clones the template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = await mkdtemp(join(tmpdir(), 'steppingstones-test-'));
  await chmod(home, 0o755);
  // Nothing here has to survive a power cut.
  const server = await startEmbedded(home, ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']);
  const admin = new pg.Client({ connectionString: server.adminUrl });
  await admin.connect();
  await admin.query('create database template_steppingstones');
  await admin.end();
  const template = server.adminUrl.replace(/\/postgres$/, '/template_steppingstones');
  await prepareRoles(template);
  await migrate(template, 'db/migrations');
  project.provide('databaseAdminUrl', server.adminUrl);
  return async () => {
    await server.stop();
    await rm(home, { recursive: true, force: true });
  };
}
