import { beforeAll, expect, test } from 'vitest';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { visitor } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { parseWish } from '../input.ts';
import { findInitiatives } from '../queries.server.ts';
import { layField, theRealField } from '../testing.ts';
import { fieldMap } from './queries.server.ts';

ownDatabase();

function mapOf(query: string, language: 'nl' | 'ar' = 'nl') {
  const asked = new URLSearchParams(query);
  return withViewer(visitor, (tx) => fieldMap(tx, parseWish(asked, today()).wish, asked, language));
}

beforeAll(async () => {
  await layField(await theRealField());
}, 120_000);

test('every initiative with a spot lies under exactly one stone of the country, on any day', async () => {
  for (const query of ['', 'asOf=2014-06-01', 'theme=work', 'ledBy=refugee-led', 'q=taalcafe']) {
    const map = await mapOf(query);
    const asked = new URLSearchParams(query);
    const found = await withViewer(visitor, (tx) =>
      findInitiatives(tx, parseWish(asked, today()).wish, 'nl', 5000),
    );
    const placed = found.stones.filter((stone) => stone.lat !== null);
    expect(
      map.stones.reduce((sum, stone) => sum + stone.count, 0),
      query,
    ).toBe(placed.length);
    expect(map.listed.map((stone) => stone.slug).sort(), query).toEqual(
      placed.map((stone) => stone.slug).sort(),
    );
    expect(map.nowhere, query).toBe(found.stones.length - placed.length);
  }
});

test('the provinces together hold what the country holds, and each only its own', async () => {
  const country = await mapOf('');
  const held: string[] = [];
  let drawn = 0;
  for (const province of country.provinces) {
    const map = await mapOf(`province=${province.code}`);
    expect(map.listed.every((stone) => stone.province === province.code)).toBe(true);
    drawn += map.stones.reduce((sum, stone) => sum + stone.count, 0);
    held.push(...map.listed.map((stone) => stone.slug));
  }
  // The drawn borders are older than the newest municipality.
  expect(drawn).toBeGreaterThan(held.length - 3);
  expect(held.sort()).toEqual(country.listed.map((stone) => stone.slug).sort());
});

test('a stone that opens shows in its window all it held', async () => {
  const country = await mapOf('');
  const opening = country.stones.filter((stone) => stone.opens !== null);
  expect(opening.length).toBeGreaterThan(0);
  for (const stone of opening.slice(0, 8)) {
    const inside = await mapOf(`window=${stone.opens ?? ''}`);
    expect(inside.problems).toEqual([]);
    expect(
      inside.stones.reduce((sum, one) => sum + one.count, 0),
      stone.name,
    ).toBeGreaterThanOrEqual(stone.count);
  }
});

test('a frame that does not exist is told by its name, and the country is shown', async () => {
  const wrong = [
    ['province', 'PV99'],
    ['province', '__proto__'],
    ['municipality', 'GM9999'],
    ['municipality', "' or 1=1"],
    ['window', '1,2,3,4'],
    ['window', '53,6,52,5'],
    ['window', 'NaN,NaN,NaN,NaN'],
    ['window', '9'.repeat(500)],
    ['province', '\u202ePV25\u202e'],
  ] as const;
  for (const [name, value] of wrong) {
    const map = await mapOf(new URLSearchParams([[name, value]]).toString());
    expect(
      map.problems.map((problem) => problem.name),
      value,
    ).toEqual([name]);
    expect(map.problems[0]?.given).not.toContain('\u202e');
    expect(map.frame.kind, value).toBe('country');
  }
});

test('a place that was asked for is the middle of the frame, in any script', async () => {
  const dutch = await mapOf('near=Arnhem');
  expect(dutch.frame.kind).toBe('window');
  expect(dutch.listed.length).toBeGreaterThan(3);
  expect((await mapOf(new URLSearchParams({ near: 'أرنهيم' }).toString(), 'ar')).frame).toEqual(dutch.frame);
  const province = await mapOf('near=Gelderland');
  expect([province.frame, province.province]).toEqual([{ kind: 'province', code: 'PV25' }, 'PV25']);
});
