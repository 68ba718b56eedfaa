import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { ownDatabase } from '../../../tests/support/database.ts';
import { withViewer } from '#platform/db.server.ts';
import { refused } from '#platform/result.ts';
import { operator, visitor, type Viewer } from '#platform/viewer.ts';
import { aPerson } from '../people/testing.ts';
import { phoneOf } from '../sessions/access.ts';
import { aPhone, aSession, aStatement } from '../sessions/testing.ts';
import { askOneMore, makePromise, takeBack } from './making/commands.server.ts';
import { anAgenda, said } from './testing.ts';

ownDatabase();
let facilitator: Viewer;
let other: Viewer;
let admin: Viewer;
beforeAll(async () => {
  facilitator = await aPerson('Noor', [{ role: 'facilitator' }]);
  other = await aPerson('Bas', [{ role: 'facilitator' }]);
  admin = await aPerson('Els', [{ role: 'admin' }, { role: 'privacy-officer' }]);
});

const on = '2026-11-24';
const count = (viewer: Viewer, table: string) =>
  withViewer(viewer, async (tx) => {
    const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(tx);
    return Number(rows[0]?.n);
  });

const vaults = ['vault.carrier_address', 'vault.promise_word', 'vault.helper_address'];
const tables = [
  'core.agenda',
  'core.promise',
  'core.promise_statement',
  'core.promise_voice',
  'core.carrier',
  'core.promise_carrier',
  'core.source_carrier',
  'core.promise_check_in',
  'core.promise_news',
  'core.promise_help',
  'core.promise_maker',
];

async function aRoom() {
  const room = await aSession({ facilitator, steps: ['promises'] });
  const one = await aPhone(room.id, { called: 'Amina' });
  const two = await aPhone(room.id);
  const phone = phoneOf(one.viewer);
  if (!phone) throw new Error('The phone did not come in.');
  const make = (words = said({}, '2027-06-01')) =>
    withViewer(phone, (tx) =>
      makePromise(tx, phone, { session: room.id, who: one.participant, language: 'nl', on }, words),
    );
  return { room, one, two, phone, make };
}

test('the address of a carrier goes in and never comes out: not for who leads, not for the admin, not for the phone that typed it', async () => {
  const { one, two, make } = await aRoom();
  expect((await make()).ok).toBe(true);
  for (const viewer of [facilitator, other, admin, one.viewer, two.viewer])
    for (const table of vaults) expect(await count(viewer, table), table).toBe(0);
  const { rows } = await withViewer(operator, (tx) =>
    sql<{
      words: string;
    }>`select p::text as words from core.promise p union all select c::text from core.carrier c
      union all select t::text from core.promise_carrier t union all select n::text from core.promise_news n`.execute(
      tx,
    ),
  );
  expect(rows.map(({ words }) => words).join(' ')).not.toContain('amina@example.org');
});

test('who is not in the room and does not lead it reads nothing of what was promised there', async () => {
  await anAgenda(facilitator, on, [said({}, '2027-06-01')]);
  const elsewhere = await aSession({ facilitator: other });
  const stranger = await aPhone(elsewhere.id);
  for (const viewer of [other, admin, stranger.viewer])
    for (const table of tables) expect(await count(viewer, table), table).toBe(0);
  for (const table of [...tables, ...vaults])
    await expect(count(visitor, table), table).rejects.toThrow('permission denied');
});

test('a promise is taken back only by the phone that made it, and only that phone still sees it', async () => {
  const { room, one, two, phone, make } = await aRoom();
  const made = await make();
  const promise = made.ok ? made.value.promise : '';
  const stranger = phoneOf(two.viewer);
  if (!stranger) throw new Error('The phone did not come in.');
  const back = (who: typeof phone) =>
    withViewer(who, (tx) => takeBack(tx, who, { session: room.id, promise }));
  expect(await back(stranger)).toEqual(refused('not_there'));
  expect((await back(phone)).ok).toBe(true);
  const seen = (viewer: Viewer) =>
    withViewer(viewer, (tx) =>
      tx.selectFrom('core.promise').select('id').where('id', '=', promise).execute(),
    );
  expect(await seen(one.viewer)).toHaveLength(1);
  expect(await seen(two.viewer)).toHaveLength(0);
});

test('a phone asks carriers only for its own promise, five at most, and confirms nothing itself', async () => {
  const { room, two, phone, make } = await aRoom();
  const made = await make();
  const promise = made.ok ? made.value.promise : '';
  const stranger = phoneOf(two.viewer);
  if (!stranger) throw new Error('The phone did not come in.');
  const ask = (who: typeof phone, n: number) =>
    withViewer(who, (tx) =>
      askOneMore(
        tx,
        who,
        { session: room.id, promise, language: 'nl' },
        { called: `Nr ${n}`, mail: `n${n}@example.org` },
      ),
    );
  expect((await ask(stranger, 0)).ok).toBe(false);
  for (const n of [1, 2, 3, 4]) expect((await ask(phone, n)).ok).toBe(true);
  expect((await ask(phone, 5)).ok).toBe(false);
  const changed = await withViewer(phone, (tx) =>
    tx
      .updateTable('core.promise')
      .set({ state: 'done', confirmed_on: on })
      .where('id', '=', promise)
      .execute(),
  );
  expect(Number(changed[0]?.numUpdatedRows)).toBe(0);
});

test('a promise comes from statements and issues of its own room only', async () => {
  const { make } = await aRoom();
  const elsewhere = await aSession({ facilitator: other });
  const statement = await aStatement(elsewhere.id, 'Elders gezegd.');
  await expect(make({ ...said({}, '2027-06-01'), statements: [statement] })).rejects.toThrow(
    'row-level security',
  );
});

test('nothing that is kept joins who promised to a ballot', async () => {
  const { rows } = await withViewer(operator, (tx) =>
    sql<{ name: string }>`select c.conrelid::regclass::text as name from pg_constraint c where c.contype = 'f'
      and c.confrelid in ('core.voter'::regclass, 'core.vote'::regclass, 'core.stone'::regclass)`.execute(tx),
  );
  expect(rows.filter(({ name }) => /promise|carrier|agenda/.test(name))).toEqual([]);
});
