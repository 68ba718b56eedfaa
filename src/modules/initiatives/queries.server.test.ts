import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { daysLater, today, type Day } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { visitor } from '#platform/viewer.ts';
import { ownDatabase } from '../../../tests/support/database.ts';
import { findOpen } from './exchange/queries.server.ts';
import { geoJsonOf } from './exchange/model.ts';
import { pageSize } from './finding/model.ts';
import { countOn } from './queries.server.ts';
import { fieldGraph } from './relations/queries.server.ts';
import { asAdmin, find, layField, slugs, theRealField, wishFor } from './testing.ts';

const database = ownDatabase();
const all = 100_000;

interface Row {
  id: string;
  name: string;
  aka: string[];
  startYear: number | null;
  endYear: number | null;
  status: string;
}
interface Happened {
  organisation: string;
  kind: string;
  date: string;
}
let rows: Row[];
let events: Happened[];

beforeAll(async () => {
  rows = JSON.parse(await readFile('db/field/organisations.json', 'utf8')) as Row[];
  events = JSON.parse(await readFile('db/field/trajectory.json', 'utf8')) as Happened[];
  await layField(await theRealField());
}, 120_000);

/** The first day of '2016', '~2016', '2016-02' or '2016-02-09'. */
const firstDay = (date: string) => `${date.replace('~', '')}-01-01`.slice(0, 10);
/** The first day after it. */
function dayAfter(date: string): Day {
  const [year = 0, month, day] = date.replace('~', '').split('-').map(Number);
  const next =
    day !== undefined
      ? Date.UTC(year, (month ?? 1) - 1, day + 1)
      : month !== undefined
        ? Date.UTC(year, month, 1)
        : Date.UTC(year + 1, 0, 1);
  return new Date(next).toISOString().slice(0, 10);
}

/** From which day until which an organisation of the files is there: reckoned from the rows alone. */
function lifeOf(row: Row): { from: Day; until: Day } {
  const mine = events.filter((event) => event.organisation === row.id);
  const founded = mine.filter((event) => event.kind === 'founded').map((event) => firstDay(event.date));
  const ended = mine.filter((event) => event.kind === 'ended').map((event) => dayAfter(event.date));
  const from = founded.sort()[0] ?? (row.startYear ? `${row.startYear}-01-01` : '0000-01-01');
  const told =
    row.status === 'ended' ? (row.endYear ? dayAfter(String(row.endYear)) : '2026-11-21') : '9999-12-31';
  return { from, until: ended.sort()[0] ?? told };
}

describe('the field on a day', () => {
  const onMap = async (day: Day) => {
    const wish = wishFor(`asOf=${day}`);
    const { found, field } = await withViewer(visitor, (tx) => findOpen(tx, wish, 'nl', all));
    return geoJsonOf(found, wish, field).features;
  };

  test('the map data of two days differ exactly by the life events between', async () => {
    const lives = new Map(rows.map((row) => [row.id, lifeOf(row)]));
    const turns = [...lives.values()].flatMap(({ from, until }) => [from, until]);
    const stated = new Set([
      ...turns,
      ...events.flatMap((event) => [firstDay(event.date), dayAfter(event.date)]),
    ]);
    const days = [...stated].filter((day) => day >= '1990-01-01' && day <= '2026-11-21');
    const asked = [
      ...new Set(['2014-06-01', '2024-06-01', ...days.flatMap((day) => [daysLater(day, -1), day])]),
    ].sort();
    expect(asked.length).toBeGreaterThan(150);
    let before: Awaited<ReturnType<typeof onMap>> = [];
    for (const [at, day] of asked.entries()) {
      const features = await onMap(day);
      const there = [...lives]
        .filter(([, life]) => life.from <= day && day < life.until)
        .map(([slug]) => slug);
      expect(features.map((feature) => feature.properties.slug).sort(), day).toEqual(there.sort());
      const earlier = asked[at - 1];
      const known = new Map(before.map((feature) => [feature.properties.slug, feature]));
      // Who is there on both days is told the same, unless something happened to it in between.
      for (const feature of features) {
        const same = known.get(feature.properties.slug);
        if (!same || !earlier) continue;
        // Seen at work after a pause: it woke at the latest on the day the files were made.
        const woke = earlier < '2026-11-21' && day >= '2026-11-21';
        const paused = (event: Happened) => woke && event.kind === 'paused';
        const touched = events.some(
          (event) =>
            event.organisation === feature.properties.slug &&
            (paused(event) ||
              [firstDay(event.date), dayAfter(event.date)].some((turn) => turn > earlier && turn <= day)),
        );
        if (!touched) expect({ ...feature.properties, asOf: earlier }).toEqual(same.properties);
      }
      before = features;
    }
  }, 120_000);

  test.each([
    ['2014-06-01', '2024-06-01'],
    ['2015-12-31', '2016-01-01'],
    ['2019-11-30', '2019-12-01'],
    ['2020-02-29', '2020-03-01'],
    ['2022-01-31', '2022-02-01'],
    ['2024-03-31', '2024-04-01'],
  ])(
    'between %s and %s exactly those are added that began, and exactly those are gone that ended',
    async (one, other) => {
      const [before, after] = [await onMap(one), await onMap(other)].map((features) =>
        features.map((feature) => feature.properties.slug),
      );
      const began = rows.filter(
        (row) => lifeOf(row).from > one && lifeOf(row).from <= other && lifeOf(row).until > other,
      );
      const ended = rows.filter(
        (row) => lifeOf(row).until > one && lifeOf(row).until <= other && lifeOf(row).from <= one,
      );
      expect(after?.filter((slug) => !before?.includes(slug)).sort()).toEqual(
        began.map((row) => row.id).sort(),
      );
      expect(before?.filter((slug) => !after?.includes(slug)).sort()).toEqual(
        ended.map((row) => row.id).sort(),
      );
    },
  );

  test('counting who lives agrees with listing them, page by page', async () => {
    for (const day of ['2014-06-01', '2020-01-01', today()]) {
      const first = await find(`asOf=${day}`);
      expect(first.total).toBe(await withViewer(visitor, (tx) => countOn(tx, day)));
      const seen: string[] = [];
      for (let page = 1; page <= Math.ceil(first.total / pageSize); page++)
        seen.push(...(await slugs(`asOf=${day}&page=${page}`)));
      expect(new Set(seen).size).toBe(first.total);
      expect(seen.length).toBe(first.total);
    }
  });

  test('a page beyond the last is empty, and still tells how many there are', async () => {
    for (const query of ['', 'near=Arnhem', 'theme=language', 'q=taal&asOf=2018-01-01']) {
      const { total } = await find(query);
      const beyond = await find(`${query}&page=99999`);
      expect([beyond.stones, beyond.total], query).toEqual([[], total]);
      expect(total, query).toBeGreaterThan(0);
    }
  });

  test('all at once is all there is, whatever page is asked', async () => {
    const whole = await find('q=taal', 'nl', all);
    expect(whole.stones.length).toBe(whole.total);
    for (const page of [2, 21_476, 100_000])
      expect((await find(`q=taal&page=${page}`, 'nl', all)).stones).toEqual([]);
  });
});

test('the network of a day has everyone who lives on it, and every relation that stands on it', async () => {
  for (const day of ['2014-06-01', '2020-01-01', '2024-06-01', today()]) {
    const graph = await withViewer(visitor, (tx) => fieldGraph(tx, day));
    expect(graph.stones.size, day).toBe(await withViewer(visitor, (tx) => countOn(tx, day)));
    const [standing] = await asAdmin<{ n: string }>(
      database.adminUrl,
      `select count(*) as n from pub.relation r where r.valid @> $1::date
        and exists (select from pub.initiative_period p where p.initiative_id = r.from_id and p.valid @> $1::date and p.state <> 'ended')
        and exists (select from pub.initiative_period p where p.initiative_id = r.to_id and p.valid @> $1::date and p.state <> 'ended')`,
      [day],
    );
    expect(graph.relations.length, day).toBe(Number(standing?.n));
  }
});
