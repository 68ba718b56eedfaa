import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { ownDatabase } from '../../../../../../tests/support/database.ts';
import { aMember, aPerson } from '#modules/people/testing.ts';
import { withViewer } from '#platform/db.server.ts';
import { visitor, type Viewer } from '#platform/viewer.ts';
import { movedTo } from '../../../entry/queries.server.ts';
import { aField, asAdmin, layField } from '../../../testing.ts';
import { aPair, entryOf, merged, toldNow, wishFor } from '../testing.ts';
import { undoMerger } from './undo.server.ts';

const database = ownDatabase();
const admin = <One extends object>(text: string, values: unknown[] = []) =>
  asAdmin<One>(database.adminUrl, text, values);
let verifier: Viewer;

beforeAll(async () => {
  await layField(aField([{ id: 'gemeente', name: 'Gemeente Arnhem', kind: 'municipality' }]));
  verifier = await aPerson('Noor', [{ role: 'verifier' }]);
});

test('a merger is undone as if it had not been, while nobody told anything since', async () => {
  const { a, b, ids } = await aPair(database.adminUrl);
  const keeper = await aMember('Ada', ids[1]);
  const before = [await toldNow(database.adminUrl), await entryOf(a), await entryOf(b)];
  const done = await merged(
    verifier,
    wishFor(ids, {
      choices: { formality: 'gone', place: 'gone', text: 'gone', since: 'gone' },
      keepers: true,
    }),
  );
  const merger = done.ok ? done.value.merger : '';
  const stranger = await aPerson('Sam', [
    { role: 'verifier', scope: { kind: 'municipality', id: 'GM0344' } },
  ]);
  expect(await withViewer(stranger, (tx) => undoMerger(tx, merger, 'Het zijn er twee.'))).toMatchObject({
    reason: 'duplicates.desk.refused.gone',
  });
  expect(await withViewer(verifier, (tx) => undoMerger(tx, merger, 'Het zijn er twee.'))).toEqual({
    ok: true,
    value: { slug: b },
  });
  const after = [await entryOf(a), await entryOf(b)];
  const still = (one: Awaited<ReturnType<typeof entryOf>>) => ({
    ...one,
    events: one?.events.map(({ kind, day }) => [kind, day]),
    changedAt: null,
  });
  expect(after.map(still)).toEqual(
    [before[1], before[2]].map((one) => still(one as Awaited<ReturnType<typeof entryOf>>)),
  );
  expect(await withViewer(visitor, (tx) => movedTo(tx, b))).toBeNull();
  const held = await admin<{ standing: string }>(
    `select standing from core.likeness where $1 in (one, other)`,
    [ids[0]],
  );
  expect(held.every(({ standing }) => standing !== 'same')).toBe(true);
  const keeps = await withViewer(keeper, (tx) =>
    sql<{ a: boolean; b: boolean }>`select core.keeps(${ids[0]}) as a, core.keeps(${ids[1]}) as b`.execute(
      tx,
    ),
  );
  expect(keeps.rows).toEqual([{ a: false, b: true }]);
});

test('a merger is not undone over what someone told since, nor after thirty days', async () => {
  const { ids } = await aPair(database.adminUrl);
  const done = await merged(verifier, wishFor(ids));
  const merger = done.ok ? done.value.merger : '';
  const undo = () => withViewer(verifier, (tx) => undoMerger(tx, merger, 'Toch niet.'));
  await admin(`update core.initiative set phone = '026 1234567' where id = $1`, [ids[0]]);
  expect(await undo()).toMatchObject({ reason: 'duplicates.desk.refused.changed-since' });
  await admin(`update core.initiative set phone = null where id = $1`, [ids[0]]);
  await admin(`update core.merger set merged_at = now() - interval '31 days' where id = $1`, [merger]);
  expect(await undo()).toMatchObject({ reason: 'duplicates.desk.refused.too-late' });
});

test('who watches over one region merges there with the place of the other, and undoes it', async () => {
  const { a, ids } = await aPair(database.adminUrl, {}, { municipality: 'Nijmegen' });
  const regional = await aPerson('Samira', [{ role: 'verifier', scope: { kind: 'province', id: 'PV25' } }]);
  const places = () =>
    admin(`select * from vault.initiative_place where initiative_id = any($1::uuid[]) order by 1, 2`, [ids]);
  const before = await places();
  const done = await merged(regional, wishFor(ids, { choices: { place: 'gone' } }));
  expect((await entryOf(a))?.periods.at(-1)).toMatchObject({ town: 'Nijmegen' });
  const undone = withViewer(regional, (tx) =>
    undoMerger(tx, done.ok ? done.value.merger : '', 'Het zijn er twee.'),
  );
  expect(await undone).toMatchObject({ ok: true });
  expect(await places()).toEqual(before);
});
