import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { ownDatabase } from '../../../tests/support/database.ts';
import { withViewer } from '#platform/db.server.ts';
import { operator, type Viewer } from '#platform/viewer.ts';
import { aPerson } from '../people/testing.ts';
import { tellRoom } from './live/commands.server.ts';
import { aPhone, aSession, aStatement, cast } from './testing.ts';

ownDatabase();
let facilitator: Viewer;
let other: Viewer;
let admin: Viewer;

beforeAll(async () => {
  facilitator = await aPerson('Noor', [{ role: 'facilitator' }]);
  other = await aPerson('Bas', [{ role: 'facilitator' }]);
  admin = await aPerson('Els', [{ role: 'admin' }, { role: 'privacy-officer' }]);
});

const count = (viewer: Viewer, table: string) =>
  withViewer(viewer, async (tx) => {
    const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(tx);
    return Number(rows[0]?.n);
  });
test('nobody sees who voted what: not the facilitator, not the admin, not the phone, not another ballot', async () => {
  const room = await aSession({ facilitator });
  const one = await aPhone(room.id, { called: 'Amina' });
  const two = await aPhone(room.id);
  const statement = await aStatement(room.id, 'De bus rijdt te weinig.');
  expect(await cast(one.ballot, room.id, statement, 1)).toBe(true);
  for (const viewer of [facilitator, other, admin, one.viewer, two.ballot, one.ballot])
    for (const table of ['core.vote', 'core.voter', 'core.stone']) expect(await count(viewer, table)).toBe(0);
  const seen = (viewer: Viewer) =>
    withViewer(viewer, async (tx) => {
      const { rows } = await sql<{
        seen: number;
      }>`select seen from core.count_votes(${room.id}::uuid)`.execute(tx);
      return rows[0]?.seen;
    });
  expect(await seen(facilitator)).toBe(1);
  expect(await seen(one.viewer)).toBe(1);
  expect(await seen(other)).toBeUndefined();
});

test('nothing that is kept joins a phone to its ballot, also before the close', async () => {
  const room = await aSession({ facilitator });
  const one = await aPhone(room.id);
  const statement = await aStatement(room.id, 'Ik zie mijn buren weinig.');
  await cast(one.ballot, room.id, statement, -1);
  await withViewer(operator, async (tx) => {
    const phone = await sql<Record<string, unknown>>`select to_jsonb(p)::text as words from core.room_phone p
      where id = ${one.viewer.id} union all select to_jsonb(p)::text from core.participant p where id = ${one.participant}`.execute(
      tx,
    );
    const ballot = await sql<
      Record<string, unknown>
    >`select to_jsonb(b)::text as words from core.voter b where session = ${room.id}`.execute(tx);
    const keys = (rows: readonly Record<string, unknown>[]) =>
      new Set(rows.flatMap(({ words }) => String(words).match(/[0-9a-f-]{36}|[0-9a-f]{64}/g) ?? []));
    const shared = [...keys(ballot.rows)].filter((key) => keys(phone.rows).has(key));
    expect(shared).toEqual([room.id]);
  });
});

test('after the close every ballot has another key, and neither fingerprint nor card number', async () => {
  const room = await aSession({ facilitator });
  const phones = await Promise.all([1, 2, 3].map(() => aPhone(room.id)));
  const statement = await aStatement(room.id, 'Samen eten helpt.');
  for (const phone of phones) await cast(phone.ballot, room.id, statement, 1);
  const keys = () =>
    withViewer(operator, (tx) =>
      tx.selectFrom('core.voter').selectAll().where('session', '=', room.id).execute(),
    );
  const before = new Set((await keys()).map(({ id }) => id));
  await withViewer(facilitator, (tx) => sql`select core.lay_ballots_down(${room.id}::uuid)`.execute(tx));
  const after = await keys();
  expect(after).toHaveLength(3);
  for (const ballot of after) {
    expect(before.has(ballot.id)).toBe(false);
    expect([ballot.key_hash, ballot.card]).toEqual([null, null]);
  }
  expect(await withViewer(operator, (tx) => tx.selectFrom('core.vote').selectAll().execute())).toHaveLength(
    3 + 2,
  );
});

test('a phone lets nobody in, not even itself, and never becomes a helper by itself', async () => {
  const room = await aSession({ facilitator, door: 'admission' });
  const one = await aPhone(room.id);
  await withViewer(operator, (tx) =>
    tx.updateTable('core.participant').set({ state: 'waiting' }).where('id', '=', one.participant).execute(),
  );
  for (const change of [{ state: 'in' as const }, { helps: true }])
    await expect(
      withViewer(one.viewer, (tx) =>
        tx.updateTable('core.participant').set(change).where('id', '=', one.participant).execute(),
      ),
    ).rejects.toThrow('Only who leads');
  const made = await withViewer(one.viewer, (tx) =>
    tx
      .insertInto('core.participant')
      .values({ session: room.id, phone: one.viewer.id ?? '', state: 'in', helps: true })
      .returning(['state', 'helps'])
      .executeTakeFirst(),
  );
  expect(made).toEqual({ state: 'waiting', helps: false });
});

test('who is not in the room hears nothing of it and tells it nothing', async () => {
  const room = await aSession({ facilitator });
  const elsewhere = await aSession({ facilitator: other });
  await aStatement(room.id, 'Wij koken op vrijdag.');
  const stranger = await aPhone(elsewhere.id);
  const seen = (viewer: Viewer) =>
    withViewer(viewer, (tx) =>
      tx.selectFrom('core.statement').select('id').where('session', '=', room.id).execute(),
    );
  expect(await seen(stranger.viewer)).toEqual([]);
  expect(await seen(other)).toEqual([]);
  expect(await seen(admin)).toEqual([]);
  expect(await seen(facilitator)).toHaveLength(1);
  await expect(withViewer(stranger.viewer, (tx) => tellRoom(tx, room.id, 'step'))).rejects.toThrow(
    'Only who is in the room',
  );
  expect(await withViewer(facilitator, (tx) => tellRoom(tx, room.id, 'step', { position: 2 }))).toBe(1);
});

test('what was said is not changed by anyone, also not by who leads the session', async () => {
  const room = await aSession({ facilitator });
  const statement = await aStatement(room.id, 'De wachtlijst is te lang.');
  await expect(
    withViewer(facilitator, (tx) =>
      tx
        .updateTable('core.statement')
        .set({ text: 'Alles gaat goed.' })
        .where('id', '=', statement)
        .execute(),
    ),
  ).rejects.toThrow('not changed');
});

test('of a vote sent twice, late or after the close the newest counts once', async () => {
  const room = await aSession({ facilitator });
  const one = await aPhone(room.id);
  const statement = await aStatement(room.id, 'Er is te weinig taalles.');
  const said = async () =>
    (
      await withViewer(operator, (tx) =>
        tx.selectFrom('core.vote').select(['vote']).where('statement', '=', statement).execute(),
      )
    ).map(({ vote }) => vote);
  await cast(one.ballot, room.id, statement, 1, 5);
  await cast(one.ballot, room.id, statement, -1, 4);
  await cast(one.ballot, room.id, statement, 1, 5);
  expect(await said()).toEqual([1]);
  await cast(one.ballot, room.id, statement, 0, 6);
  expect(await said()).toEqual([0]);
  await withViewer(operator, (tx) =>
    tx
      .updateTable('core.session')
      .set({ state: 'closed', closed_at: new Date(), code: null })
      .where('id', '=', room.id)
      .execute(),
  );
  expect(await cast(one.ballot, room.id, statement, 1, 9)).toBe(false);
  expect(await said()).toEqual([0]);
});

test('two hundred first votes at once are two hundred votes', async () => {
  const room = await aSession({ facilitator });
  const phones = await Promise.all(Array.from({ length: 200 }, () => aPhone(room.id)));
  const statement = await aStatement(room.id, 'Wij kennen elkaar niet.');
  const taken = await Promise.all(phones.map(({ ballot }) => cast(ballot, room.id, statement, 1)));
  expect(taken.filter(Boolean)).toHaveLength(200);
  const { n } = await withViewer(operator, (tx) =>
    tx
      .selectFrom('core.vote')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .where('statement', '=', statement)
      .executeTakeFirstOrThrow(),
  );
  expect(Number(n)).toBe(200);
});
