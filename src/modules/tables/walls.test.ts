import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { ownDatabase } from '../../../tests/support/database.ts';
import { withViewer } from '#platform/db.server.ts';
import { operator, visitor, type Viewer } from '#platform/viewer.ts';
import { aField, asAdmin, layField } from '../initiatives/testing.ts';
import { aMember, aPerson } from '../people/testing.ts';
import { deskTable } from './reading/queries.server.ts';
import { aFullTable } from './testing.ts';
import type { TableAudience } from './model.ts';

const database = ownDatabase();
const on = '2026-11-25';

/** What is asked of every wall: the rows of one table, by kind. Each speaks of the same table of the house. */
const things = [
  'collaboration_table',
  'table_keeper',
  'seat',
  'seat_news',
  'table_meeting',
  'meeting_seat',
  'table_decision',
  'decision_seat',
  'decision_dissent',
  'stance',
] as const;
type Thing = (typeof things)[number];

const entries: Record<string, string> = {};
const comers: Record<string, Viewer> = {};

beforeAll(async () => {
  await layField(
    aField(
      ['seated', 'second', 'hidden', 'asked', 'gone', 'elsewhere'].map((id) => ({ id, name: `Groep ${id}` })),
    ),
  );
  for (const { id, slug } of await asAdmin<{ id: string; slug: string }>(
    database.adminUrl,
    'select id, slug from core.initiative',
  ))
    entries[slug] = id;
  await withViewer(operator, async (tx) => {
    await sql`update core.initiative set visibility = 'hidden' where slug = 'hidden'`.execute(tx);
    await sql`select core.lay_open(array(select id from core.initiative where slug = 'hidden'))`.execute(tx);
  });
  const member = (slug: string) => aMember(slug, entries[slug] ?? '');
  const arnhem = { kind: 'municipality', id: 'GM0202' } as const;
  comers.keeper = await aPerson('Noor', [{ role: 'facilitator' }]);
  comers['keeper without a second factor'] = { ...comers.keeper, sure: false };
  comers['other facilitator'] = await aPerson('Bas', [{ role: 'facilitator' }]);
  comers['partner of the same municipality'] = await aPerson('Els', [{ role: 'partner', scope: arnhem }]);
  for (const slug of ['seated', 'second', 'hidden', 'asked', 'gone', 'elsewhere'])
    comers[`member of ${slug}`] = await member(slug);
  comers.admin = await aPerson('Ad', [{ role: 'admin' }, { role: 'privacy-officer' }]);
  comers['someone signed in'] = await aPerson('Iemand');
  comers.operator = operator;
});

const aFullTableOf = (openTo: TableAudience) =>
  aFullTable({ keeper: comers.keeper ?? operator, openTo, entries, on });

const ofTable: Readonly<Record<Thing, string>> = {
  collaboration_table: 'id = $',
  table_keeper: 'table_id = $',
  seat: 'table_id = $',
  seat_news: 'seat in (select id from core.seat where table_id = $)',
  table_meeting: 'table_id = $',
  meeting_seat: 'meeting in (select id from core.table_meeting where table_id = $)',
  table_decision: 'table_id = $',
  decision_seat: 'decision in (select id from core.table_decision where table_id = $)',
  decision_dissent: 'decision in (select id from core.table_decision where table_id = $)',
  stance: 'table_id = $',
};
const where = (thing: Thing, table: string) => sql.raw(ofTable[thing].replace('$', `'${table}'`));

/** How many rows of each thing a comer reads of a table, in the order of `things`. */
async function reads(viewer: Viewer, table: string): Promise<number[]> {
  const counts: number[] = [];
  for (const thing of things)
    counts.push(
      await withViewer(viewer, async (tx) => {
        const { rows } = await sql<{ n: number }>`
          select count(*)::integer as n from ${sql.table(`core.${thing}`)} where ${where(thing, table)}`.execute(
          tx,
        );
        return rows[0]?.n ?? 0;
      }),
    );
  return counts;
}

//                table keeper seat news meeting came decision there dissent stance
const everything = [1, 1, 7, 2, 1, 2, 2, 4, 3, 3];
const nothing = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
/** Who sits at the table: everything but who keeps it, and who said no. */
const atTheTable = [1, 0, 7, 1, 1, 2, 2, 4, 3, 3];
/** Who was asked, or sat there once: that the table is there, and their own seat. */
const ownSeat = [1, 0, 1, 0, 0, 0, 0, 0, 0, 0];
/** The network: seats that are named and open on the map; what is for everyone, and of whom only those. */
const network = [1, 0, 1, 0, 1, 1, 1, 1, 1, 1];
/** Of the network, and asked or gone: also their own seat. */
const networkAndOwn = [1, 0, 2, 0, 1, 1, 1, 1, 1, 1];

/** What each comer reads of a table that is closed, and of one that is open. What was declined once its own entry reads. */
const expected: Readonly<Record<string, readonly [closed: readonly number[], open: readonly number[]]>> = {
  keeper: [everything, everything],
  'keeper without a second factor': [nothing, nothing],
  'other facilitator': [nothing, network],
  'partner of the same municipality': [nothing, network],
  'member of seated': [atTheTable, atTheTable],
  'member of second': [atTheTable, atTheTable],
  'member of hidden': [atTheTable, atTheTable],
  'member of asked': [ownSeat, networkAndOwn],
  'member of gone': [ownSeat, networkAndOwn],
  'member of elsewhere': [nothing, network],
  admin: [nothing, nothing],
  'someone signed in': [nothing, nothing],
  operator: [everything, everything],
};

test('who may read what of a table: nobody but who keeps it or sits at it, and of an open one only what it shows', async () => {
  for (const [at, openTo] of (['table', 'everyone'] as const).entries()) {
    const table = await aFullTableOf(openTo);
    for (const [name, ways] of Object.entries(expected))
      expect(await reads(comers[name] ?? visitor, table.id), `${name}, ${openTo}`).toEqual(ways[at]);
  }
  for (const thing of things)
    await expect(
      withViewer(visitor, (tx) => sql`select from ${sql.table(`core.${thing}`)}`.execute(tx)),
    ).rejects.toThrow('permission denied');
});

test('the network sees the same chairs waiting before one is offered, while it is, and after a no', async () => {
  const table = await aFullTableOf('everyone');
  const waiting = () =>
    withViewer(comers['other facilitator'] ?? visitor, async (tx) => {
      const seats = (await deskTable(tx, table.id, 'nl'))?.seats ?? [];
      return seats.filter(({ state }) => state === 'open' || state === 'offered');
    });
  const before = await waiting();
  expect(before.map(({ state }) => state)).toEqual(before.map(() => 'open'));
  await withViewer(operator, (tx) =>
    sql`update core.seat set state = 'open', initiative = null, body = null, offered_on = null, chosen_by = null, ground = null where table_id = ${table.id} and state = 'offered'`.execute(
      tx,
    ),
  );
  expect(await waiting()).toEqual(before);
  expect(before.length).toBeGreaterThan(1);
});

test('whoever said no to a seat reads that of themselves, and nobody else who does not keep the table', async () => {
  const table = await aFullTableOf('table');
  const read = (name: string) =>
    withViewer(comers[name] ?? visitor, (tx) =>
      tx
        .selectFrom('core.seat_news')
        .select('kind')
        .where('seat', '=', table.seats[1] ?? '')
        .execute(),
    );
  expect(await read('member of elsewhere')).toEqual([{ kind: 'declined' }]);
  expect(await read('member of seated')).toEqual([]);
  expect(await read('keeper')).toEqual([{ kind: 'declined' }]);
});

/** Tries words and takes them back; how many rows they touched, or that they were refused. */
async function tries(viewer: Viewer, words: ReturnType<typeof sql>): Promise<number | 'refused'> {
  const back = new Error('taken back');
  let touched = 0;
  return withViewer(viewer, async (tx) => {
    const { numAffectedRows } = await words.execute(tx);
    touched = Number(numAffectedRows ?? 0);
    throw back;
  }).catch((error: unknown) => {
    if (error === back) return touched;
    if ((error as { code?: string }).code === '42501') return 'refused';
    throw error;
  });
}

const writers = ['keeper', 'operator'];

test('nobody writes anything of a table but who keeps it, and of a seat who holds it or was asked', async () => {
  for (const openTo of ['table', 'everyone'] as const) {
    const { id, seats } = await aFullTableOf(openTo);
    const [seated = '', second = ''] = seats;
    const adds: Partial<Record<Thing, ReturnType<typeof sql>>> = {
      table_keeper: sql`insert into core.table_keeper (table_id, person) values (${id}, ${comers['other facilitator']?.id})`,
      seat: sql`insert into core.seat (table_id, role) values (${id}, 'nog een stoel')`,
      seat_news: sql`insert into core.seat_news (seat, day, kind, told_by) values (${seated}, ${on}, 'ended', 'keeper')`,
      table_meeting: sql`insert into core.table_meeting (table_id, day, about, language) values (${id}, ${on}, 'Werk', 'nl')`,
      table_decision: sql`insert into core.table_decision (table_id, day, what, reasons, language) values (${id}, ${on}, 'Iets', 'Daarom.', 'nl')`,
    };
    for (const [name, viewer] of Object.entries(comers)) {
      for (const [thing, words] of Object.entries(adds))
        expect(await tries(viewer, words), `${name} adds ${thing}, ${openTo}`).toBe(
          writers.includes(name) ? 1 : 'refused',
        );
      const writes = writers.includes(name);
      for (const thing of [
        'collaboration_table',
        'table_keeper',
        'table_meeting',
        'table_decision',
      ] as const) {
        const words = sql`delete from ${sql.table(`core.${thing}`)} where ${where(thing, id)}`;
        const touched = await tries(viewer, words);
        expect(touched !== 0 && touched !== 'refused', `${name} removes ${thing}, ${openTo}`).toBe(writes);
      }
      const renamed = sql`update core.collaboration_table set name = 'Van mij' where id = ${id}`;
      expect(await tries(viewer, renamed), `${name} renames it, ${openTo}`).toBe(writes ? 1 : 0);
      const moved = await tries(viewer, sql`update core.seat set role = 'Van mij' where id = ${seated}`);
      const owns = name === 'member of seated';
      expect(moved, `${name} changes a seat, ${openTo}`).toBe(writes ? 1 : owns ? 'refused' : 0);
      const shown = await tries(viewer, sql`update core.seat set shown = 'yes' where id = ${second}`);
      const asked =
        name === 'operator' || name === 'member of second' ? 1 : name === 'keeper' ? 'refused' : 0;
      expect(shown, `${name} names who did not wish it, ${openTo}`).toBe(asked);
      for (const words of [
        sql`update core.seat_news set words = 'Anders', language = 'nl' where seat = ${seated}`,
        sql`update core.stance set position = 50 where table_id = ${id}`,
      ])
        expect([0, 'refused'], `${name} rewrites what was said, ${openTo}`).toContain(
          await tries(viewer, words),
        );
    }
  }
});

test('nobody speaks for a seat that is not theirs: not a dissent, not a place, not a yes', async () => {
  const { id, seats } = await aFullTableOf('everyone');
  const [seated = '', second = '', , asked = ''] = seats;
  const [decision] = await withViewer(operator, (tx) =>
    tx
      .selectFrom('core.table_decision')
      .select('id')
      .where('table_id', '=', id)
      .where('open_to', '=', 'table')
      .execute(),
  );
  const takes = sql`update core.seat set state = 'taken', since = ${on}, since_precision = 'day', shown = 'yes' where id = ${asked}`;
  const dissents = (openly: string) =>
    sql`insert into core.decision_dissent (decision, seat, language, words, openly) values (${decision?.id}, ${seated}, 'nl', 'Nee, dank u.', ${openly})`;
  const places = (openly: boolean) =>
    sql`insert into core.stance (table_id, by_seat, about_seat, position, language, words, placed_on, openly) values (${id}, ${seated}, ${second}, 5, 'nl', 'Zij.', ${on}, ${openly})`;
  for (const [name, viewer] of Object.entries(comers)) {
    const own = name === 'member of seated' || name === 'operator';
    const passesOn = own || name === 'keeper';
    expect(await tries(viewer, takes), `${name} takes a seat`).toBe(
      ['member of asked', 'keeper', 'operator'].includes(name) ? 1 : 0,
    );
    expect(await tries(viewer, dissents('with-name')), `${name} disagrees openly`).toBe(own ? 1 : 'refused');
    expect(await tries(viewer, dissents('not')), `${name} passes on a dissent`).toBe(
      passesOn ? 1 : 'refused',
    );
    expect(await tries(viewer, places(true)), `${name} places openly`).toBe(own ? 1 : 'refused');
    expect(await tries(viewer, places(false)), `${name} passes on a place`).toBe(passesOn ? 1 : 'refused');
  }
});

test('the street reads of a table that is not open nothing, and of an open one no trace of who did not wish it', async () => {
  const closed = [await aFullTableOf('table'), await aFullTableOf('network')];
  await aFullTableOf('everyone');
  const told = await streetOf();
  const seats = ['zit en is genoemd', 'is leeg', 'is gevraagd'];
  for (const words of [...seats, 'Voor iedereen', 'Te snel.', 'Wij laten los.'])
    expect(told).toContain(words);
  const untold = [
    'niet genoemd',
    'niet op de kaart',
    'is weg',
    'Voor de tafel',
    'Zonder ons.',
    'Ons niet gevraagd.',
    'Zij sturen.',
    'Een bureau',
  ];
  const keys = ['second', 'hidden', 'gone', 'asked'].map((slug) => entries[slug] ?? '');
  const shut = closed.flatMap(({ id, slug, seats }) => [id, slug, ...seats]);
  for (const words of [...untold, ...keys, ...shut]) expect(told).not.toContain(words);
});

/** Everything the street could read about tables, as text. */
async function streetOf(): Promise<string> {
  const all = await Promise.all(
    ['collaboration_table', ...things.slice(2).filter((thing) => thing !== 'seat_news')].map((thing) =>
      withViewer(visitor, async (tx) => {
        const { rows } = await sql<{
          words: string;
        }>`select to_jsonb(t)::text as words from ${sql.table(`pub.${thing}`)} t`.execute(tx);
        return rows.map(({ words }) => words).join('\n');
      }),
    ),
  );
  return all.join('\n');
}
