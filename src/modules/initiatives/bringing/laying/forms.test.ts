import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { loadPlaces } from '#modules/places/commands.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { anXlsx } from '#platform/spreadsheet/testing.ts';
import { operator, visitor } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../../tests/support/database.ts';
import { bring, brought } from './testing.ts';

ownDatabase();
beforeAll(() => withViewer(operator, (tx) => loadPlaces(tx)));

const json = (value: unknown) => Buffer.from(JSON.stringify(value));
const seen = async (slug: string) => {
  const { rows } = await withViewer(visitor, (tx) =>
    sql<Record<string, unknown>>`select p.name, p.town, p.kind, i.website, i.mail,
      (select text from pub.initiative_text t where t.initiative_id = i.id and t.language = 'nl') as text,
      (select array_agg(e.kind || ' ' || coalesce(e.day::text, '?') order by e.day) from pub.life_event e where e.initiative_id = i.id) as events
      from pub.initiative i join pub.initiative_period p on p.initiative_id = i.id where i.slug ~ ${`^${slug}-[0-9a-f]{8}$`} order by p.valid desc limit 1`.execute(
      tx,
    ),
  );
  return rows[0];
};

test('a spreadsheet is laid with its days, numbers and words', async () => {
  const file = anXlsx({
    Lijst: [
      ['Nr', 'Naam', 'Gemeente', 'Omschrijving', 'Opgericht', 'E-mail'],
      [17, 'Naaiatelier Zuid', 'Ede', 'Samen naaien.', { day: 42409 }, 'naai@example.org'],
    ],
  });
  expect(await brought(file, { source: 'blad' })).toMatchObject({ added: 1 });
  expect(await seen('naaiatelier-zuid')).toMatchObject({
    town: 'Ede',
    text: 'Samen naaien.',
    mail: null,
    events: ['founded 2016-02-09'],
  });
});

test('features are laid by their point alone, in the town that is nearest', async () => {
  const file = json({
    type: 'FeatureCollection',
    features: [
      {
        type: 'Feature',
        geometry: { type: 'Point', coordinates: [5.91, 51.985] },
        properties: { title: 'Punt Aan De Rijn', url: 'https://punt.example.org' },
      },
    ],
  });
  expect(await brought(file, { source: 'kaart' })).toMatchObject({ added: 1 });
  expect(await seen('punt-aan-de-rijn')).toMatchObject({
    town: 'Arnhem',
    website: 'https://punt.example.org',
    events: ['noticed ?'],
  });
});

test('features that are no points, or lie far from the town they name, are told by their number', async () => {
  const file = json({
    type: 'FeatureCollection',
    features: [
      {
        type: 'Feature',
        geometry: { type: 'Polygon', coordinates: [] },
        properties: { title: 'Vlak', gemeente: 'Ede' },
      },
      {
        type: 'Feature',
        geometry: { type: 'Point', coordinates: [4.9, 52.37] },
        properties: { title: 'Ver', gemeente: 'Ede' },
      },
    ],
  });
  const laid = await bring(file, { source: 'kaart' });
  expect(laid).toMatchObject({ ok: false, kind: 'rows' });
  expect(
    !laid.ok &&
      laid.kind === 'rows' &&
      laid.problems.map(({ row, field, reason, hint }) => [row, field, reason, hint]),
  ).toEqual([
    [1, 'lat', 'not_a_point', ''],
    [2, 'lat', 'point_elsewhere', 'Ede'],
  ]);
});

const organization = (id: string, more: object = {}) => ({
  id,
  name: `Stichting ${id.slice(0, 4)}`,
  description: 'Samen eten en praten.',
  website: 'https://hsds.example.org',
  services: [],
  locations: [
    {
      id: `${id}-l`,
      location_type: 'physical',
      name: 'Huis',
      latitude: 52.04,
      longitude: 5.66,
      addresses: [
        {
          id: `${id}-a`,
          address_1: 'x',
          city: 'Ede',
          state_province: 'Gelderland',
          postal_code: '6711 AA',
          country: 'NL',
          address_type: 'physical',
        },
      ],
    },
  ],
  ...more,
});

test('organizations of HSDS are laid as what public sources tell, and again they are nothing new', async () => {
  const file = json({
    contents: [
      organization('aaaa1111-0000-4000-8000-000000000001'),
      organization('bbbb1111-0000-4000-8000-000000000002'),
    ],
  });
  expect(await brought(file, { source: 'gids', mapping: {} })).toMatchObject({ added: 2 });
  expect(await seen('stichting-aaaa')).toMatchObject({ website: 'https://hsds.example.org' });
  expect(await brought(file, { source: 'gids', mapping: {} })).toMatchObject({
    added: 0,
    changed: 0,
    same: 2,
  });
});

test('organizations of HSDS that are no good are told with their number and field', async () => {
  const laid = await bring(json({ contents: [{ id: 'x', name: '', services: [] }] }), {
    source: 'gids',
    mapping: {},
  });
  expect(laid).toMatchObject({
    ok: false,
    kind: 'rows',
    problems: expect.arrayContaining([expect.objectContaining({ row: 1, column: 'name' })]) as unknown,
  });
});
