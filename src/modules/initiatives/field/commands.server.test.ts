import { readFile, readdir } from 'node:fs/promises';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { loadPlaces } from '#modules/places/commands.server.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { operator, visitor } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { importField } from './commands.server.ts';
import { parseField, type FieldTexts } from './input.ts';

ownDatabase();

async function theRealField(): Promise<FieldTexts> {
  const read = (name: string) => readFile(`db/field/${name}`, 'utf8');
  const names = await readdir('db/field/renderings');
  const renderings = await Promise.all(
    names.map(async (name) => [name.slice(0, -5), await read(`renderings/${name}`)] as const),
  );
  return {
    organisations: await read('organisations.json'),
    trajectory: await read('trajectory.json'),
    relations: await read('relations.json'),
    renderings: Object.fromEntries(renderings),
  };
}

async function bring(texts: FieldTexts) {
  const read = parseField(texts, '2026-11-21');
  if (!read.ok) throw new Error(JSON.stringify(read.problems.slice(0, 5)));
  return withViewer(operator, (tx) => importField(tx, read.field));
}

const countOf = (tx: Tx, table: string) =>
  sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`
    .execute(tx)
    .then(({ rows }) => rows[0]?.n);

beforeAll(async () => {
  await withViewer(operator, (tx) => loadPlaces(tx));
});

test('the real field comes in whole, and coming in again adds nothing', async () => {
  const first = await bring(await theRealField());
  expect(first).toEqual({
    ok: true,
    imported: expect.objectContaining({ entries: 226, added: 226, relations: 221 }),
  });
  const counts = () =>
    withViewer(operator, async (tx) => ({
      entries: await countOf(tx, 'pub.initiative'),
      tellings: await countOf(tx, 'core.life_event'),
      relations: await countOf(tx, 'core.relation'),
      periods: await countOf(tx, 'pub.initiative_period'),
      earlier: await countOf(tx, 'core.initiative_period_before'),
    }));
  const before = await counts();
  expect(before.entries).toBe(226);
  const again = await bring(await theRealField());
  expect(again).toEqual({ ok: true, imported: expect.objectContaining({ entries: 226, added: 0 }) });
  expect(await counts()).toEqual(before);
});

test('a corrected telling replaces the shape, and what we held before can still be asked for', async () => {
  const texts = await theRealField();
  await bring(texts);
  const events = (JSON.parse(texts.trajectory) as { organisation: string; kind: string; date: string }[]).map(
    (event) =>
      event.organisation === 'makers-unite' && event.kind === 'founded'
        ? { ...event, date: '2015-11' }
        : event,
  );
  await bring({ ...texts, trajectory: JSON.stringify(events) });
  const held = await withViewer(visitor, async (tx) => ({
    now: await sql`select lower(p.valid) as from from pub.initiative_period p join pub.initiative i on i.id = p.initiative_id where i.slug = 'makers-unite'`.execute(
      tx,
    ),
    before:
      await sql`select lower(p.valid) as from from pub.initiative_period_before p join pub.initiative i on i.id = p.initiative_id where i.slug = 'makers-unite'`.execute(
        tx,
      ),
    told: await sql`select corrected from pub.life_event e join pub.initiative i on i.id = e.initiative_id where i.slug = 'makers-unite' and e.kind = 'founded'`.execute(
      tx,
    ),
  }));
  expect(held.now.rows).toEqual([{ from: '2015-11-01' }]);
  expect(held.before.rows).toEqual([{ from: '2016-01-01' }]);
  expect(held.told.rows).toEqual([{ corrected: true }]);
});

test('the street sees the middle of the town, never the point that was told', async () => {
  await bring(await theRealField());
  const { rows } = await withViewer(visitor, (tx) =>
    sql<{ town: string; lat: number; lon: number; told: string }>`
      select distinct p.town, p.lat, p.lon from pub.initiative_period p where p.place_precision = 'town' and p.municipality = 'GM0363'`.execute(
      tx,
    ),
  );
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ town: 'Amsterdam' });
  const seen = await withViewer(visitor, (tx) =>
    sql`select count(*)::int as n from pub.initiative_period where place_precision = 'town' and lat is null`.execute(
      tx,
    ),
  );
  expect(seen.rows).toEqual([{ n: 0 }]);
});

test('an import with one bad row tells it and leaves nothing behind', async () => {
  const texts = await theRealField();
  const rows = JSON.parse(texts.organisations) as Record<string, unknown>[];
  const faulty = rows.map((row, at) =>
    at === 3 ? { ...row, id: 'new-one', municipality: 'Nergenshuizen' } : row,
  );
  const relations = (JSON.parse(texts.relations) as { from: string; to: string }[]).filter(
    (r) => r.from !== rows[3]?.id && r.to !== rows[3]?.id,
  );
  const events = (JSON.parse(texts.trajectory) as { organisation: string }[]).filter(
    (event) => event.organisation !== rows[3]?.id,
  );
  const read = parseField(
    {
      ...texts,
      organisations: JSON.stringify(faulty),
      relations: JSON.stringify(relations),
      trajectory: JSON.stringify(events),
    },
    '2026-11-21',
  );
  if (!read.ok) throw new Error(JSON.stringify(read.problems[0]));
  const answer = await withViewer(operator, async (tx) => {
    const laid = await importField(tx, read.field);
    if (!laid.ok) throw Object.assign(new Error('refused'), { problems: laid.problems });
  }).catch((error: unknown) => error as { problems: unknown[] });
  expect(answer?.problems).toEqual([
    {
      file: 'organisations.json',
      row: 4,
      id: 'new-one',
      field: 'municipality',
      reason: 'unknown_municipality',
      found: 'Nergenshuizen',
    },
  ]);
  const left = await withViewer(visitor, (tx) =>
    sql`select 1 from pub.initiative where slug = 'new-one'`.execute(tx),
  );
  expect(left.rows).toEqual([]);
});
