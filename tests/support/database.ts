import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import { roleUrls } from '../../src/platform/database/roles.server.ts';

export interface TestDatabase {
  /** How the administrator reaches this file's own clone. */
  adminUrl: string;
}

/**
 * Gives the calling test file its own clone of the migrated database for the length of the file;
 * `withViewer` of '#platform/db.server.ts' reaches it.
 */
export function ownDatabase(): TestDatabase {
  const given: TestDatabase = { adminUrl: '' };
  const name = `test_${randomBytes(6).toString('hex')}`;
  const server = inject('databaseAdminUrl');
  const asAdmin = async (text: string) => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    await client.query(text).finally(() => client.end());
  };
  beforeAll(async () => {
    await asAdmin(`create database ${name} template template_steppingstones`);
    // A clone takes no rights on the database along: what the house may not do, a test may not either.
    await asAdmin(`revoke temporary on database ${name} from public`);
    given.adminUrl = server.replace(/\/postgres$/, `/${name}`);
    const urls = roleUrls(given.adminUrl);
    process.env.STEPPINGSTONES_APP_URL = urls.app;
    process.env.STEPPINGSTONES_PUBLIC_URL = urls.public;
    process.env.STEPPINGSTONES_AUTH_URL = urls.auth;
    process.env.STEPPINGSTONES_SECRET = randomBytes(32).toString('hex');
  });
  afterAll(async () => {
    const { leaveDatabase } = await import('../../src/platform/db.server.ts');
    const { leaveSignIn } = await import('../../src/platform/sign-in/way.server.ts');
    await Promise.all([leaveDatabase(), leaveSignIn()]);
    await asAdmin(`drop database if exists ${name} with (force)`);
  });
  return given;
}
