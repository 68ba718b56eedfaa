import { sql } from 'kysely';
import pg from 'pg';
import { expect, test } from 'vitest';
import { ownDatabase } from '../../tests/support/database.ts';
import { withViewer } from './db.server.ts';
import { operator } from './viewer.ts';

const database = ownDatabase();

test('a connection that breaks in the middle of a deed ends that deed and nothing else', async () => {
  const deed = withViewer(operator, async (tx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
    const admin = new pg.Client({ connectionString: database.adminUrl });
    await admin.connect();
    await admin.query('select pg_terminate_backend($1, 5000)', [rows[0]?.pid]).finally(() => admin.end());
    return sql`select 1`.execute(tx);
  });
  await expect(deed).rejects.toThrow();
  const { rows } = await withViewer(operator, (tx) => sql<{ one: number }>`select 1 as one`.execute(tx));
  expect(rows).toEqual([{ one: 1 }]);
});
