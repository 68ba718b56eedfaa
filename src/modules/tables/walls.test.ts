import { beforeAll, expect, test } from 'vitest';
import { ownDatabase } from '../../../tests/support/database.ts';
import { withViewer } from '#platform/db.server.ts';
import { visitor, type Viewer } from '#platform/viewer.ts';
import { aField, layField } from '../initiatives/testing.ts';
import { aPerson } from '../people/testing.ts';
import { aTable } from './testing.ts';

const {} = ownDatabase();
let keeper: Viewer;
beforeAll(async () => {
  await layField(aField([{ id: 'taalcafe', name: 'Taalcafé' }]));
  keeper = await aPerson('Noor', [{ role: 'facilitator' }]);
});

test('an open table is read by anyone', async () => {
  const entry = await withViewer(visitor, (tx) =>
    tx.selectFrom('pub.initiative').select('id').executeTakeFirstOrThrow(),
  );
  const table = await aTable({
    keeper,
    openTo: 'everyone',
    seats: [{ initiative: entry.id }, { role: 'een buurtgroep' }],
  });
  const seen = await withViewer(visitor, (tx) =>
    tx.selectFrom('pub.seat').selectAll().where('table_id', '=', table.id).execute(),
  );
  expect(seen).toHaveLength(2);
  const kept = await withViewer(keeper, (tx) =>
    tx.selectFrom('core.seat').selectAll().where('table_id', '=', table.id).execute(),
  );
  expect(kept).toHaveLength(2);
});
