import { beforeAll, expect, test } from 'vitest';
import { aMember, aPerson } from '#modules/people/testing.ts';
import { withViewer } from '#platform/db.server.ts';
import { byLink, operator, visitor, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../../tests/support/database.ts';
import { layOpen } from '../../commands.server.ts';
import { save } from '../../keeping/testing.ts';
import { aField, asAdmin, layField } from '../../testing.ts';
import { entryNamed, movedTo } from '../queries.server.ts';
import { entryKnown } from './known.server.ts';

const database = ownDatabase();
let id = '';
let keeper: Viewer;
const seen = (viewer: Viewer, slug = 'brug') => withViewer(viewer, (tx) => entryKnown(tx, slug, 'nl'));
const street = (slug = 'brug') => withViewer(visitor, (tx) => entryNamed(tx, slug, 'nl'));

beforeAll(async () => {
  await layField(
    aField([
      { id: 'brug', name: 'Brug', website: 'https://brug.example', languages: ['ti'], audiences: ['buren'] },
      { id: 'ander', name: 'Ander' },
    ]),
  );
  const [row] = await asAdmin<{ id: string }>(
    database.adminUrl,
    `select id from core.initiative where slug = 'brug'`,
  );
  id = row?.id ?? '';
  keeper = await aMember('Samira', id);
  await save(keeper, id, {
    ...{ mail: 'post@brug.example', phone: '026 1234567', 'show-phone': 'public', 'why-phone': 'asked' },
    ...{
      'show-website': 'network',
      'why-website': 'privacy',
      'show-languages': 'table',
      'why-languages': 'safety',
    },
    ...{
      'show-audiences': 'hidden',
      'why-audiences': 'safety',
      'show-place': 'network',
      'why-place': 'safety',
    },
  });
}, 120_000);

test('the street sees what is open, and of the rest only why it is not', async () => {
  expect(await street()).toMatchObject({
    ...{ mail: null, phone: '026 1234567', website: null, beyond: {} },
    keptBack: { website: 'privacy', languages: 'safety', audiences: 'safety', place: 'safety' },
    periods: [{ languages: [], audiences: [], town: null, precision: 'hidden' }],
  });
});

test('who is signed in without belonging anywhere sees no more than the street', async () => {
  const shown = await seen(await aPerson('Stranger'));
  const open = await street();
  expect(shown).toEqual(open);
});

test('who is part of the network sees what is for the network, marked as such', async () => {
  const shown = await seen(await aPerson('Onderzoeker', [{ role: 'researcher' }]));
  expect(shown).toMatchObject({
    ...{ website: 'https://brug.example', mail: null, beyond: { website: 'network', place: 'network' } },
    keptBack: { languages: 'safety', audiences: 'safety' },
    periods: [{ languages: [], town: 'Arnhem', precision: 'town' }],
  });
});

test('who sits at the table there sees mail and what is for the table, and who sits elsewhere does not', async () => {
  const scope = (code: string) => ({ kind: 'municipality' as const, id: code });
  const here = await seen(await aPerson('Hier', [{ role: 'partner', scope: scope('GM0202') }]));
  expect(here).toMatchObject({
    ...{ mail: 'post@brug.example', beyond: { mail: 'table', languages: 'table', website: 'network' } },
    periods: [{ languages: ['ti'], audiences: [] }],
    keptBack: { audiences: 'safety' },
  });
  const there = await seen(await aPerson('Daar', [{ role: 'partner', scope: scope('GM0363') }]));
  expect(there).toMatchObject({ mail: null, periods: [{ languages: [] }] });
});

test('its keeper sees everything, also what is for nobody else', async () => {
  expect(await seen(keeper)).toMatchObject({
    ...{ mail: 'post@brug.example', keptBack: {}, beyond: { audiences: 'hidden' } },
    periods: [{ audiences: [{ word: 'buren', language: '' }] }],
  });
});

test('a hidden entry and one that never was answer alike, to whoever does not keep it', async () => {
  const others = [
    await aPerson('Stranger'),
    await aPerson('Partner', [{ role: 'partner' }]),
    await aPerson('Ada', [{ role: 'admin' }]),
    byLink(null),
    byLink(crypto.randomUUID()),
  ];
  for (const fields of [{ visibility: 'hidden' }, { visibility: 'table' }]) {
    await save(keeper, id, fields);
    expect([await street(), await seen(keeper)]).toEqual([null, expect.objectContaining({ slug: 'brug' })]);
    for (const viewer of fields.visibility === 'hidden'
      ? others
      : others.filter(({ kind }) => kind === 'link'))
      expect([await seen(viewer), await seen(viewer, 'never-was')], viewer.kind).toEqual([null, null]);
  }
  const partner = await aPerson('Partner', [{ role: 'partner' }]);
  await save(keeper, id, { visibility: 'network' });
  expect(await seen(partner)).toMatchObject({ visibility: 'network', standing: 'laid' });
  await save(keeper, id, { visibility: 'public' });
  expect(await street()).not.toBeNull();
});

test('an entry that was one with another leads to where it lives on, and a hidden one leads nowhere', async () => {
  const to = (slug: string) => withViewer(visitor, (tx) => movedTo(tx, slug));
  expect([await to('ander'), await to('never-was')]).toEqual([null, null]);
  await asAdmin(
    database.adminUrl,
    `update core.initiative set standing = 'merged', merged_into = $1 where slug = 'ander'`,
    [id],
  );
  const relay = async () => {
    const rows = await asAdmin<{ id: string }>(database.adminUrl, `select id from core.initiative`);
    await withViewer(operator, (tx) =>
      layOpen(
        tx,
        rows.map((row) => row.id),
      ),
    );
  };
  await relay();
  expect(await to('ander')).toBe('brug');
  await save(keeper, id, { visibility: 'hidden' });
  await relay();
  expect(await to('ander')).toBeNull();
});
