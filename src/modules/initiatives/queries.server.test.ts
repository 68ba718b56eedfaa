import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { daysLater, today, type Day } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import { operator, visitor } from '#platform/viewer.ts';
import { ownDatabase } from '../../../tests/support/database.ts';
import { layOpen } from './commands.server.ts';
import { entryNamed } from './entry/queries.server.ts';
import { geoJsonOf } from './exchange/model.ts';
import { pageSize, type FieldWish } from './finding/model.ts';
import { parseWish } from './input.ts';
import { countOn, findInitiatives } from './queries.server.ts';
import { fieldGraph } from './relations/queries.server.ts';
import { happenedBetween, tide } from './shoreline/queries.server.ts';
import { aField, asAdmin, layField, theRealField } from './testing.ts';

const database = ownDatabase();
const all = 100_000;

const wishFor = (query: string): FieldWish => parseWish(new URLSearchParams(query), today()).wish;
const find = (query: string, language: Language = 'nl', size = pageSize) =>
  withViewer(visitor, (tx) => findInitiatives(tx, wishFor(query), language, size));
const slugs = async (query: string, language: Language = 'nl', size = pageSize) =>
  (await find(query, language, size)).stones.map((stone) => stone.slug);

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
    const found = await withViewer(visitor, (tx) => findInitiatives(tx, wish, 'nl', all));
    return geoJsonOf(found, wish).features;
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

describe('finding by name', () => {
  const letters = 'abcdefghijklmnopqrstuvwxyz';

  /** One letter left out, changed, put in, and two swapped: each at a place that the name itself decides. */
  function misspellings(name: string): string[] {
    let seed = [...name].reduce((sum, sign) => (sum * 31 + (sign.codePointAt(0) ?? 0)) % 2147483647, 7);
    const chance = (below: number) => (seed = (seed * 16807) % 2147483647) % below;
    const signs = [...name];
    const places = signs.flatMap((sign, at) => (/\p{L}/u.test(sign) ? [at] : []));
    const place = () => places[chance(places.length)] ?? 0;
    const other = (not: string) => {
      const one = letters[chance(26)] ?? 'x';
      return one === not.toLowerCase() ? (one === 'q' ? 'x' : 'q') : one;
    };
    const [gone, changed, added] = [place(), place(), place()];
    const pairs = places.filter(
      (at) => places.includes(at + 1) && signs[at]?.toLowerCase() !== signs[at + 1]?.toLowerCase(),
    );
    const swapped = pairs[chance(Math.max(1, pairs.length))];
    return [
      signs.toSpliced(gone, 1),
      signs.with(changed, other(signs[changed] ?? '')),
      signs.toSpliced(added, 0, other('')),
      ...(swapped === undefined
        ? []
        : [signs.toSpliced(swapped, 2, signs[swapped + 1] ?? '', signs[swapped] ?? '')]),
    ].map((all) => all.join(''));
  }

  async function ranks(asked: readonly (readonly [string, string])[]) {
    const missing: string[] = [];
    let first = 0;
    for (const [slug, words] of asked) {
      const at = (await slugs(new URLSearchParams({ q: words }).toString())).indexOf(slug);
      if (at < 0) missing.push(`${words} (${slug})`);
      if (at === 0) first++;
    }
    return { missing, first: first / asked.length, of: asked.length };
  }

  test('every organisation of the field is found by its name and by each alias', async () => {
    const asked = rows.flatMap((row) => [row.name, ...row.aka].map((name) => [row.id, name] as const));
    const { missing, first, of } = await ranks(asked);
    expect(missing).toEqual([]);
    expect(of).toBeGreaterThan(226);
    expect(first).toBeGreaterThan(0.9);
  }, 120_000);

  test('every organisation of the field is found by its name with one letter wrong', async () => {
    const asked = rows.flatMap((row) => misspellings(row.name).map((name) => [row.id, name] as const));
    const { missing, first, of } = await ranks(asked);
    expect(missing).toEqual([]);
    expect(of).toBeGreaterThan(890);
    expect(first).toBeGreaterThan(0.9);
  }, 300_000);
});

describe('words in many scripts', () => {
  beforeAll(async () => {
    await layField(
      aField(
        [
          { id: 'planted-taalcafe', name: 'Proeftaalcafé', summary_nl: 'Een taalcafé waar je oefent.' },
          { id: 'planted-many', name: 'Veeltalig huis' },
        ],
        {
          renderings: {
            ar: {
              summaries: {
                'planted-many': 'مقهى لغة للأُسَر، ونساعد في الإيواء والمدرسة وتعليم قيادة الدراجة.',
              },
            },
            uk: { summaries: { 'planted-many': 'Мовне кафе для біженців: разом лагодимо велосипеди.' } },
            ti: { summaries: { 'planted-many': 'ትምህርቲ ቋንቋ ንስደተኛታት፣ ብሽክለታ ምጽጋን።' } },
            fa: { summaries: { 'planted-many': 'کارگاه تعمیر دوچرخه برای پناهندگان می‌باشد.' } },
            tr: { summaries: { 'planted-many': 'İğdır sokağında bisiklet onarımı öğretiyoruz.' } },
          },
        },
      ),
    );
  }, 120_000);

  test.each(['taalcafe', 'taalcafé', 'TAALCAFÉ', 'taalcaf\u0065\u0301', 'taalkafe', 'proeftaalcafe'])(
    '%s finds a taalcafé',
    async (q) => {
      expect(await slugs(new URLSearchParams({ q }).toString())).toContain('planted-taalcafe');
    },
  );

  test.each([
    ['ar', 'مقهى لغة'],
    ['ar', 'مقهى اللغة'],
    ['ar', 'المقهى'],
    ['ar', 'الدراجة'],
    ['ar', 'دراجة'],
    ['ar', 'دراجه'],
    ['ar', 'الايواء'],
    ['ar', 'إيواء'],
    ['ar', 'ايواء'],
    ['ar', 'أسر'],
    ['ar', 'اسر'],
    ['uk', 'мовне кафе'],
    ['uk', 'велосипеди'],
    ['uk', 'велосипед'],
    ['ti', 'ስደተኛታት'],
    ['ti', 'ቋንቋ'],
    ['ti', 'ብሽክለታ'],
    ['fa', 'دوچرخه'],
    ['fa', 'دوچرخة'],
    ['fa', 'پناهندگان'],
    ['tr', 'bisiklet'],
    ['tr', 'igdir'],
    ['tr', 'İĞDIR'],
  ] as const)('in %s, %s finds the entry that says so', async (language, q) => {
    expect(await slugs(new URLSearchParams({ q }).toString(), language, all)).toContain('planted-many');
    // A reader of another language who types it finds it too.
    expect(await slugs(new URLSearchParams({ q }).toString(), 'nl', all)).toContain('planted-many');
  });
});

describe('what was held earlier', () => {
  const madeIn = (year: number, status = 'active') =>
    layField(aField([{ id: 'corrected', name: 'Kompasroos', startYear: year, status, phases: ['landing'] }]));
  const there = async (query: string) => (await slugs(query)).includes('corrected');
  const weekAgo = daysLater(today(), -7);

  beforeAll(async () => {
    await madeIn(2012);
    // As if it was told a month ago.
    const month = "interval '30 days'";
    await asAdmin(
      database.adminUrl,
      `update core.initiative set recorded_at = recorded_at - ${month} where slug = 'corrected'`,
    );
    const [row] = await asAdmin<{ id: string }>(
      database.adminUrl,
      "select id from core.initiative where slug = 'corrected'",
    );
    const id = row?.id ?? '';
    await asAdmin(
      database.adminUrl,
      `update core.initiative_period set recorded_at = recorded_at - ${month} where initiative_id = $1`,
      [id],
    );
    await asAdmin(
      database.adminUrl,
      `update core.life_event set recorded = tstzrange(lower(recorded) - ${month}, null) where initiative_id = $1`,
      [id],
    );
    await withViewer(operator, (tx) => layOpen(tx, [id]));
    await madeIn(2016);
  }, 120_000);

  test('a correction tells the same world better: what is so on a day changes only for who asks now', async () => {
    expect(await there('q=Kompasroos&asOf=2014-06-01')).toBe(false);
    expect(await there('q=Kompasroos&asOf=2018-06-01')).toBe(true);
    const listed = async (query: string) =>
      (await find(query, 'nl', all)).stones.some((stone) => stone.slug === 'corrected');
    expect(await listed('asOf=2014-06-01')).toBe(false);
    expect(await listed(`asOf=2014-06-01&knownOn=${weekAgo}`)).toBe(true);
    expect(await listed(`asOf=2011-06-01&knownOn=${weekAgo}`)).toBe(false);
    expect(await listed(`asOf=2014-06-01&knownOn=${today()}`)).toBe(false);
  });

  test('the earlier telling is found by its words too', async () => {
    expect(await there(`q=Kompasroos&asOf=2014-06-01&knownOn=${weekAgo}`)).toBe(true);
    expect(await there(`q=Kompasroos&asOf=2014-06-01&knownOn=${today()}`)).toBe(false);
  });

  test('before it was told at all nobody knew of it', async () => {
    const longAgo = daysLater(today(), -60);
    expect(await there(`q=Kompasroos&knownOn=${longAgo}`)).toBe(false);
    expect((await find(`knownOn=${longAgo}`)).total).toBe(0);
  });

  test('a correction is no life event: the shoreline tells one founding, and the entry says it was told differently', async () => {
    await withViewer(visitor, async (tx) => {
      const told = (await happenedBetween(tx, '2010-01-01', today(), 'nl')).filter(
        (one) => one.slug === 'corrected',
      );
      expect(told.map((one) => [one.kind, one.day])).toEqual([['founded', '2016-01-01']]);
      const entry = await entryNamed(tx, 'corrected', 'nl');
      expect(entry?.events.map((event) => [event.kind, event.corrected, event.recordedOn])).toEqual([
        ['founded', true, today()],
      ]);
      expect(entry?.periods.map((period) => [period.from, period.state])).toEqual([['2016-01-01', 'active']]);
      const years = await tide(tx, today());
      expect(years.find((year) => year.year === 2016)?.started).toBeGreaterThan(0);
    });
  });

  test('an end is a change in the world and leaves the days before it alone', async () => {
    await layField(
      aField([
        {
          id: 'corrected',
          name: 'Kompasroos',
          startYear: 2016,
          endYear: 2020,
          status: 'ended',
          phases: ['landing'],
        },
      ]),
    );
    expect(await there('q=Kompasroos&asOf=2018-06-01')).toBe(true);
    const ended = (await find('q=Kompasroos&asOf=2022-06-01')).stones.find(
      (stone) => stone.slug === 'corrected',
    );
    expect(ended?.state).toBe('ended');
    const live = await find('asOf=2022-06-01', 'nl', all);
    expect(live.stones.map((stone) => stone.slug)).not.toContain('corrected');
    expect(
      (await find(`asOf=2022-06-01&knownOn=${weekAgo}`, 'nl', all)).stones.map((stone) => stone.slug),
    ).toContain('corrected');
  });
});
