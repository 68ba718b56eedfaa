import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { operator, visitor } from '#platform/viewer.ts';
import { ownDatabase } from '../../../tests/support/database.ts';
import type { MunicipalityCode, Place, ProvinceCode } from './model.ts';
import type { Language } from '#platform/i18n/languages.ts';

ownDatabase();
const places = async () => ({
  ...(await import('#platform/db.server.ts')),
  ...(await import('./queries.server.ts')),
  ...(await import('./commands.server.ts')),
});

beforeAll(async () => {
  const { withViewer, loadPlaces } = await places();
  await withViewer(operator, (tx) => loadPlaces(tx));
});

async function named(words: string, language?: Language) {
  const { withViewer, placeNamed } = await places();
  return withViewer(visitor, (tx) => placeNamed(tx, words, language));
}

async function idOf(words: string): Promise<string> {
  const answer = await named(words);
  return answer.place
    ? answer.place.id
    : `did you mean ${answer.didYouMean.map((place: Place) => place.id).join(' ')}`;
}

describe('a place is found by the name people have for it', () => {
  test.each([
    ['arnhem', 'GM0202-arnhem'],
    ['ARNHEM ', 'GM0202-arnhem'],
    ['Arnheim', 'GM0202-arnhem'],
    ['Arnhm', 'GM0202-arnhem'],
    ['Anrhem', 'GM0202-arnhem'],
    ['أرنهيم', 'GM0202-arnhem'],
    ['ارنهيم', 'GM0202-arnhem'],
    ['آرنهم', 'GM0202-arnhem'],
    ['Арнем', 'GM0202-arnhem'],
    ['ኣርንሄም', 'GM0202-arnhem'],
    ['አርንሄም', 'GM0202-arnhem'],
    ['den bosch', 'GM0796-s-hertogenbosch'],
    ['s hertogenbosch', 'GM0796-s-hertogenbosch'],
    ['’s‑Hertogenbosch', 'GM0796-s-hertogenbosch'],
    ['Bois-le-Duc', 'GM0796-s-hertogenbosch'],
    ['Den Haag', 'GM0518-den-haag'],
    ["'s-Gravenhage", 'GM0518-den-haag'],
    ['The Hague', 'GM0518-den-haag'],
    ['La Haye', 'GM0518-den-haag'],
    ['Lahey', 'GM0518-den-haag'],
    ['لاهاي', 'GM0518-den-haag'],
    ['Гаага', 'GM0518-den-haag'],
    ['Nimègue', 'GM0268-nijmegen'],
    ['nimegue', 'GM0268-nijmegen'],
    ['Nijmegen', 'GM0268-nijmegen'],
    ['ኣምስተርዳም', 'GM0363-amsterdam'],
    ['أمستردام', 'GM0363-amsterdam'],
    ['Амстердам', 'GM0363-amsterdam'],
    ['Amsterdm', 'GM0363-amsterdam'],
    ['Утрехт', 'GM0344-utrecht'],
    ['Utrecht', 'GM0344-utrecht'],
    ['provincie Gelderland', 'PV25'],
    ['Fryslân', 'PV21'],
    ['friesland', 'PV21'],
    ['Zeeland', 'PV29'],
    ['Hollande-Septentrionale', 'PV27'],
    ['Zaanstad', 'GM0479'],
    ['gemeente Hof van Twente', 'GM1735'],
    ['Súdwest-Fryslân', 'GM1900'],
    ['Almere', 'GM0034-almere-stad'],
    ['Hengelo', 'GM0164-hengelo'],
    ['Hengelo, Gelderland', 'GM1876-hengelo'],
    ['Nes, Ameland', 'GM0060-nes'],
  ])('%s', async (words, id) => {
    expect(await idOf(words)).toBe(id);
  });

  test('two villages of one name are both offered, and neither is chosen for the reader', async () => {
    const answer = await named('Nes');
    expect(answer.place === null && answer.didYouMean.map((place) => place.id).sort()).toEqual([
      'GM0060-nes',
      'GM0074-nes',
    ]);
  });

  test('the province that shares a name with a city is offered beside it', async () => {
    const answer = await named('Groningen');
    expect(answer.place?.kind).toBe('town');
    expect(answer.place && answer.others.map((place) => place.id)).toContain('PV20');
  });

  test('the beginning of a name offers what it may become', async () => {
    const answer = await named('Leeuw');
    expect(answer.place === null && answer.didYouMean.map((place) => place.id)).toContain(
      'GM0080-leeuwarden',
    );
  });

  test.each(['xqzzkj', '', '   ', '!!!', "'; drop table pub.place; --", '%', '___', '\u202e', '😀'])(
    'nonsense %j offers nothing',
    async (words) => {
      expect(await named(words)).toEqual({ place: null, didYouMean: [] });
    },
  );

  test('a reader of Arabic reads the Arabic name, and the Dutch one where there is none', async () => {
    const arnhem = await named('Arnhem', 'ar');
    expect(arnhem.place).toMatchObject({ called: 'أرنهيم', name: 'Arnhem', provinceCalled: 'خيلدرلاند' });
    const village = await named('Coendersborg', 'ar');
    expect(village.place?.called).toBe('Coendersborg');
  });
});

describe('the lists', () => {
  test('there are twelve provinces, each with a name in every language of the house', async () => {
    const { withViewer, provinces } = await places();
    for (const language of ['nl', 'en', 'ar', 'ti', 'fa', 'uk', 'tr', 'fr'] as const) {
      const all = await withViewer(visitor, (tx) => provinces(tx, language));
      expect(all).toHaveLength(12);
      const script = {
        ar: /\p{Script=Arabic}/u,
        fa: /\p{Script=Arabic}/u,
        ti: /\p{Script=Ethiopic}/u,
        uk: /\p{Script=Cyrillic}/u,
      }[language as 'ar'];
      if (script) expect(all.every((province) => script.test(province.called))).toBe(true);
    }
  });

  test('Gelderland has 51 municipalities, and Arnhem has its districts', async () => {
    const { withViewer, municipalities, placesIn } = await places();
    const inGelderland = await withViewer(visitor, (tx) => municipalities(tx, 'PV25' as ProvinceCode));
    expect(inGelderland).toHaveLength(51);
    expect(inGelderland.every((each) => each.province === 'PV25')).toBe(true);
    const arnhem = await withViewer(visitor, (tx) => placesIn(tx, 'GM0202' as MunicipalityCode));
    expect(arnhem[0]?.name).toBe('Arnhem');
    expect(arnhem.length).toBeGreaterThan(3);
  });

  test('every municipality that the Dutch field names is one we know, in the same province', async () => {
    const { withViewer, municipalityNamed } = await places();
    const file = JSON.parse(await readFile('db/field/organisations.json', 'utf8')) as unknown;
    const entries = (Array.isArray(file) ? file : (file as { organisations: unknown[] }).organisations) as {
      municipality: string | null;
      province: string | null;
    }[];
    const pairs = [
      ...new Set(
        entries
          .filter((entry) => entry.municipality)
          .map((entry) => JSON.stringify([entry.municipality, entry.province])),
      ),
    ];
    expect(pairs.length).toBeGreaterThan(50);
    for (const pair of pairs) {
      const [name, province] = JSON.parse(pair) as [string, string | null];
      const found = await withViewer(visitor, (tx) => municipalityNamed(tx, name, province));
      expect(found, `${name} in ${province}`).not.toBeNull();
      if (province && province !== 'Friesland') expect(found?.provinceCalled).toBe(province);
    }
  });

  test('the town nearest to the station of Arnhem is Arnhem', async () => {
    const { withViewer, townNearest } = await places();
    const near = await withViewer(visitor, (tx) => townNearest(tx, { lat: 51.985, lon: 5.899 }));
    expect(near?.town.municipality).toBe('GM0202');
    expect(near?.km).toBeLessThan(2);
  });
});

describe('loading', () => {
  test('a second load changes nothing', async () => {
    const { withViewer, loadPlaces } = await places();
    const { sql } = await import('kysely');
    const picture = () =>
      withViewer(
        operator,
        async (tx) =>
          (
            await sql`select 'p' as t, id, xmin::text from pub.place union all
        select 'n', name || language || coalesce(place_id, municipality_code, province_code), xmin::text from pub.place_name order by 1, 2, 3`.execute(
              tx,
            )
          ).rows,
      );
    const before = await picture();
    const loaded = await withViewer(operator, (tx) => loadPlaces(tx));
    expect(loaded).toMatchObject({ provinces: 12, municipalities: 342 });
    expect(await picture()).toEqual(before);
    expect(before).toHaveLength(loaded.places + loaded.names);
  });

  test('a visitor cannot write a place', async () => {
    const { withViewer, loadPlaces } = await places();
    await expect(withViewer(visitor, (tx) => loadPlaces(tx))).rejects.toThrow();
    const { sql } = await import('kysely');
    const stranger = Object.assign({ ...operator }, { kind: 'member' });
    await expect(withViewer(stranger, (tx) => loadPlaces(tx))).rejects.toThrow('Only the operator');
    // The wall stands in the database too, for code that forgets to ask.
    const renamed = await withViewer(stranger, (tx) =>
      sql`update pub.place set name = 'Nergens'`.execute(tx),
    );
    expect(renamed.numAffectedRows).toBe(0n);
  });
});
