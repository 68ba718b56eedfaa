import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { ownDatabase } from '../../../tests/support/database.ts';
import { withViewer } from '#platform/db.server.ts';
import { aPerson } from '../people/testing.ts';
import { aPool, anExpert } from './testing.ts';

ownDatabase();
test('builders', async () => {
  const keeper = await aPerson('Noor', [{ role: 'facilitator' }]);
  const pool = await aPool({ keeper });
  const expert = await anExpert({ pool: pool.id, told: { age: '26-40' } });
  const { rows } = await withViewer(expert.viewer, (tx) =>
    sql`select core.in_pool(${pool.id}::uuid) as a, core.keeps_pool(${pool.id}::uuid) as b`.execute(tx),
  );
  expect(rows).toEqual([{ a: true, b: false }]);
  const { rows: kept } = await withViewer(keeper, (tx) =>
    sql`select core.in_pool(${pool.id}::uuid) as a, core.keeps_pool(${pool.id}::uuid) as b`.execute(tx),
  );
  expect(kept).toEqual([{ a: false, b: true }]);
  const { rows: own } = await withViewer(expert.viewer, (tx) =>
    sql`select * from core.expert_told`.execute(tx),
  );
  expect(own).toHaveLength(1);
});
