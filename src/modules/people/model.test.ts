import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { daysLater, today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { operator, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../tests/support/database.ts';
import {
  asksForALook,
  isEntrusted,
  latestEnd,
  longestGrant,
  quarterOf,
  refusalOf,
  roles,
  scopeKinds,
  stands,
} from './model.ts';
import { aPerson } from './testing.ts';

ownDatabase();
let holder: Viewer;
let giver: Viewer;
beforeAll(async () => {
  holder = await aPerson('Holder');
  giver = await aPerson('Giver');
});

const role = fc.constantFrom(...roles);
const scope = fc.record({
  kind: fc.constantFrom(...scopeKinds),
  id: fc.constantFrom('', 'PV25', 'GM0202', '0193a000-0000-7000-8000-00000000000a'),
});
const length = fc.constantFrom(-1, 0, 1, 9, longestGrant - 1, longestGrant, longestGrant + 1, 500);

test('what the model refuses the database refuses, and what it allows the database takes', async () => {
  await fc.assert(
    fc.asyncProperty(role, scope, length, fc.boolean(), async (asRole, there, days, own) => {
      const from = today();
      const until = daysLater(from, days);
      const grantedBy = own ? holder.id : giver.id;
      const refusal = refusalOf({
        person: holder.id ?? '',
        role: asRole,
        scope: there,
        from,
        until,
        grantedBy,
      });
      const taken = await withViewer(operator, async (tx) => {
        await sql`insert into core.role_grant (person_id, role, scope_kind, scope_id, from_day, until_day, granted_by, reason)
          values (${holder.id}, ${asRole}, ${there.kind}, ${there.id}, ${from}, ${until}, ${grantedBy}, 'for a test')`.execute(
          tx,
        );
      }).then(
        () => true,
        (error: { code?: string }) =>
          error.code === '23514' ? false : Promise.reject(new Error(error.code)),
      );
      expect(taken).toBe(refusal === null);
    }),
    { numRuns: 150 },
  );
});

test('what stands in the model stands in the database, for every role, day and factor', async () => {
  const day = today();
  await fc.assert(
    fc.asyncProperty(
      role,
      fc.integer({ min: -3, max: 3 }),
      fc.integer({ min: 1, max: 4 }),
      fc.option(fc.integer({ min: -2, max: 0 })),
      fc.boolean(),
      async (asRole, first, days, ended, sure) => {
        const from = daysLater(day, first);
        const until = daysLater(from, days);
        const endedOn = ended === null ? null : daysLater(day, ended);
        const viewer: Viewer = { kind: 'person', id: holder.id, entrusted: [], sure };
        const { rows } = await withViewer(viewer, (tx) =>
          sql<{ stands: boolean }>`select core.grant_stands(jsonb_populate_record(null::core.role_grant,
            jsonb_build_object('role', ${asRole}::text, 'from_day', ${from}::text, 'until_day', ${until}::text, 'ended_on', ${endedOn}::text))) as stands`.execute(
            tx,
          ),
        );
        expect(rows[0]?.stands).toBe(stands({ role: asRole, from, until, endedOn }, day, sure));
      },
    ),
    { numRuns: 150 },
  );
});

test('a quarter begins on the first of January, April, July or October', () => {
  expect(['2026-01-01', '2026-03-31', '2026-04-01', '2026-11-22', '2026-12-31'].map(quarterOf)).toEqual([
    '2026-01-01',
    '2026-01-01',
    '2026-04-01',
    '2026-10-01',
    '2026-10-01',
  ]);
});

test('what is entrusted to staff asks for a look once a quarter, and what is new or was looked at does not', () => {
  const day = '2026-11-22';
  const verifier = { role: 'verifier', from: '2026-02-01', lookedOn: null } as const;
  expect(asksForALook(verifier, day)).toBe(true);
  expect(asksForALook({ ...verifier, lookedOn: '2026-09-30' }, day)).toBe(true);
  expect(asksForALook({ ...verifier, lookedOn: '2026-10-01' }, day)).toBe(false);
  expect(asksForALook({ ...verifier, from: '2026-10-02' }, day)).toBe(false);
  expect(asksForALook({ ...verifier, role: 'member' }, day)).toBe(false);
});

test('a role in one place is not a role in another, and one that holds everywhere holds there too', () => {
  const gelderland = { kind: 'province', id: 'PV25' } as const;
  const held = [{ role: 'verifier', scopeKind: 'province', scopeId: 'PV25' }];
  expect(isEntrusted(held, ['verifier'], gelderland)).toBe(true);
  expect(isEntrusted(held, ['verifier'], { kind: 'province', id: 'PV26' })).toBe(false);
  expect(isEntrusted(held, ['admin'])).toBe(false);
  expect(isEntrusted([{ role: 'verifier', scopeKind: 'all', scopeId: '' }], ['verifier'], gelderland)).toBe(
    true,
  );
  expect(latestEnd('2027-11-22')).toBe('2028-11-22');
});
