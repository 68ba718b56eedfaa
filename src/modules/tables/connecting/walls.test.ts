import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { daysLater, today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { operator, visitor, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { aBetweenWord } from '../../languages/words/testing.ts';
import { aMember, aPerson } from '../../people/testing.ts';
import { aTableOfTwo, layNeighbourhood, type AtTable } from './testing.ts';

ownDatabase();
let open: AtTable;
let closed: AtTable;
let comers: Record<string, Viewer>;
let word: string;

beforeAll(async () => {
  await layNeighbourhood();
  open = await aTableOfTwo('everyone');
  closed = await aTableOfTwo('table');
  const unsure: Viewer = { ...closed.keeper, sure: false };
  const made = await aBetweenWord(open.house, { term: 'nieuwe buren', open: true });
  word = made.version ?? '';
  comers = {
    visitor,
    stranger: await aPerson('Iemand'),
    'keeper of it': closed.keeper,
    'keeper of it without a second factor': unsure,
    'keeper of another table': open.keeper,
    'who sits there': closed.hall,
    'who asks': closed.group,
    'another of who asks': await aMember('Abel', closed.keys.group),
    'a neighbour': closed.house,
    'partner of the municipality': await aPerson('Piet', [
      { role: 'partner', scope: { kind: 'municipality', id: 'GM0202' } },
    ]),
    verifier: await aPerson('Vera', [{ role: 'verifier' }]),
    researcher: await aPerson('Rik', [{ role: 'researcher' }]),
    admin: await aPerson('Els', [{ role: 'admin' }, { role: 'privacy-officer' }]),
    operator,
  };
  await withViewer(operator, async (tx) => {
    for (const { table, keys, seats } of [open, closed]) {
      await tx
        .insertInto('core.table_absence')
        .values({
          table_id: table.id,
          who: 'jongeren',
          why: 'nooit gevraagd',
          language: 'nl',
          since: null,
          closed_on: null,
          closed_how: null,
          closed_words: null,
        })
        .execute();
      await tx
        .insertInto('core.connection_ask')
        .values({
          table_id: table.id,
          initiative: keys.group,
          called: 'Warme Stoep',
          wish: 'table',
          language: 'nl',
          words: 'Mogen wij?',
          reach: '06 1',
          answered_on: null,
          answer: null,
          answer_language: null,
          seat: null,
          promise: null,
        })
        .execute();
      const { id } = await tx
        .insertInto('core.table_word')
        .values({
          table_id: table.id,
          version: word,
          meeting: null,
          ended_on: null,
          why: null,
          language: null,
          adoption: null,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await tx
        .insertInto('core.word_signature')
        .values({ lies: id, seat: seats.hall, side: 'formal', told_by: 'holder', signed_by: null })
        .execute();
    }
  });
}, 60_000);

const at = (which: AtTable) => ({
  'core.table_absence': sql`table_id = ${which.table.id}`,
  'core.connection_ask': sql`table_id = ${which.table.id}`,
  'core.table_word': sql`table_id = ${which.table.id}`,
  'core.word_signature': sql`seat = ${which.seats.hall}`,
});
type Table = keyof ReturnType<typeof at>;
const tables: readonly Table[] = [
  'core.table_absence',
  'core.connection_ask',
  'core.table_word',
  'core.word_signature',
];

/** What happens: how many rows, or nothing because the wall says no. Nothing stays of it. */
async function tried(
  viewer: Viewer,
  work: (tx: Parameters<Parameters<typeof withViewer>[1]>[0]) => Promise<number>,
) {
  let came = 0;
  await withViewer(viewer, async (tx) => {
    came = await work(tx);
    throw new Error('undone');
  }).catch((error: unknown) => {
    if (!/undone|permission denied|row-level security|read-only/.test(String(error))) throw error;
    if (!/undone/.test(String(error))) came = 0;
  });
  return came;
}

const changes: Readonly<Record<Table, string>> = {
  'core.table_absence': `why = 'anders'`,
  'core.connection_ask': `state = 'declined', answered_on = core.today(), answer = 'nee dus', answer_language = 'nl'`,
  'core.table_word': `state = 'let-go', ended_on = core.today(), why = 'nee dus', language = 'nl'`,
  'core.word_signature': `signed_on = core.today()`,
};

async function touches(viewer: Viewer, table: Table, which: AtTable) {
  const where = at(which)[table];
  const name = sql.table(table);
  const count = async (tx: Parameters<Parameters<typeof withViewer>[1]>[0], text: ReturnType<typeof sql>) =>
    (await text.execute(tx)).rows.length;
  return [
    (await tried(viewer, (tx) => count(tx, sql`select 1 from ${name} where ${where}`))) > 0 && 'reads',
    (await tried(viewer, (tx) =>
      count(tx, sql`update ${name} set ${sql.raw(changes[table])} where ${where} returning 1`),
    )) > 0 && 'changes',
    (await tried(viewer, (tx) => count(tx, sql`delete from ${name} where ${where} returning 1`))) > 0 &&
      'removes',
  ].filter((each) => each !== false);
}

/** Who may do what at a table that is for itself; whoever is not named may do nothing. */
const rules: Readonly<Record<Table, Readonly<Record<string, readonly string[]>>>> = {
  'core.table_absence': {
    'keeper of it': ['reads', 'changes', 'removes'],
    'who sits there': ['reads'],
    operator: ['reads', 'changes', 'removes'],
  },
  'core.connection_ask': {
    'keeper of it': ['reads', 'changes'],
    'who sits there': ['reads'],
    'who asks': ['reads', 'removes'],
    'another of who asks': ['reads', 'removes'],
    operator: ['reads', 'changes', 'removes'],
  },
  'core.table_word': {
    'keeper of it': ['reads', 'changes', 'removes'],
    'who sits there': ['reads'],
    operator: ['reads', 'changes', 'removes'],
  },
  'core.word_signature': {
    'keeper of it': ['reads'],
    'who sits there': ['reads', 'removes'],
    operator: ['reads', 'changes', 'removes'],
  },
};

test.each(tables)(
  'of %s only the table reads, its keeper writes, and who asked takes back what is theirs',
  async (table) => {
    for (const [name, viewer] of Object.entries(comers))
      expect([name, await touches(viewer, table, closed)]).toEqual([name, rules[table][name] ?? []]);
  },
  60_000,
);

test('a table that is open to everyone lets nobody more read who asks it something, or what it signs', async () => {
  for (const name of [
    'stranger',
    'a neighbour',
    'keeper of it',
    'verifier',
    'researcher',
    'admin',
    'partner of the municipality',
  ])
    for (const table of tables)
      expect([name, table, await touches(comers[name] ?? visitor, table, open)]).toEqual([name, table, []]);
}, 60_000);

test('an ask is made only for one’s own initiative, only of a table one may know of, and never as answered', async () => {
  const ask = (
    viewer: Viewer,
    which: AtTable,
    initiative: string,
    state: 'waiting' | 'connected' = 'waiting',
  ) =>
    tried(viewer, async (tx) => {
      const made = await tx
        .insertInto('core.connection_ask')
        .values({
          table_id: which.table.id,
          initiative,
          called: 'Wij',
          wish: 'table',
          language: 'nl',
          words: 'Mogen wij?',
          reach: null,
          state,
          answered_on: state === 'waiting' ? null : today(),
          answer: null,
          answer_language: null,
          seat: null,
          promise: null,
        })
        .returning('id')
        .execute();
      return made.length;
    });
  const { house } = open.keys;
  expect(await ask(open.house, open, house)).toBe(1);
  expect(await ask(open.house, closed, house)).toBe(0);
  expect(await ask(open.group, open, house)).toBe(0);
  expect(await ask(open.house, open, house, 'connected')).toBe(0);
  expect(await ask(comers.stranger ?? visitor, open, house)).toBe(0);
  expect(await ask(comers.admin ?? visitor, open, house)).toBe(0);
});

test('a step is promised for a seat of one’s own or by who keeps the table, and the address never comes out', async () => {
  const step = (viewer: Viewer, seat: string) =>
    tried(viewer, async (tx) => {
      const { rows } = await sql<{ came: string | null }>`
        select core.take_step((select a.id from core.connection_ask a where a.table_id = ${closed.table.id}), ${seat}, 'Wij komen langs.', 'nl', ${daysLater(today(), 30)},
          'Wim', 'wim@example.org', '{"nl": "Stap"}', 'https://house.example') as came`.execute(tx);
      const { rows: seen } = await sql`select 1 from vault.carrier_address`.execute(tx);
      if (viewer !== operator) expect(seen).toEqual([]);
      return rows[0]?.came ? 1 : 0;
    });
  const came = await Promise.all(
    Object.entries(comers).map(
      async ([name, viewer]) => [name, await step(viewer, closed.seats.hall)] as const,
    ),
  );
  expect(came.filter(([, done]) => done).map(([name]) => name)).toEqual([
    'keeper of it',
    'who sits there',
    'operator',
  ]);
  expect(await step(closed.hall, closed.seats.body)).toBe(0);
});

test('a word is adopted by nobody but who keeps the table, and by no other way than with both signatures', async () => {
  const adopt = (viewer: Viewer) =>
    tried(viewer, async (tx) => {
      const { rows } = await sql<{ came: string }>`
        select core.adopt_at_table(w.id) as came from core.table_word w where w.table_id = ${closed.table.id}`.execute(
        tx,
      );
      return rows[0]?.came === 'adopted' ? 1 : 0;
    });
  const force = (viewer: Viewer) =>
    tried(viewer, async (tx) => {
      const { rows } =
        await sql`update core.table_word set state = 'adopted', ended_on = core.today() where table_id = ${closed.table.id} returning 1`.execute(
          tx,
        );
      return rows.length;
    });
  for (const [name, viewer] of Object.entries(comers)) {
    expect([name, await adopt(viewer)]).toEqual([name, 0]);
    if (viewer !== operator) expect([name, await force(viewer)]).toEqual([name, 0]);
    expect([
      name,
      await tried(
        viewer,
        async (tx) =>
          (await sql`select core.adopt_word(${word}, null, null, core.today())`.execute(tx)).rows.length,
      ),
    ]).toEqual([name, 0]);
  }
}, 60_000);
