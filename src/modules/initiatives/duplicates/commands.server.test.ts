import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { aPerson } from '#modules/people/testing.ts';
import { withViewer } from '#platform/db.server.ts';
import { byLink, house, visitor } from '#platform/viewer.ts';
import { aField, asAdmin, layField } from '../testing.ts';
import { layOpen } from '../commands.server.ts';
import { seekLikenesses, tellApart } from './commands.server.ts';
import { alikeTo } from './queries.server.ts';
import { flaggedPairs, judgedOnTheField } from './testing.ts';
import type { Told } from './model.ts';

const database = ownDatabase();
const seek = () => withViewer(house, (tx) => seekLikenesses(tx));
const idOf = async (slug: string) => {
  const [row] = await asAdmin<{ id: string }>(
    database.adminUrl,
    'select id from core.initiative where slug = $1',
    [slug],
  );
  return row?.id ?? '';
};
const pairOf = async (a: string, b: string) => {
  const [one = '', other = ''] = [await idOf(a), await idOf(b)].sort();
  return { one, other };
};
const told = (name: string, more: Partial<Told> = {}): Told => ({
  names: [name],
  municipality: 'GM0202',
  point: null,
  website: null,
  mail: null,
  phone: null,
  ...more,
});
const asks = (one: Told) => withViewer(visitor, (tx) => alikeTo(tx, one));

test('near-copies in the real field are found, and branches and neighbours are left alone', async () => {
  const verdict = await judgedOnTheField(20261122);
  expect(verdict.recall).toBeGreaterThanOrEqual(0.95);
  expect(verdict.precision).toBeGreaterThanOrEqual(0.9);
  // 60 of 346 entries have a copy: all with all would be 59,685 pairs.
  expect(verdict.sought.weighed).toBeLessThan(6_000);
});

test('seeking again finds nothing new, and what is no longer alike is let go', async () => {
  const again = await seek();
  expect(again.fresh).toBe(0);
  const before = (await flaggedPairs()).length;
  const [pair] = await flaggedPairs();
  const slug = pair?.one.startsWith('copy-') ? pair.one : (pair?.other ?? '');
  await asAdmin(
    database.adminUrl,
    `update core.initiative_period set name = 'Iets heel anders' where initiative_id = $1`,
    [await idOf(slug)],
  );
  await asAdmin(database.adminUrl, `update core.initiative set website = null where slug = $1`, [slug]);
  await seek();
  expect(await flaggedPairs()).toHaveLength(before - 1);
});

test('that two are not the same is remembered for good, with its reason, by who watches over both', async () => {
  await layField(
    aField([
      { id: 'tuin-west', name: 'Tuin van Samen West' },
      { id: 'tuin-west-2', name: 'Tuin van Samen West' },
    ]),
  );
  await seek();
  const pair = await pairOf('tuin-west', 'tuin-west-2');
  const verifier = await aPerson('Noor', [
    { role: 'verifier', scope: { kind: 'municipality', id: 'GM0202' } },
  ]);
  const elsewhere = await aPerson('Omar', [
    { role: 'verifier', scope: { kind: 'municipality', id: 'GM0344' } },
  ]);
  const refused = await withViewer(elsewhere, (tx) => tellApart(tx, pair, 'Ik denk het.'));
  expect(refused).toMatchObject({ ok: false, reason: 'duplicates.desk.refused.gone' });
  expect(await withViewer(verifier, (tx) => tellApart(tx, pair, 'Twee tuinen, twee straten.'))).toMatchObject(
    { ok: true },
  );
  await seek();
  const isFlagged = (await flaggedPairs()).some(
    ({ one, other }) => one.startsWith('tuin-west') && other.startsWith('tuin-west'),
  );
  expect(isFlagged).toBe(false);
  const kept = await withViewer(verifier, (tx) =>
    tx
      .selectFrom('core.likeness')
      .select(['standing', 'why', 'decided_by'])
      .where('one', '=', pair.one)
      .execute(),
  );
  expect(kept).toEqual([
    { standing: 'not-the-same', why: 'Twee tuinen, twee straten.', decided_by: verifier.id },
  ]);
});

test('a verifier of one region is not told of a likeness with an entry of another', async () => {
  await layField(
    aField([
      { id: 'echo-a', name: 'Koor Echo der Vrijheid', website: 'https://koorecho.nl' },
      {
        id: 'echo-u',
        name: 'Koor Echo der Vrijheid',
        website: 'https://koorecho.nl',
        municipality: 'Utrecht',
        province: 'Utrecht',
      },
    ]),
  );
  await seek();
  const { one } = await pairOf('echo-a', 'echo-u');
  const seen = async (codes: string[]) => {
    const person = await aPerson(
      'Sam',
      codes.map((id) => ({ role: 'verifier' as const, scope: { kind: 'municipality' as const, id } })),
    );
    return withViewer(person, (tx) =>
      tx.selectFrom('core.likeness').select('one').where('one', '=', one).execute(),
    );
  };
  expect(await seen(['GM0202', 'GM0344'])).toHaveLength(1);
  expect(await seen(['GM0202'])).toEqual([]);
  expect(await seen(['GM0344'])).toEqual([]);
  const member = await aPerson('Lena', [{ role: 'member', scope: { kind: 'initiative', id: one } }]);
  expect(await withViewer(member, (tx) => tx.selectFrom('core.likeness').select('one').execute())).toEqual(
    [],
  );
});

test('two whose relation someone told are two, however alike', async () => {
  await layField(
    aField(
      [
        { id: 'brug-a', name: 'De Gouden Brug' },
        { id: 'brug-b', name: 'De Gouden Brug' },
      ],
      { relations: [{ from: 'brug-b', to: 'brug-a', type: 'grew-out-of' }] },
    ),
  );
  await seek();
  expect((await flaggedPairs()).filter(({ one }) => one.startsWith('brug-'))).toEqual([]);
});

test('who is about to add an entry is asked whether it is one of these, also in another script', async () => {
  await layField(
    aField([{ id: 'orient', name: 'Buurtkeuken Orient', website: 'https://www.orientkeuken.nl/' }]),
  );
  for (const asked of [
    told('Stichting Buurtkeuken Orient'),
    told('بورتكوكن اورينت'),
    told('Samen koken', { website: 'http://orientkeuken.nl' }),
    told('Eten', { mail: 'info@orientkeuken.nl' }),
  ])
    expect(
      (await asks(asked)).map(({ slug }) => slug),
      asked.names[0],
    ).toContain('orient');
  expect(await asks(told('Fietsclub Zonneschijn'))).toEqual([]);
  expect(await asks(told(''))).toEqual([]);
});

test('nobody learns of a hidden entry, or of a hidden place, by asking what is alike', async () => {
  await layField(
    aField([
      {
        id: 'stil-huis',
        name: 'Het Stille Huis',
        website: 'https://stillehuis.nl',
        lat: 51.9881,
        lon: 5.9222,
        precision: 'hidden',
      },
      { id: 'heel-stil', name: 'Heel Stil Verblijf', website: 'https://heelstil.nl' },
    ]),
  );
  const id = await idOf('heel-stil');
  await asAdmin(
    database.adminUrl,
    `update core.initiative set visibility = 'hidden', mail = 'a@heelstil.nl' where id = $1`,
    [id],
  );
  await withViewer(house, (tx) => layOpen(tx, [id]));
  expect(
    await asks(told('Heel Stil Verblijf', { website: 'https://heelstil.nl', mail: 'a@heelstil.nl' })),
  ).toEqual([]);
  const [beside] = await asks(
    told('Het Stille Huis', { municipality: null, point: { lat: 51.9881, lon: 5.9222 } }),
  );
  expect(beside).toMatchObject({ slug: 'stil-huis', reasons: ['name'], town: null });
  const marks = await withViewer(visitor, (tx) =>
    sql`select from pub.likeness_mark where initiative_id = ${id}`.execute(tx),
  );
  expect(marks.rows).toEqual([]);
  // For the house it is there all the same, so that it is not added twice.
  const all = await withViewer(house, (tx) =>
    sql`select from vault.likeness_mark where initiative_id = ${id}`.execute(tx),
  );
  expect(all.rows).toHaveLength(1);
});

test('a holder of a link makes marks of their own entry only', async () => {
  const id = await idOf('orient');
  const stranger = byLink('01940000-0000-7000-8000-000000000000');
  const change = await withViewer(stranger, (tx) =>
    sql`update vault.likeness_mark set marks = '{1}' where initiative_id = ${id} returning 1`.execute(tx),
  );
  expect(change.rows).toEqual([]);
  await expect(
    withViewer(stranger, (tx) => sql`insert into vault.likeness_mark values (${id}, '{1}')`.execute(tx)),
  ).rejects.toMatchObject({ code: '42501' });
});
