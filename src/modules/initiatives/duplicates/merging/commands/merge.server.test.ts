import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { ownDatabase } from '../../../../../../tests/support/database.ts';
import { aMember, aPerson } from '#modules/people/testing.ts';
import { withViewer } from '#platform/db.server.ts';
import { house, visitor, type Viewer } from '#platform/viewer.ts';
import { layOpen } from '../../../commands.server.ts';
import { movedTo } from '../../../entry/queries.server.ts';
import { changesSince } from '../../../exchange/queries.server.ts';
import { relationsOf } from '../../../relations/queries.server.ts';
import { aField, asAdmin, layField } from '../../../testing.ts';
import { seekLikenesses, tellApart } from '../../commands.server.ts';
import { aPair, entryOf, merged, toldNow, wishFor } from '../testing.ts';

const database = ownDatabase();
const admin = <One extends object>(text: string, values: unknown[] = []) =>
  asAdmin<One>(database.adminUrl, text, values);
let verifier: Viewer;

beforeAll(async () => {
  await layField(aField([{ id: 'gemeente', name: 'Gemeente Arnhem', kind: 'municipality' }]));
  verifier = await aPerson('Noor', [{ role: 'verifier' }]);
});

test('of two that become one, the events, names, texts, relations and sources live on in the one that is kept', async () => {
  const { at, a, b, ids } = await aPair(database.adminUrl);
  const done = await merged(verifier, wishFor(ids, { choices: { formality: 'gone' } }));
  expect(done).toMatchObject({ ok: true, value: { slug: a } });
  const kept = await entryOf(a);
  expect(kept?.names).toEqual([`Stichting Tuin Zonneschijn ${at}`, `TZ ${at}`]);
  expect(kept?.sources).toContain('https://example.org/other');
  expect(kept?.events.map(({ kind }) => kind)).toEqual(['founded', 'grew', 'award']);
  expect(kept?.periods.at(-1)).toMatchObject({ formality: 3, name: `Tuin Zonneschijn ${at}` });
  const relations = await withViewer(visitor, (tx) => relationsOf(tx, ids[0], '2026-11-21', 'nl'));
  expect(relations.map(({ other }) => other.slug).sort()).toEqual([`buur-${at}`, 'gemeente']);
  expect(await entryOf(b)).toBeNull();
});

test('nothing that was told is deleted: what was held under the other stays known as what was held', async () => {
  const { ids } = await aPair(database.adminUrl);
  const told = () =>
    admin<{ n: number }>(
      `select (select count(*) from core.life_event where initiative_id = $1) as n union all select count(*) from core.relation where from_id = $1`,
      [ids[1]],
    );
  const before = await told();
  await merged(verifier, wishFor(ids));
  expect(await told()).toEqual(before);
  const [still] = await admin<{ names: number; texts: number; periods: number; places: number }>(
    `select (select count(*) from core.initiative_name where initiative_id = $1) as names, (select count(*) from core.initiative_text where initiative_id = $1) as texts,
      (select count(*) from core.initiative_period where initiative_id = $1) as periods, (select count(*) from vault.initiative_place where initiative_id = $1) as places`,
    [ids[1]],
  );
  expect(
    Object.values(still ?? {})
      .map(Number)
      .every((n) => n > 0),
  ).toBe(true);
});

test('the old address leads to the new one, also through a second merger, and the diary says so', async () => {
  const [first, second] = [await aPair(database.adminUrl), await aPair(database.adminUrl)];
  const start = await withViewer(visitor, (tx) => changesSince(tx, { moment: new Date().toISOString() }));
  await merged(verifier, wishFor(first.ids));
  await merged(verifier, wishFor([second.ids[0], first.ids[0]]));
  const ends = await Promise.all(
    [first.b, first.a, second.a, 'nergens'].map((slug) => withViewer(visitor, (tx) => movedTo(tx, slug))),
  );
  expect(ends).toEqual([second.a, second.a, null, null]);
  const { changes } = await withViewer(visitor, (tx) => changesSince(tx, { number: start.next }));
  expect(changes.map(({ slug, what }) => [slug, what])).toEqual([
    [first.b, 'removed'],
    [first.a, 'changed'],
    [first.a, 'removed'],
    [second.a, 'changed'],
  ]);
});

test('what either keeps back stays kept back', async () => {
  const { a, ids } = await aPair(database.adminUrl);
  await admin(`insert into core.entry_field values ($1, 'place', 'hidden', 'safety')`, [ids[1]]);
  await merged(verifier, wishFor(ids));
  expect((await entryOf(a))?.periods.at(-1)).toMatchObject({ precision: 'hidden', town: null });

  const shy = await aPair(database.adminUrl);
  await admin(`update core.initiative set visibility = 'hidden' where id = $1`, [shy.ids[1]]);
  await withViewer(house, (tx) => layOpen(tx, shy.ids));
  await merged(verifier, wishFor(shy.ids));
  expect(await entryOf(shy.a)).toBeNull();
  expect(await withViewer(visitor, (tx) => movedTo(tx, shy.b))).toBeNull();

  const coarse = await aPair(database.adminUrl, { precision: 'town' }, { precision: 'region' });
  await merged(verifier, wishFor(coarse.ids));
  expect((await entryOf(coarse.a))?.periods.at(-1)).toMatchObject({ precision: 'region', town: null });
});

test('only who watches over both makes them one: no member, no verifier of elsewhere, no verifier of their own', async () => {
  const { a, b, ids } = await aPair(database.adminUrl, {}, { municipality: 'Utrecht', province: 'Utrecht' });
  const inArnhem = await aPerson('Sam', [
    { role: 'verifier', scope: { kind: 'municipality', id: 'GM0202' } },
  ]);
  const ownVerifier = await aPerson('Lena', [
    { role: 'verifier' },
    { role: 'member', scope: { kind: 'initiative', id: ids[0] } },
  ]);
  const unsure = await aPerson('Omar', [{ role: 'verifier' }], false);
  for (const who of [inArnhem, ownVerifier, unsure, await aMember('Ada', ids[0])])
    expect(await merged(who, wishFor(ids))).toMatchObject({
      ok: false,
      reason: 'duplicates.desk.refused.gone',
    });
  expect([await entryOf(a), await entryOf(b)].every(Boolean)).toBe(true);
});

test('an entry on the map does not go up in one that waits, and what waits is looked at first', async () => {
  const { ids } = await aPair(database.adminUrl);
  await admin(`update core.initiative set standing = 'proposed' where id = $1`, [ids[0]]);
  expect(await merged(verifier, wishFor(ids))).toMatchObject({ reason: 'duplicates.desk.refused.keep-laid' });
  await admin(
    `insert into core.proposal (initiative_id, kind, words, said_by) values ($1, 'new', '{}', 'own'), ($1, 'change', '{}', 'own')`,
    [ids[0]],
  );
  const around: [string, string] = [ids[1], ids[0]];
  expect(await merged(verifier, wishFor(around))).toMatchObject({
    reason: 'duplicates.desk.refused.waiting',
  });
  await admin(`delete from core.proposal where initiative_id = $1 and kind = 'change'`, [ids[0]]);
  expect(await merged(verifier, wishFor(around))).toMatchObject({ ok: true });
  const waits = await admin(`select standing from core.proposal where initiative_id = $1`, [ids[0]]);
  expect(waits).toEqual([{ standing: 'accepted' }]);
  expect(await merged(verifier, wishFor(around))).toMatchObject({ reason: 'duplicates.desk.refused.merged' });
});

test('a relation that would stand outside the life of the one that is kept stops the merger, and nothing is half done', async () => {
  const { ids } = await aPair(database.adminUrl, { startYear: 2020, endYear: 2021, status: 'ended' });
  await admin(
    `update core.relation set since = '2016-01-01', since_precision = 'year', until = '2017-12-31', until_precision = 'year' where from_id = $1 and upper_inf(recorded)`,
    [ids[1]],
  );
  const before = await toldNow(database.adminUrl);
  const refused = await merged(verifier, wishFor(ids));
  expect(refused).toMatchObject({ ok: false, reason: 'duplicates.desk.refused.relation-outside' });
  expect(await toldNow(database.adminUrl)).toEqual(before);
  // With the beginning and end of the other it fits.
  expect(await merged(verifier, wishFor(ids, { choices: { since: 'gone' } }))).toMatchObject({ ok: true });
});

test('who kept the one may keep the other when the verifier says so, no longer than before', async () => {
  const { ids } = await aPair(database.adminUrl);
  const keeper = await aMember('Ada', ids[1]);
  const keeps = () =>
    withViewer(keeper, (tx) =>
      sql<{ keeps: boolean }>`select core.keeps(${ids[0]}) as keeps`.execute(tx),
    ).then(({ rows }) => rows[0]?.keeps);
  await merged(verifier, wishFor(ids, { keepers: true }));
  expect(await keeps()).toBe(true);
  const grants = await admin<{ scope_id: string; until_day: string }>(
    `select scope_id, until_day from core.role_grant where person_id = $1 order by granted_at`,
    [keeper.id],
  );
  expect(new Set(grants.map(({ until_day }) => until_day)).size).toBe(1);
});

test('who was told apart from the one that went stays told apart from the one that lives on', async () => {
  const [pair, third] = [await aPair(database.adminUrl), await aPair(database.adminUrl)];
  await withViewer(house, (tx) => seekLikenesses(tx));
  const [one = '', other = ''] = [pair.ids[1], third.ids[0]].sort();
  await admin(
    `insert into core.likeness (one, other, reasons, score) values ($1, $2, '{name}', 0.7) on conflict do nothing`,
    [one, other],
  );
  await withViewer(verifier, (tx) => tellApart(tx, { one, other }, 'Een andere tuin.'));
  await merged(verifier, wishFor(pair.ids));
  const [kept] = await admin(
    `select standing, why from core.likeness where one = least($1::uuid, $2::uuid) and other = greatest($1::uuid, $2::uuid)`,
    [pair.ids[0], third.ids[0]],
  );
  expect(kept).toEqual({ standing: 'not-the-same', why: 'Een andere tuin.' });
});

test('bringing the same file in again neither doubles the merged entry nor points its relations back', async () => {
  const { at, a, b, ids } = await aPair(database.adminUrl);
  await merged(verifier, wishFor(ids));
  const before = await entryOf(a);
  await layField(
    aField(
      [
        {
          id: b,
          name: `Stichting Tuin Zonneschijn ${at}`,
          startYear: 2016,
          formality: 3,
          sources: ['https://example.org/news'],
        },
        { id: `buur-${at}`, name: `Buur nummer ${at}` },
      ],
      {
        events: [{ id: `e2-${at}`, organisation: b, kind: 'award', date: '2019' }],
        relations: [{ id: `r1-${at}`, from: b, to: `buur-${at}`, type: 'partners-with' }],
      },
    ),
  );
  expect(await entryOf(b)).toBeNull();
  expect((await entryOf(a))?.events.length).toBe(before?.events.length);
  const relations = await withViewer(visitor, (tx) => relationsOf(tx, ids[0], '2026-11-21', 'nl'));
  expect(relations.map(({ other }) => other.slug)).toContain(`buur-${at}`);
});
