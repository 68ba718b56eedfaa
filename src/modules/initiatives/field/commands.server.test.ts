import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { loadPlaces } from '#modules/places/commands.server.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { operator, visitor } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { takeAway } from '../commands.server.ts';
import { parseWish } from '../input.ts';
import { findInitiatives } from '../queries.server.ts';
import { theRealField } from '../testing.ts';
import { importField } from './commands.server.ts';
import { parseField, type FieldTexts } from './input.ts';

ownDatabase();
const aWhile = 180_000;
let field: FieldTexts;

async function bring(texts: FieldTexts, day = '2026-11-21') {
  const read = parseField(texts, day);
  if (!read.ok) throw new Error(JSON.stringify(read.problems.slice(0, 5)));
  return withViewer(operator, (tx) => importField(tx, read.field));
}

const countOf = (tx: Tx, table: string) =>
  sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`
    .execute(tx)
    .then(({ rows }) => rows[0]?.n);

const everything = () =>
  withViewer(operator, async (tx) => ({
    entries: await countOf(tx, 'pub.initiative'),
    tellings: await countOf(tx, 'core.life_event'),
    relations: await countOf(tx, 'core.relation'),
    periods: await countOf(tx, 'pub.initiative_period'),
    earlier: await countOf(tx, 'core.initiative_period_before'),
    diary: await countOf(tx, 'pub.change'),
  }));

const changed = (texts: FieldTexts, organisation: string, kind: string, by: object): FieldTexts => ({
  ...texts,
  trajectory: JSON.stringify(
    (JSON.parse(texts.trajectory) as { organisation: string; kind: string }[]).map((event) =>
      event.organisation === organisation && event.kind === kind ? { ...event, ...by } : event,
    ),
  ),
});

const shapesOf = (slug: string) =>
  withViewer(visitor, (tx) =>
    sql<{ from: string; name: string }>`select lower(p.valid) as "from", p.name from pub.initiative_period p
      join pub.initiative i on i.id = p.initiative_id where i.slug = ${slug} order by p.valid`.execute(tx),
  ).then(({ rows }) => rows);

beforeAll(async () => {
  field = await theRealField();
  await withViewer(operator, (tx) => loadPlaces(tx));
  const first = await bring(field);
  expect(first).toEqual({
    ok: true,
    imported: expect.objectContaining({ entries: 226, added: 226, relations: 221 }) as unknown,
  });
}, aWhile);

test(
  'the same telling again, on any later day, changes nothing and is no news',
  async () => {
    const before = await everything();
    expect(before).toMatchObject({ entries: 226, relations: 221, diary: 226 });
    const again = await bring(field, '2027-02-01');
    expect(again).toEqual({
      ok: true,
      imported: expect.objectContaining({ entries: 226, added: 0 }) as unknown,
    });
    expect(await everything()).toEqual(before);
  },
  aWhile,
);

test(
  'a corrected telling replaces the shape, what we held before can still be asked for, and one line comes in the diary',
  async () => {
    const { diary = 0 } = await everything();
    await bring(changed(field, 'makers-unite', 'founded', { date: '2015-11' }));
    expect(await shapesOf('makers-unite')).toEqual([{ from: '2015-11-01', name: 'Makers Unite' }]);
    const held = await withViewer(visitor, async (tx) => ({
      before:
        await sql`select lower(p.valid) as "from" from pub.initiative_period_before p join pub.initiative i on i.id = p.initiative_id where i.slug = 'makers-unite'`.execute(
          tx,
        ),
      told: await sql`select corrected from pub.life_event e join pub.initiative i on i.id = e.initiative_id where i.slug = 'makers-unite' and e.kind = 'founded'`.execute(
        tx,
      ),
    }));
    expect(held.before.rows).toEqual([{ from: '2016-01-01' }]);
    expect(held.told.rows).toEqual([{ corrected: true }]);
    expect((await everything()).diary).toBe(diary + 1);
    await bring(field);
  },
  aWhile,
);

test(
  'a new name is a change in the world: it was called otherwise before',
  async () => {
    await bring(changed(field, 'taal-doet-meer', 'renamed', { change: { name: 'Taal Doet Het Meest' } }));
    expect(await shapesOf('taal-doet-meer')).toEqual([
      { from: '1985-01-01', name: 'Taal Doet Meer' },
      { from: '2013-01-01', name: 'Taal Doet Het Meest' },
    ]);
    await bring(field);
  },
  aWhile,
);

test('the street sees the middle of the town, never the point that was told', async () => {
  const { rows } = await withViewer(visitor, (tx) =>
    sql`select distinct p.town from pub.initiative_period p where p.place_precision = 'town' and p.municipality = 'GM0363'`.execute(
      tx,
    ),
  );
  expect(rows).toEqual([{ town: 'Amsterdam' }]);
  const unplaced = await withViewer(visitor, (tx) =>
    sql`select count(*)::int as n from pub.initiative_period where place_precision = 'town' and lat is null`.execute(
      tx,
    ),
  );
  expect(unplaced.rows).toEqual([{ n: 0 }]);
});

test(
  'an import with one bad row tells it and leaves nothing behind',
  async () => {
    const rows = JSON.parse(field.organisations) as Record<string, unknown>[];
    const faulty = [...rows, { ...rows[3], id: 'new-one', municipality: 'Nergenshuizen' }];
    const read = parseField({ ...field, organisations: JSON.stringify(faulty) }, '2026-11-21');
    if (!read.ok) throw new Error(JSON.stringify(read.problems[0]));
    const answer = await withViewer(operator, async (tx) => {
      const laid = await importField(tx, read.field);
      if (!laid.ok) throw Object.assign(new Error('refused'), { problems: laid.problems });
    }).catch((error: unknown) => error as { problems: unknown[] });
    expect(answer?.problems).toEqual([
      {
        file: 'organisations.json',
        row: 227,
        id: 'new-one',
        field: 'municipality',
        reason: 'unknown_municipality',
        found: 'Nergenshuizen',
      },
    ]);
    expect((await everything()).entries).toBe(226);
  },
  aWhile,
);

test(
  'an initiative that does not want to be on the map is gone at once, and an import does not bring it back',
  async () => {
    const taken = await withViewer(operator, (tx) => takeAway(tx, 'about-a-jacket'));
    expect(taken.ok).toBe(true);
    await bring(changed(field, 'about-a-jacket', 'founded', { date: '2016-09' }));
    const left = await withViewer(visitor, async (tx) => ({
      entry: (await sql`select 1 from pub.initiative where slug = 'about-a-jacket'`.execute(tx)).rows,
      relation: (await sql`select 1 from pub.relation where key = 'rel-066'`.execute(tx)).rows,
      found: (
        await findInitiatives(tx, parseWish(new URLSearchParams('q=About a Jacket'), '2026-11-21').wish, 'nl')
      ).stones.map((stone) => stone.slug),
      diary: (
        await sql`select what from pub.change where slug = 'about-a-jacket' order by number desc limit 1`.execute(
          tx,
        )
      ).rows,
    }));
    expect(left).toMatchObject({ entry: [], relation: [], diary: [{ what: 'removed' }] });
    expect(left.found).not.toContain('about-a-jacket');
    const nobody = await withViewer(operator, (tx) => takeAway(tx, 'nobody-at-all'));
    expect(nobody).toMatchObject({ ok: false, reason: 'entry_unknown' });
  },
  aWhile,
);
