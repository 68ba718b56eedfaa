import { beforeAll, expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import { daysLater, today } from '#platform/clock.ts';
import { visitor } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { fieldMap } from '../map/queries.server.ts';
import { aField, asAdmin, find, layField, wishFor } from '../testing.ts';

const database = ownDatabase();
const ago = (days: number) => daysLater(today(), -days);

beforeAll(async () => {
  const places = ['Arnhem', 'Ede', 'Apeldoorn', 'Tiel', 'Zutphen'];
  const names = ['fresh', 'fading', 'faded', 'silent', 'never'];
  await layField(aField(names.map((id, at) => ({ id, name: id, municipality: places[at] }))));
  const said = { fresh: [10, null], fading: [400, 900], faded: [null, 600], silent: [2000, 800] };
  for (const [slug, [confirmed, checked]] of Object.entries(said))
    await asAdmin(
      database.adminUrl,
      `with laid as (update core.initiative set confirmed_on = $2, checked_on = $3 where slug = $1)
       update pub.initiative set confirmed_on = $2, checked_on = $3 where slug = $1`,
      [
        slug,
        confirmed === null ? null : ago(confirmed as number),
        checked === null ? null : ago(checked as number),
      ],
    );
  await asAdmin(
    database.adminUrl,
    `update pub.initiative set recorded_at = now() - interval '13 months' where slug = 'never'`,
  );
});

test('silence shows in the list at 12, 18 and 24 months, and takes nothing away', async () => {
  const { stones } = await find('');
  expect(Object.fromEntries(stones.map(({ slug, fading }) => [slug, fading]))).toEqual({
    fresh: { freshness: 'confirmed', step: 0 },
    fading: { freshness: 'fading', step: 1 },
    faded: { freshness: 'faded', step: 2 },
    silent: { freshness: 'silent', step: 3 },
    never: { freshness: 'never-confirmed', step: 1 },
  });
});

test('how the field stood on another day did not fade', async () => {
  const { stones } = await find(`asOf=${ago(30)}`);
  expect(stones).toHaveLength(5);
  expect(stones.map(({ fading }) => fading)).toEqual([null, null, null, null, null]);
});

test('on the map a silent stone is lighter, and one that lies with a fresh one is as fresh as that', async () => {
  const drawn = async (query: string) =>
    withViewer(visitor, async (tx) => {
      const map = await fieldMap(tx, wishFor(query), new URLSearchParams(query), 'nl');
      return map.stones.map(({ faded, count }) => `${count}: ${faded}`).sort();
    });
  expect(await drawn('province=PV25')).toEqual(['1: 0', '1: 1', '1: 1', '1: 2', '1: 3']);
  await asAdmin(
    database.adminUrl,
    `update pub.initiative_period p set lat = o.lat, lon = o.lon from pub.initiative_period o
     join pub.initiative f on f.id = o.initiative_id and f.slug = 'fresh'
     where p.initiative_id = (select id from pub.initiative where slug = 'silent')`,
  );
  expect(await drawn('province=PV25')).toEqual(['1: 1', '1: 1', '1: 2', '2: 0']);
});
