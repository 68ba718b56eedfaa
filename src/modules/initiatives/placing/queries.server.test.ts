import { beforeAll, expect, test } from 'vitest';
import { loadPlaces } from '#modules/places/commands.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { operator, visitor } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import type { ToldPlace } from './model.ts';
import { placesTold, placeTold } from './queries.server.ts';

ownDatabase();
beforeAll(() => withViewer(operator, (tx) => loadPlaces(tx)));

const place = (told: Partial<ToldPlace>): ToldPlace => ({
  municipality: null,
  town: null,
  province: null,
  lat: null,
  lon: null,
  precision: 'town',
  ...told,
});
const placed = async (told: Partial<ToldPlace>) => {
  const answer = await withViewer(visitor, (tx) => placeTold(tx, place(told)));
  if (!answer.ok) return [answer.field, answer.reason, answer.didYouMean[0]?.name ?? null];
  return answer.columns && [answer.columns.town, answer.columns.municipality, answer.columns.province];
};

test.each([
  ['a municipality', { municipality: 'Arnhem' }, ['GM0202-arnhem', 'GM0202', 'PV25']],
  ['a municipality by its code', { municipality: 'GM0202' }, ['GM0202-arnhem', 'GM0202', 'PV25']],
  ['a municipality in Arabic letters', { municipality: 'أمستردام' }, ['GM0363-amsterdam', 'GM0363', 'PV27']],
  ['a town by itself', { town: 'Velp', province: 'Gelderland' }, ['GM0275-velp', 'GM0275', 'PV25']],
  [
    'a town in its municipality',
    { town: 'Oosterbeek', municipality: 'Renkum' },
    ['GM0274-oosterbeek', 'GM0274', 'PV25'],
  ],
  ['only a province', { province: 'Friesland' }, [null, null, 'PV21']],
  ['only a point', { lat: 51.985, lon: 5.91 }, ['GM0202-arnhem', 'GM0202', 'PV25']],
  ['nothing', {}, null],
  ['a name with a slip', { municipality: 'Arnhm' }, ['municipality', 'unknown_municipality', 'Arnhem']],
  [
    'a town that lies elsewhere',
    { town: 'Velp', municipality: 'Ede' },
    ['town', 'unknown_town', expect.anything()],
  ],
  ['a name of nothing', { municipality: 'Nergenshuizen' }, ['municipality', 'unknown_municipality', null]],
  ['a province that is none', { province: 'Holland' }, ['province', 'unknown_province', expect.anything()]],
])('%s is placed, or refused with what may have been meant', async (_, told, where) => {
  expect(await placed(told)).toEqual(where);
});

test('of two municipalities with one name the province says which', async () => {
  expect(await placed({ municipality: 'Bergen', province: 'Limburg' })).toContain('PV31');
  expect(await placed({ municipality: 'Bergen', province: 'Noord-Holland' })).toContain('PV27');
});

test('many places come back in the order they were told, and a point keeps its own degrees', async () => {
  const told = [
    { municipality: 'Ede' },
    { municipality: 'Nergens' },
    { lat: 52.37, lon: 4.9, precision: 'exact' as const },
    {},
    { municipality: 'Utrecht', lat: 52.1, lon: 5.1 },
  ].map(place);
  const answers = await withViewer(visitor, (tx) => placesTold(tx, told));
  expect(answers.map((one) => (one.ok ? (one.columns?.municipality ?? null) : one.reason))).toEqual([
    'GM0228',
    'unknown_municipality',
    'GM0363',
    null,
    'GM0344',
  ]);
  expect(answers[4]).toMatchObject({ columns: { lat: 52.1, lon: 5.1, precision: 'town' } });
});
