import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadPlaces } from '#modules/places/commands.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { operator, visitor } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { importField } from '../field/commands.server.ts';
import { parseField } from '../field/input.ts';
import { withoutChain } from './chains/model.ts';
import { layOut } from './layout/drawing.ts';
import { blindSpotPage, coveringIn, lookingsIn } from './blind-spots/queries.server.ts';
import { chainData, chainPage, chainsBetween, entriesNamed } from './chains/queries.server.ts';
import { networkPage } from './layout/queries.server.ts';
import { fieldGraph, relationsOf } from './queries.server.ts';

const database = ownDatabase();

async function asAdmin(text: string): Promise<void> {
  const client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  await client.query(text).finally(() => client.end());
}

beforeAll(async () => {
  const read = (name: string) => readFile(`db/field/${name}.json`, 'utf8');
  const field = parseField(
    {
      organisations: await read('organisations'),
      trajectory: await read('trajectory'),
      relations: await read('relations'),
      renderings: {},
    },
    '2026-11-21',
  );
  if (!field.ok) throw new Error(JSON.stringify(field.problems.slice(0, 3)));
  await withViewer(operator, async (tx) => {
    await loadPlaces(tx);
    await importField(tx, field.field);
  });
});

const day = '2026-11-21';

describe('the real field', () => {
  test('is a graph in which every relation stands between two who live that day', async () => {
    const field = await withViewer(visitor, (tx) => fieldGraph(tx, day));
    expect(field.stones.size).toBeGreaterThan(200);
    expect(field.relations.length).toBeGreaterThan(150);
    for (const { from, to } of field.relations)
      expect(field.stones.has(from) && field.stones.has(to)).toBe(true);
  });

  test('is smaller on an earlier day, without what ended before', async () => {
    const [then, now] = await withViewer(
      visitor,
      async (tx) => [await fieldGraph(tx, '2016-05-01'), await fieldGraph(tx, day)] as const,
    );
    expect(then.stones.has('hoost')).toBe(true);
    expect(now.stones.has('hoost')).toBe(false);
    expect(then.relations.some((each) => each.from === 'hoost' && each.type === 'part-of')).toBe(true);
  });

  test('has a chain of steps from an informal entry to a town hall, or says honestly that there is none', async () => {
    const { field, chains } = await withViewer(visitor, (tx) =>
      chainsBetween(tx, day, 'takecarebnb', { formal: true }),
    );
    expect(chains.length).toBeGreaterThan(0);
    for (const chain of chains) {
      const end = field.stones.get(chain.steps.at(-1)?.to ?? '');
      expect(['municipality', 'province', 'national-institution']).toContain(end?.kind);
    }
    const [lost] = withoutChain(field);
    expect(lost).toBeDefined();
    const none = await withViewer(visitor, (tx) => chainsBetween(tx, day, lost ?? '', { formal: true }));
    expect(none.chains).toEqual([]);
  });

  test('is drawn with every entry on the paper', async () => {
    const field = await withViewer(visitor, (tx) => fieldGraph(tx, day));
    const drawing = layOut(field);
    expect(drawing.stones.length + drawing.alone.length).toBe(field.stones.size);
    expect(drawing.stones.filter((stone) => stone.label.always).length).toBeGreaterThan(50);
  });

  test('is the same object until something changes, and another one after', async () => {
    const ask = () => withViewer(visitor, (tx) => fieldGraph(tx, day));
    const before = await ask();
    expect(await ask()).toBe(before);
    await asAdmin(`update pub.relation set standing = 'confirmed' where key = 'rel-001'`);
    const after = await ask();
    expect(after).not.toBe(before);
    expect(after.relations.find((each) => each.key === 'rel-001')?.standing).toBe('confirmed');
  });

  test('tells the relations of one entry with a sentence each, those that are over last', async () => {
    const told = await withViewer(visitor, async (tx) => {
      const { rows } = await sql<{
        id: string;
      }>`select id from pub.initiative where slug = 'boost-amsterdam'`.execute(tx);
      return relationsOf(tx, rows[0]?.id ?? '', day, 'ar');
    });
    expect(told.length).toBeGreaterThanOrEqual(3);
    expect(told.map((each) => each.over)).toEqual([...told.map((each) => each.over)].sort());
    for (const each of told) {
      expect(each.note?.text).toBeTruthy();
      expect([each.relation.from, each.relation.to]).toContain('boost-amsterdam');
      expect(each.other.slug).toBe(each.along ? each.relation.to : each.relation.from);
    }
  });

  test('finds whom someone means by a slug, a name, an alias, a slip of a letter, and nobody by nonsense', async () => {
    const ask = (words: string) => withViewer(visitor, (tx) => entriesNamed(tx, words));
    expect((await ask('hoost')).map((each) => each.slug)).toEqual(['hoost']);
    expect((await ask('Takecarebnb')).map((each) => each.slug)).toEqual(['takecarebnb']);
    expect((await ask('takecarebmb')).map((each) => each.slug)).toContain('takecarebnb');
    expect((await ask('vluchtelingenwerk')).length).toBeGreaterThan(1);
    expect(await ask(`zzqqxx'; drop table "%_`)).toEqual([]);
    expect(await ask('')).toEqual([]);
  });
});

test('where somebody looked is known to everyone, with what is there', async () => {
  await asAdmin(`insert into pub.looking values ('GM0202', 'rights', 'arrival', '2024-02-01', 0)`);
  const [looked, covering] = await withViewer(
    visitor,
    async (tx) =>
      [await lookingsIn(tx, ['GM0202']), await coveringIn(tx, ['GM0202', 'GM0363'], day)] as const,
  );
  expect(looked).toEqual([
    { municipality: 'GM0202', theme: 'rights', phase: 'arrival', on: '2024-02-01', found: 0 },
  ]);
  expect(covering.filter((each) => each.municipality === 'GM0363').length).toBeGreaterThan(20);
});

describe('the pages', () => {
  const asked = { day, place: null, kind: null, page: 1 } as const;

  test('of the network: a part of the field with those it is connected to, and a page of its relations', async () => {
    const [whole, part, beyond] = await withViewer(
      visitor,
      async (tx) =>
        [
          await networkPage(tx, asked, 'nl'),
          await networkPage(tx, { ...asked, place: 'PV25' as never }, 'nl'),
          await networkPage(tx, { ...asked, page: 9999 }, 'nl'),
        ] as const,
    );
    expect(whole.around.size).toBe(0);
    expect(whole.relations).toHaveLength(50);
    expect(part.counts.entries).toBeGreaterThan(5);
    expect(part.counts.entries).toBeLessThan(whole.counts.entries);
    expect(part.drawing.stones.length + part.drawing.alone.length).toBe(
      part.counts.entries + part.around.size,
    );
    expect(beyond.wishes.page).toBe(beyond.pages);
  });

  test('of chains: words are understood, doubted or unknown, and the answer says which', async () => {
    const ask = (from: string, to = '', on = day) =>
      withViewer(visitor, (tx) => chainPage(tx, { from, to, day: on }));
    const start = await ask('');
    expect(start.outcome).toBe('start');
    expect(start.examples.length).toBeGreaterThan(3);
    const found = await ask(start.examples[0]?.slug ?? '');
    expect(found.outcome).toBe('found');
    for (const chain of found.chains) expect(chain.stones).toHaveLength(chain.steps.length + 1);
    expect((await ask('vluchtelingenwerk')).outcome).toBe('unsure');
    expect((await ask('takecarebnb', 'zzqqxx')).outcome).toBe('unsure');
    expect((await ask('takecarebnb', 'takecarebnb')).outcome).toBe('same');
    expect((await ask('gemeente-amsterdam')).outcome).toBe('is-formal');
    expect((await ask('hoost')).outcome).toBe('from-not-then');
  });

  test('the data of chains name every slug that nobody has', async () => {
    const ask = (from: string, to: string | null) =>
      withViewer(visitor, (tx) => chainData(tx, { from, to, asOf: day }));
    const wrong = await ask('nobody', 'nowhere');
    expect(wrong.ok ? [] : wrong.errors.map((error) => error.name)).toEqual(['from', 'to']);
    const right = await ask('takecarebnb', null);
    expect(right).toMatchObject({ ok: true, value: { from: 'takecarebnb', to: null, asOf: day } });
  });

  test('of blind spots: every municipality of a province at a glance, one in full, an unknown one said', async () => {
    const ask = (province: string | null, municipality: string | null) =>
      withViewer(visitor, (tx) => blindSpotPage(tx, { province, municipality } as never, 'nl'));
    const gelderland = await ask('PV25', null);
    expect(gelderland.tallied.length).toBeGreaterThan(40);
    const arnhem = await ask(null, 'GM0202');
    expect(arnhem.rows).toHaveLength(14);
    expect(arnhem.province?.code).toBe('PV25');
    expect((await ask('PV20', 'GM0202')).municipality).toBeNull();
    expect((await ask(null, 'GM9999')).unknown).toBe(true);
  });
});
