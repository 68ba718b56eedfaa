import { beforeAll, expect, test } from 'vitest';
import { ownDatabase } from '../../../../../tests/support/database.ts';
import { aPerson } from '#modules/people/testing.ts';
import { withViewer } from '#platform/db.server.ts';
import { house, visitor, type Viewer } from '#platform/viewer.ts';
import { aField, asAdmin, layField } from '../../testing.ts';
import { seekLikenesses, tellApart } from '../commands.server.ts';
import { seekEveryNight } from '../jobs.server.ts';
import { merge } from '../merging/commands/merge.server.ts';
import { measureApart } from './commands.server.ts';
import { pairNamed, pairsToSee, sideBySide } from './queries.server.ts';

const database = ownDatabase();
let verifier: Viewer;
let elsewhere: Viewer;

beforeAll(async () => {
  await layField(
    aField([
      { id: 'brug-1', name: 'Buurtkeuken De Brug', lat: 51.98, lon: 5.9, precision: 'hidden' },
      { id: 'brug-2', name: 'Stichting Buurtkeuken De Brug', lat: 51.98072, lon: 5.9, precision: 'hidden' },
      { id: 'lied-1', name: 'Samenzang Morgenlied' },
      { id: 'lied-2', name: 'Samenzang Morgenlied' },
    ]),
  );
  await withViewer(house, (tx) => seekLikenesses(tx));
  verifier = await aPerson('Noor', [{ role: 'verifier', scope: { kind: 'municipality', id: 'GM0202' } }]);
  elsewhere = await aPerson('Omar', [{ role: 'verifier', scope: { kind: 'municipality', id: 'GM0344' } }]);
});

const open = (who: Viewer) => withViewer(who, (tx) => pairsToSee(tx, 'open'));
const pairOf = async (word: string) =>
  (await open(verifier)).pairs.find(({ one }) => one.slug.startsWith(word));

test('pairs wait for who watches over both, likeliest first, and for nobody else', async () => {
  const { pairs, total } = await open(verifier);
  expect(total).toBe(2);
  expect(pairs.map(({ one, reasons }) => [one.slug.slice(0, 4), reasons])).toEqual([
    ['brug', ['name', 'near']],
    ['lied', ['name', 'town']],
  ]);
  expect(pairs[0]).toMatchObject({
    one: { town: 'Arnhem', standing: 'laid' },
    standing: 'open',
    decidedOn: null,
  });
  expect(await open(elsewhere)).toEqual({ pairs: [], total: 0 });
  const pair = await pairOf('brug');
  expect(await withViewer(elsewhere, (tx) => sideBySide(tx, pair?.id ?? '', 'nl'))).toBeNull();
  expect(await withViewer(elsewhere, (tx) => pairNamed(tx, pair?.id ?? ''))).toBeNull();
  await expect(withViewer(visitor, (tx) => pairsToSee(tx, 'open'))).rejects.toMatchObject({ code: '42501' });
});

test('side by side shows both, without where they are', async () => {
  const pair = await pairOf('brug');
  const sides = await withViewer(verifier, (tx) => sideBySide(tx, pair?.id ?? '', 'nl'));
  expect(sides).toMatchObject({ measurable: true, merger: null, one: { relations: 0, pointShown: false } });
  expect(JSON.stringify(sides)).not.toMatch(/51\.98|"lat"/);
});

test('the distance is told in metres, and that the verifier looked is written down for both', async () => {
  const pair = await withViewer(verifier, async (tx) => pairNamed(tx, (await pairOf('brug'))?.id ?? ''));
  if (!pair) throw new Error('The pair is there.');
  expect(await withViewer(elsewhere, (tx) => measureApart(tx, pair))).toMatchObject({ ok: false });
  expect(await withViewer(verifier, (tx) => measureApart(tx, pair))).toEqual({
    ok: true,
    value: { metres: 80 },
  });
  const looks = await asAdmin(database.adminUrl, 'select person_id, purpose from core.place_look');
  expect(looks).toEqual(Array(2).fill({ person_id: verifier.id, purpose: 'duplicates' }));
});

test('what was decided leaves the list, and stands with its reason among what was decided', async () => {
  const [brug, lied] = await withViewer(verifier, async (tx) => [
    await pairNamed(tx, (await pairOf('brug'))?.id ?? ''),
    await pairNamed(tx, (await pairOf('lied'))?.id ?? ''),
  ]);
  if (!brug || !lied) throw new Error('The pairs are there.');
  await withViewer(verifier, (tx) => tellApart(tx, lied, 'Twee koren.'));
  const wish = { kept: brug.one, gone: brug.other, choices: {}, why: 'Zelfde keuken.', keepers: false };
  await withViewer(verifier, (tx) => merge(tx, wish, 'nl'));
  expect((await open(verifier)).total).toBe(0);
  const { pairs } = await withViewer(verifier, (tx) => pairsToSee(tx, 'decided'));
  expect(pairs.map(({ standing, why }) => [standing, why])).toEqual([
    ['same', 'Zelfde keuken.'],
    ['not-the-same', 'Twee koren.'],
  ]);
  const sides = await withViewer(verifier, (tx) => sideBySide(tx, pairs[0]?.id ?? '', 'nl'));
  expect(sides?.merger?.undoUntil).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  await seekEveryNight();
  expect((await open(verifier)).total).toBe(0);
});

test('what only serves to undo a merger is forgotten after thirty days', async () => {
  const memories = () => asAdmin(database.adminUrl, 'select from vault.merger_memory');
  expect(await memories()).toHaveLength(1);
  await asAdmin(database.adminUrl, `update core.merger set merged_at = now() - interval '31 days'`);
  await seekEveryNight();
  expect(await memories()).toEqual([]);
});
