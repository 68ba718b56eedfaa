import { expect, test } from 'vitest';
import { sql } from 'kysely';
import { withViewer } from '#platform/db.server.ts';
import { operator } from '#platform/viewer.ts';
import { ownDatabase } from '../../../tests/support/database.ts';
import { entrustedTo } from './queries.server.ts';
import { aPerson } from './testing.ts';

ownDatabase();
const gelderland = { kind: 'province', id: 'PV25' } as const;

test('what is entrusted to staff stands only in a session with a second factor', async () => {
  const { id } = await aPerson('Samira', [{ role: 'verifier', scope: gelderland }, { role: 'partner' }]);
  expect(await entrustedTo(id ?? '', false)).toEqual([{ role: 'partner', scopeKind: 'all', scopeId: '' }]);
  expect(await entrustedTo(id ?? '', true)).toEqual([
    { role: 'partner', scopeKind: 'all', scopeId: '' },
    { role: 'verifier', scopeKind: 'province', scopeId: 'PV25' },
  ]);
});

test('what was ended, is over or has still to begin does not stand, and who left holds nothing', async () => {
  const { id } = await aPerson('Noor', [{ role: 'partner' }]);
  const person = id ?? '';
  const change = (set: ReturnType<typeof sql>) =>
    withViewer(operator, (tx) => sql`update core.person set ${set} where id = ${person}`.execute(tx));
  await change(sql`left_on = core.today()`);
  expect(await entrustedTo(person, true)).toEqual([]);
  await change(sql`left_on = null`);
  await withViewer(operator, (tx) =>
    sql`insert into core.role_grant (person_id, role, scope_kind, from_day, until_day, reason) values
      (${person}, 'researcher', 'all', core.today() - 300, core.today(), 'for a test'),
      (${person}, 'facilitator', 'all', core.today() + 1, core.today() + 9, 'for a test')`.execute(tx),
  );
  await withViewer(operator, (tx) =>
    sql`update core.role_grant set ended_on = core.today(), ended_reason = 'over' where person_id = ${person} and role = 'partner'`.execute(
      tx,
    ),
  );
  expect(await entrustedTo(person, true)).toEqual([]);
});
