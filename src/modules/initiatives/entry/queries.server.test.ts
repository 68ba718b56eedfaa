import { beforeAll, describe, expect, test } from 'vitest';
import { sql } from 'kysely';
import { today } from '#platform/clock.ts';
import { csv } from '#platform/csv.ts';
import { withViewer } from '#platform/db.server.ts';
import { operator, visitor } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { layOpen } from '../commands.server.ts';
import { geoJsonOf, tableOf } from '../exchange/model.ts';
import { changesSince, findOpen } from '../exchange/queries.server.ts';
import { parseWish } from '../input.ts';
import { fieldMap } from '../map/queries.server.ts';
import { countOn, findInitiatives, spokenLanguages } from '../queries.server.ts';
import { fieldGraph } from '../relations/queries.server.ts';
import { happenedBetween } from '../shoreline/queries.server.ts';
import { aField, allOfPub, asAdmin, layField } from '../testing.ts';
import { entryNamed } from './queries.server.ts';

const database = ownDatabase();
const precise = { lat: 51.98765, lon: 5.91234 };
const wishFor = (query: string) => parseWish(new URLSearchParams(query), today()).wish;
const find = (query: string) => withViewer(visitor, (tx) => findInitiatives(tx, wishFor(query), 'nl', 1000));
const slugs = async (query: string) => (await find(query)).stones.map((stone) => stone.slug).sort();
const named = (slug: string) => withViewer(visitor, (tx) => entryNamed(tx, slug, 'nl'));
const mapOf = (query: string) =>
  withViewer(visitor, (tx) => fieldMap(tx, wishFor(query), new URLSearchParams(query), 'nl'));

const secretive = {
  id: 'zwaluwnest',
  name: 'Zwaluwnest',
  aka: ['Boerenzwaluwhuis'],
  languages: ['ti'],
  audiences: ['vogelkenners'],
  website: 'https://zwaluwnest.example',
  summary_nl: 'Kwikstaarten leren er zingen.',
  summary_en: 'Wagtails learn to sing there.',
};
const itsWords = /zwaluwnest|zwaluwhuis|kwikstaart|wagtail|vogelkenner|ijsvogel|scholekster/i;

const theField = aField(
  [
    { id: 'exact-one', name: 'Exacte Els', lat: 51.95, lon: 5.9, precision: 'exact' },
    { id: 'street-one', name: 'Straatje Sanne', ...precise, precision: 'street' },
    { id: 'town-one', name: 'Stadse Stien', ...precise, precision: 'town' },
    { id: 'region-one', name: 'Regionale Rie', ...precise, precision: 'region' },
    { id: 'hidden-one', name: 'Verborgen Vera', ...precise, precision: 'hidden', phases: [] },
    { id: 'nowhere-one', name: 'Nergens Nel', municipality: null, province: null },
    secretive,
  ],
  {
    events: [
      {
        organisation: 'zwaluwnest',
        kind: 'opened',
        date: '2018-03',
        text_en: 'The kingfisher, ijsvogel, came.',
      },
    ],
    relations: [{ from: 'zwaluwnest', to: 'town-one', note_en: 'They share a scholekster.' }],
    renderings: { nl: { audiences: { vogelkenners: 'kenners van vogels' } } },
  },
);

beforeAll(() => layField(theField), 120_000);

describe('a place is never told more exactly than its initiative allows', () => {
  test('in the list', async () => {
    const { stones } = await find('');
    const place = (slug: string) => {
      const stone = stones.find((one) => one.slug === slug);
      return stone && [stone.lat, stone.lon, stone.town, stone.municipality, stone.province];
    };
    expect(place('exact-one')?.slice(0, 2)).toEqual([51.95, 5.9]);
    // Somewhere in its street of about a hundred metres, told in no more than three decimals.
    for (const [at, told] of [precise.lat, precise.lon].entries()) {
      const shown = Number(place('street-one')?.[at]);
      expect(Math.abs(shown - told)).toBeLessThan(0.0015);
      expect(Math.round(shown * 1000) / 1000).toBe(shown);
    }
    expect(place('town-one')).toEqual([expect.any(Number), expect.any(Number), 'Arnhem', 'GM0202', 'PV25']);
    const arnhem = await asAdmin<{ lat: number; lon: number }>(
      database.adminUrl,
      "select lat, lon from pub.place where name = 'Arnhem' and municipality_code = 'GM0202'",
    );
    expect(place('town-one')?.slice(0, 2)).toEqual([arnhem[0]?.lat, arnhem[0]?.lon]);
    const gelderland = await asAdmin<{ lat: number; lon: number }>(
      database.adminUrl,
      "select lat, lon from pub.province where code = 'PV25'",
    );
    expect(place('region-one')).toEqual([gelderland[0]?.lat, gelderland[0]?.lon, null, null, 'PV25']);
    expect(place('hidden-one')).toEqual([null, null, null, null, null]);
    expect(place('nowhere-one')).toEqual([null, null, null, null, null]);
  });

  test('in the data, on any day, also as it was held on another day', async () => {
    for (const query of [
      '',
      'asOf=2018-01-01',
      'q=Vera',
      `knownOn=${today()}`,
      `knownOn=${today()}&q=Vera&asOf=2020`,
    ]) {
      const wish = wishFor(query);
      const { found, field } = await withViewer(visitor, (tx) => findOpen(tx, wish, 'nl'));
      const feature = geoJsonOf(found, wish, field).features.find(
        (one) => one.properties.slug === 'hidden-one',
      );
      expect(feature, query).toMatchObject({
        geometry: null,
        properties: { town: null, municipality: null, province: null, km: null },
      });
      const line = csv(tableOf(found, wish, field))
        .split('\r\n')
        .find((one) => one.includes('hidden-one'));
      expect(line, query).toMatch(/,(?:""|),(?:""|),(?:""|),(?:""|),(?:""|),"Dit is hidden-one\.",/);
    }
  });

  test('on the map, which only says that there are more without a spot', async () => {
    for (const query of ['', 'province=PV25', 'municipality=GM0202', 'window=51.9,5.8,52.1,6']) {
      const map = await mapOf(query);
      expect(map.nowhere, query).toBe(2);
      expect(
        map.listed.map((stone) => stone.slug),
        query,
      ).not.toContain('hidden-one');
      expect(
        map.stones.map((stone) => stone.slug),
        query,
      ).not.toContain('hidden-one');
    }
    const inArnhem = (await mapOf('municipality=GM0202')).listed.map((stone) => stone.slug).sort();
    expect(inArnhem).toEqual(['exact-one', 'street-one', 'town-one', 'zwaluwnest']);
  });

  test('by distance, by province or by the name of its town', async () => {
    for (const query of [
      'near=Arnhem&within=300',
      'near=Gelderland',
      'near=Arnhem&q=Vera',
      'near=Gelderland&q=Vera',
      'q=Arnhem',
      'q=Gelderland',
      'q=Arnhem+Vera&near=Arnhem',
    ])
      expect(await slugs(query), query).not.toContain('hidden-one');
    expect(await slugs('near=Arnhem')).toEqual(
      expect.arrayContaining(['exact-one', 'street-one', 'town-one']),
    );
    expect(await slugs('near=Gelderland')).toContain('region-one');
    expect(await slugs('q=Arnhem')).not.toContain('region-one');
    expect(await slugs('q=Vera')).toEqual(['hidden-one']);
  });

  test('on its own page', async () => {
    const hidden = await named('hidden-one');
    expect(
      hidden?.periods.map((period) => [period.precision, period.town, period.provinceCode, period.province]),
    ).toEqual([['hidden', null, null, null]]);
    const region = await named('region-one');
    expect(region?.periods.map((period) => [period.precision, period.town, period.provinceCode])).toEqual([
      ['region', null, 'PV25'],
    ]);
    expect(JSON.stringify([hidden, region])).not.toMatch(/51\.98|5\.91|Arnhem|GM0202/);
  });

  test('nor anywhere else that the street can read', async () => {
    for (const [table, text] of await allOfPub(database.adminUrl)) {
      expect(text, table).not.toContain('51.98765');
      expect(text, table).not.toContain('5.91234');
    }
  });

  test('a visitor cannot ask past the open tables', async () => {
    for (const table of [
      'vault.initiative_place',
      'core.initiative',
      'core.initiative_period',
      'core.life_event',
    ])
      await expect(
        withViewer(visitor, (tx) => sql`select * from ${sql.table(table)}`.execute(tx)),
        table,
      ).rejects.toThrow(/permission denied/);
  });
});

test('an entry tells its life in the words of the reader where there are any, else in Dutch', async () => {
  const entry = await withViewer(visitor, (tx) => entryNamed(tx, 'zwaluwnest', 'ar'));
  expect(entry).toMatchObject({
    name: 'Zwaluwnest',
    names: ['Boerenzwaluwhuis'],
    text: { language: 'nl', words: 'Kwikstaarten leren er zingen.' },
  });
  expect(entry?.events.map((event) => [event.kind, event.day, event.precision, event.corrected])).toEqual([
    ['founded', '2016-01-01', 'year', false],
    ['opened', '2018-03-01', 'month', false],
  ]);
  const dutch = await named('zwaluwnest');
  expect(dutch?.periods[0]?.audiences).toEqual([{ word: 'kenners van vogels', language: 'nl' }]);
  expect(entry?.periods[0]?.audiences).toEqual([{ word: 'vogelkenners', language: 'en' }]);
  expect(dutch?.events.every((event) => event.recordedOn === today())).toBe(true);
});

test('a slug that is none finds nothing, whatever it holds', async () => {
  for (const slug of [
    '',
    'ZWALUWNEST',
    'zwaluwnest ',
    "' or 1=1 --",
    '%',
    '__proto__',
    '../zwaluwnest',
    'a'.repeat(4000),
  ])
    expect(await named(slug), slug).toBeNull();
});

describe.each(['network', 'table', 'hidden'])('an entry that is for %s eyes', (visibility) => {
  const show = async (as: string) => {
    const [row] = await asAdmin<{ id: string }>(
      database.adminUrl,
      'update core.initiative set visibility = $1 where slug = $2 returning id',
      [as, 'zwaluwnest'],
    );
    await withViewer(operator, (tx) => layOpen(tx, [row?.id ?? '']));
  };

  test('is gone from every door in the same moment, and comes back when it is open again', async () => {
    const lastNumber = await withViewer(visitor, (tx) => changesSince(tx, { number: 0 })).then(
      ({ next }) => next,
    );
    const count = await withViewer(visitor, (tx) => countOn(tx, today()));
    expect(await slugs('q=Zwaluwnest')).toContain('zwaluwnest');
    await show(visibility);
    for (const query of [
      '',
      'q=Zwaluwnest',
      'q=Zwaluwnst',
      'q=kwikstaarten',
      'q=Boerenzwaluwhuis',
      'near=Arnhem',
      'language=ti',
      'asOf=2018',
      `knownOn=${today()}`,
    ])
      expect(await slugs(query), query).not.toContain('zwaluwnest');
    expect((await find('q=Zwaluwnst')).spelledAs ?? '').not.toMatch(itsWords);
    expect(await named('zwaluwnest')).toBeNull();
    expect((await mapOf('')).listed.map((stone) => stone.slug)).not.toContain('zwaluwnest');
    await withViewer(visitor, async (tx) => {
      expect(await countOn(tx, today())).toBe(count - 1);
      expect(await spokenLanguages(tx)).not.toContain('ti');
      expect(JSON.stringify(await happenedBetween(tx, '2010-01-01', today(), 'nl'))).not.toMatch(itsWords);
      const graph = await fieldGraph(tx, today());
      expect([...graph.stones.keys()]).not.toContain('zwaluwnest');
      expect(graph.relations).toEqual([]);
      expect(await changesSince(tx, { number: lastNumber })).toMatchObject({
        changes: [{ slug: 'zwaluwnest', what: 'removed' }],
      });
    });
    await show('public');
    expect(await slugs('q=Zwaluwnest')).toContain('zwaluwnest');
    expect(
      await withViewer(visitor, (tx) => fieldGraph(tx, today()).then((graph) => graph.relations.length)),
    ).toBe(1);
  });

  test('leaves none of its words in what the street reads of the field', async () => {
    await show(visibility);
    const left = [...(await allOfPub(database.adminUrl))].filter(([, text]) => itsWords.test(text));
    await show('public');
    // The diary keeps the slug, so that others can take it from their copies; the bare vocabulary is recounted later.
    const kept = ['audience_word', 'change', 'search_stem', 'search_word'];
    expect(left.map(([table]) => table).filter((table) => !kept.includes(table))).toEqual([]);
  });
});
