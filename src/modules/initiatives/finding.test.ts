import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { daysLater, today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { operator, visitor } from '#platform/viewer.ts';
import { ownDatabase } from '../../../tests/support/database.ts';
import { layOpen } from './commands.server.ts';
import { entryNamed } from './entry/queries.server.ts';
import { happenedBetween, tide } from './shoreline/queries.server.ts';
import { aField, asAdmin, find, layField, slugs, theRealField } from './testing.ts';

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
let rows: Row[];

beforeAll(async () => {
  rows = JSON.parse(await readFile('db/field/organisations.json', 'utf8')) as Row[];
  await layField(await theRealField());
}, 120_000);

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
