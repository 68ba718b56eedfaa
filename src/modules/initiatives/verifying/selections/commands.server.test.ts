import { sql } from 'kysely';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { aPerson } from '#modules/people/testing.ts';
import { daysLater, today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { operator, visitor, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../../tests/support/database.ts';
import { layOpen } from '../../commands.server.ts';
import { undoMerger } from '../../duplicates/merging/commands/undo.server.ts';
import { aPair, merged, wishFor } from '../../duplicates/merging/testing.ts';
import { aField, allOfPub, asAdmin, find, layField } from '../../testing.ts';
import type { OwnSelection } from './access.ts';
import { beginSelection, clearEntries, endSelection, unclearEntries } from './commands.server.ts';
import type { SelectionWish } from './model.ts';
import { keptSelections, openSelection, openSelections, selectionToKeep } from './queries.server.ts';

const database = ownDatabase();
const gelderland = { kind: 'province', id: 'PV25' } as const;
const wish = (name: string): SelectionWish => ({
  name,
  about: null,
  keptBy: 'Gemeente Ede',
  region: gelderland,
});
const sqlAdmin = <Row extends object>(text: string, values: unknown[] = []) =>
  asAdmin<Row>(database.adminUrl, text, values);

let partner: Viewer;
let colleague: Viewer;
let far: Viewer;
let verifier: Viewer;

beforeAll(async () => {
  await layField(
    aField([
      { id: 'one', name: 'Een' },
      { id: 'two', name: 'Twee' },
      { id: 'hidden-canary', name: 'Verborgen' },
    ]),
  );
  await sqlAdmin(`update core.initiative set visibility = 'hidden' where slug = 'hidden-canary'`);
  await sqlAdmin(`delete from pub.initiative where slug = 'hidden-canary'`);
  partner = await aPerson('Piet', [{ role: 'partner', scope: gelderland }]);
  colleague = await aPerson('Ellen', [{ role: 'editor', scope: gelderland }]);
  far = await aPerson('Femke', [{ role: 'partner', scope: { kind: 'province', id: 'PV28' } }]);
  verifier = await aPerson('Samira', [{ role: 'verifier', scope: gelderland }]);
});
beforeEach(() => sqlAdmin('delete from pub.selection').then(() => sqlAdmin('delete from core.selection')));

const begin = async (viewer = partner, name = 'Taalhulp in Ede'): Promise<OwnSelection> => {
  const begun = await withViewer(viewer, (tx) => beginSelection(tx, wish(name)));
  if (!begun.ok) throw new Error(begun.reason);
  return kept(viewer, begun.value.key);
};
const kept = async (viewer: Viewer, key: string): Promise<OwnSelection> => {
  const own = await withViewer(viewer, (tx) => selectionToKeep(tx, key));
  if (!own) throw new Error('not kept');
  return own;
};
const clear = (own: OwnSelection, slugs: string[], viewer = partner) =>
  withViewer(viewer, (tx) => clearEntries(tx, own, slugs));
const onTheStreet = (key: string) =>
  withViewer(
    visitor,
    async (tx) => (await openSelection(tx, key, today()))?.entries.map(({ slug }) => slug) ?? null,
  );

describe('a list of cleared entries', () => {
  test('says to everyone what was cleared, when, and which municipality or network did; never which person', async () => {
    const own = await begin();
    expect(own.key).toBe('taalhulp-in-ede');
    expect(await clear(own, ['one', 'nowhere', 'hidden-canary'])).toEqual({
      cleared: 1,
      unknown: ['nowhere', 'hidden-canary'],
    });
    const shown = await withViewer(visitor, (tx) => openSelection(tx, own.key, today()));
    expect(shown).toMatchObject({
      selection: { name: 'Taalhulp in Ede', keptBy: 'Gemeente Ede', madeOn: today(), count: 1 },
      entries: [{ slug: 'one', clearedOn: today(), state: 'active' }],
    });
    const mine = await withViewer(colleague, (tx) => keptSelections(tx, today()));
    expect(mine[0]?.entries).toMatchObject([{ slug: 'one', by: 'Piet' }]);
    for (const [table, told] of await allOfPub(database.adminUrl)) {
      expect(told, table).not.toContain(partner.id);
      if (table.startsWith('selection')) expect(told, table).not.toContain('Piet');
    }
  });

  test('changes nothing of what others see', async () => {
    const seen = async () => JSON.stringify((await find('')).stones);
    const before = await seen();
    await clear(await begin(), ['one']);
    expect(await seen()).toBe(before);
  });

  test('an entry that is laid open anew stays in it, one that leaves the map leaves it, and comes back with it', async () => {
    const own = await begin();
    await clear(own, ['one', 'two']);
    const [one] = await sqlAdmin<{ id: string }>(`select id from core.initiative where slug = 'one'`);
    const again = () => withViewer(operator, (tx) => layOpen(tx, [one?.id ?? '']));
    await again();
    expect(await onTheStreet(own.key)).toEqual(['one', 'two']);
    await sqlAdmin(`update core.initiative set visibility = 'hidden' where slug = 'one'`);
    await again();
    expect(await onTheStreet(own.key)).toEqual(['two']);
    expect((await allOfPub(database.adminUrl)).get('selection_entry')).not.toContain(one?.id);
    await sqlAdmin(`update core.initiative set visibility = 'public' where slug = 'one'`);
    await again();
    expect(await onTheStreet(own.key)).toEqual(['one', 'two']);
  });

  test('what is taken off is gone from the street, and a list that ended too', async () => {
    const own = await begin();
    await clear(own, ['one', 'two']);
    expect(await withViewer(partner, (tx) => unclearEntries(tx, own, ['one']))).toBe(1);
    expect(await onTheStreet(own.key)).toEqual(['two']);
    await withViewer(partner, (tx) => endSelection(tx, own));
    expect(await onTheStreet(own.key)).toBeNull();
    expect(await withViewer(visitor, openSelections)).toEqual([]);
  });

  test('two lists of one name have two addresses, also in letters that no address has', async () => {
    expect([(await begin()).key, (await begin()).key, (await begin(partner, 'ترحيب')).key]).toEqual([
      'taalhulp-in-ede',
      'taalhulp-in-ede-2',
      'selection',
    ]);
  });
});

describe('a list whose entry turned out to be one with another', () => {
  const inTheList = async (key: string) => [
    await onTheStreet(key),
    (await withViewer(partner, (tx) => keptSelections(tx, today()))).map(({ count, entries }) => [
      count,
      entries.map(({ slug, by }) => [slug, by]),
    ]),
  ];
  const merge = async (ids: readonly [string, string]) => {
    const done = await merged(verifier, wishFor(ids));
    if (!done.ok) throw new Error(done.reason);
    return done.value.merger;
  };
  const undo = (merger: string) =>
    withViewer(verifier, (tx) => undoMerger(tx, merger, 'Het zijn er toch twee.'));

  test('holds the one that lives on, and the other again when that is undone', async () => {
    const { a, b, ids } = await aPair(database.adminUrl);
    const own = await begin();
    await clear(own, [b]);
    const before = await inTheList(own.key);
    const merger = await merge(ids);
    expect(await inTheList(own.key)).toEqual([[a], [[1, [[a, 'Piet']]]]]);
    expect(await undo(merger)).toMatchObject({ ok: true });
    expect(await inTheList(own.key)).toEqual(before);
  });

  test('says it once when both were cleared, and both again after undoing', async () => {
    const { a, b, ids } = await aPair(database.adminUrl);
    const own = await begin();
    await clear(own, [a, b], colleague);
    await sqlAdmin(`update core.selection_entry set cleared_on = cleared_on - 9 where initiative_id = $1`, [
      ids[1],
    ]);
    const before = await inTheList(own.key);
    const merger = await merge(ids);
    expect(await inTheList(own.key)).toEqual([[a], [[1, [[a, 'Ellen']]]]]);
    const shown = await withViewer(visitor, (tx) => openSelection(tx, own.key, today()));
    expect(shown?.entries[0]?.clearedOn).toBe(daysLater(today(), -9));
    expect(await undo(merger)).toMatchObject({ ok: true });
    expect(await inTheList(own.key)).toEqual(before);
  });

  test('follows it through a second merger and through a new laying; taken off, it is gone under every name', async () => {
    const [first, second] = [await aPair(database.adminUrl), await aPair(database.adminUrl)];
    const own = await begin();
    await clear(own, [first.b]);
    await merge(first.ids);
    await merge([second.ids[0], first.ids[0]]);
    expect(await onTheStreet(own.key)).toEqual([second.a]);
    await withViewer(operator, (tx) => layOpen(tx, [second.ids[0]]));
    expect(await onTheStreet(own.key)).toEqual([second.a]);
    await clear(own, [second.a]);
    expect(await withViewer(partner, (tx) => unclearEntries(tx, own, [second.a]))).toBe(1);
    expect(await inTheList(own.key)).toEqual([[], [[0, []]]]);
    expect(await sqlAdmin('select 1 from core.selection_entry')).toEqual([]);
  });

  test('leads nobody to an entry that is hidden, and tells nobody else what was merged', async () => {
    const { b, ids } = await aPair(database.adminUrl);
    const own = await begin();
    await clear(own, [b]);
    await sqlAdmin(`update core.initiative set visibility = 'hidden' where id = $1`, [ids[0]]);
    await merge(ids);
    expect(await inTheList(own.key)).toEqual([[], [[0, []]]]);
    for (const viewer of [far, verifier]) {
      const told = withViewer(viewer, (tx) => sql`select from core.cleared_for(${own.id})`.execute(tx));
      expect((await told).rows).toEqual([]);
    }
    await expect(
      withViewer(partner, (tx) => sql`select core.lives_on_in(${ids[1]})`.execute(tx)),
    ).rejects.toMatchObject({ code: '42501' });
  });
});

describe('who keeps a list', () => {
  test('partners and editors of its region, and nobody else', async () => {
    const own = await begin();
    expect(await kept(colleague, own.key)).toMatchObject({ key: own.key });
    for (const viewer of [far, verifier]) {
      expect(await withViewer(viewer, (tx) => selectionToKeep(tx, own.key))).toBeNull();
      expect(await withViewer(viewer, (tx) => keptSelections(tx, today()))).toEqual([]);
      expect(await withViewer(viewer, (tx) => beginSelection(tx, wish('x')))).toMatchObject({ ok: false });
      await expect(clear(own, ['one'], viewer)).rejects.toThrow('row-level security');
      expect(await withViewer(viewer, (tx) => unclearEntries(tx, own, ['one']))).toBe(0);
      await withViewer(viewer, (tx) => endSelection(tx, own));
    }
    expect(await withViewer(visitor, openSelections)).toHaveLength(1);
  });
});
