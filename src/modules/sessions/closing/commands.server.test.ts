import { sql } from 'kysely';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { now, stopClock } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { operator, type Viewer } from '#platform/viewer.ts';
import { aPerson } from '../../people/testing.ts';
import { facilitatorOf } from '../access.ts';
import { castVote } from '../ballots/commands.server.ts';
import { aPhone, aSession, aStatement } from '../testing.ts';
import { closeLeftRooms, closeSession } from './commands.server.ts';
import { forgetWhoWasThere } from './jobs.server.ts';

ownDatabase();
let leader: Viewer;
beforeAll(async () => {
  leader = await aPerson('Noor', [{ role: 'facilitator' }]);
});
afterEach(() => stopClock());

const close = (viewer: Viewer, session: string) =>
  withViewer(viewer, async (tx) => {
    const facilitator = facilitatorOf(viewer);
    if (!facilitator) throw new Error('Nobody leads.');
    return closeSession(tx, facilitator, session);
  });
const kept = (session: string) =>
  withViewer(operator, (tx) =>
    tx.selectFrom('core.session').selectAll().where('id', '=', session).executeTakeFirstOrThrow(),
  );
const count = (table: string, where: string, session: string) =>
  withViewer(operator, async (tx) => {
    const { rows } = await sql<{
      n: number;
    }>`select count(*) as n from ${sql.table(table)} where ${sql.raw(where)} = ${session}`.execute(tx);
    return Number(rows[0]?.n);
  });

test('a closed room knows how many were there, takes no vote and leaves no way to a ballot', async () => {
  const room = await aSession({ facilitator: leader });
  const phones = await Promise.all([
    ...Array.from({ length: 6 }, () => aPhone(room.id, { role: 'newcomer' })),
    ...Array.from({ length: 7 }, () => aPhone(room.id)),
    aPhone(room.id, { role: 'official' }),
  ]);
  const statement = await aStatement(room.id, 'De bus rijdt te weinig.');
  const cast = (seq: number) =>
    Promise.all(
      phones.map(({ ballot }) =>
        castVote({ session: room.id, viewer: ballot }, { statement, said: 'agree', seq }),
      ),
    );
  await cast(1);
  await withViewer(leader, (tx) =>
    sql`select core.cast_card(${room.id}::uuid, 7::smallint, array[${statement}::uuid], array[-1]::smallint[])`.execute(
      tx,
    ),
  );
  expect(await close(leader, room.id)).toEqual({ ok: true, value: { people: 15, ballots: 15 } });
  expect(await kept(room.id)).toMatchObject({
    state: 'closed',
    people: 15,
    attendance: { newcomer: 6 },
    step: null,
    code: room.code,
  });
  expect((await cast(2)).some(({ ok }) => ok)).toBe(false);
  const ballots = await withViewer(operator, (tx) =>
    tx.selectFrom('core.voter').select(['key_hash', 'card']).where('session', '=', room.id).execute(),
  );
  expect(ballots).toEqual(Array.from({ length: 15 }, () => ({ key_hash: null, card: null })));
  expect(await close(leader, room.id)).toMatchObject({ ok: false, reason: 'not_now' });
});

test('voices and the roles of few go at the close', async () => {
  const room = await aSession({ facilitator: leader });
  await Promise.all(Array.from({ length: 6 }, () => aPhone(room.id, { role: 'newcomer' })));
  await Promise.all(Array.from({ length: 6 }, () => aPhone(room.id)));
  const [one, two] = [
    await aStatement(room.id, 'Ik spreek liever.'),
    await aStatement(room.id, 'Dat mag niet van de gemeente.'),
  ];
  await withViewer(operator, async (tx) => {
    await tx.updateTable('core.statement').set({ as_role: 'newcomer' }).where('id', '=', one).execute();
    await tx.updateTable('core.statement').set({ as_role: 'official' }).where('id', '=', two).execute();
    await tx
      .insertInto('core.room_voice')
      .values({ statement: one, type: 'audio/webm', bytes: Buffer.from('x'), seconds: 2 })
      .execute();
  });
  await close(leader, room.id);
  expect(await count('core.room_voice', 'statement', one)).toBe(0);
  const roles = await withViewer(operator, (tx) =>
    tx
      .selectFrom('core.statement')
      .select('as_role')
      .where('session', '=', room.id)
      .orderBy('number')
      .execute(),
  );
  expect(roles.map(({ as_role }) => as_role)).toEqual(['newcomer', null]);
});

test('a vote at the moment of the close is counted or refused, never lost between', async () => {
  const room = await aSession({ facilitator: leader });
  const phones = await Promise.all(Array.from({ length: 30 }, () => aPhone(room.id)));
  const statement = await aStatement(room.id, 'Er is te weinig taalles.');
  const votes = phones.map(({ ballot }, at) =>
    new Promise((resolve) => setTimeout(resolve, at)).then(() =>
      castVote({ session: room.id, viewer: ballot }, { statement, said: 'agree', seq: 1 }),
    ),
  );
  await new Promise((resolve) => setTimeout(resolve, 8));
  expect((await close(leader, room.id)).ok).toBe(true);
  const taken = (await Promise.all(votes)).filter(({ ok }) => ok).length;
  expect(await count('core.vote', 'statement', statement)).toBe(taken);
});

test('nobody closes the room of another, nor past its states or with ballots that can still be found', async () => {
  const room = await aSession({ facilitator: leader });
  const other = await aPerson('Bas', [{ role: 'facilitator' }]);
  expect(await close(other, room.id)).toMatchObject({ ok: false, reason: 'not_now' });
  const one = await aPhone(room.id);
  const statement = await aStatement(room.id, 'Wij kennen elkaar niet.');
  await castVote({ session: room.id, viewer: one.ballot }, { statement, said: 'agree', seq: 1 });
  const put = (state: 'closed' | 'lobby' | 'shared', closed_at: Date | null) =>
    withViewer(leader, (tx) =>
      tx.updateTable('core.session').set({ state, closed_at }).where('id', '=', room.id).execute(),
    );
  await expect(put('closed', now())).rejects.toThrow('laid down');
  await expect(put('shared', now())).rejects.toThrow('does not become');
  await expect(put('lobby', null)).rejects.toThrow('does not become');
});

test('two weeks after the close nobody is known any more; what was said and how they voted together stays', async () => {
  const room = await aSession({ facilitator: leader });
  const phones = await Promise.all(Array.from({ length: 5 }, () => aPhone(room.id, { called: 'Amina' })));
  const statement = await aStatement(room.id, 'Samen eten helpt.');
  for (const { ballot } of phones)
    await castVote({ session: room.id, viewer: ballot }, { statement, said: 'agree', seq: 1 });
  const takenBack = await aStatement(room.id, 'Dit neem ik terug.');
  const alike = await aStatement(room.id, 'Dit zei ik ook.');
  const [author] = phones;
  await withViewer(operator, async (tx) => {
    await tx
      .insertInto('core.statement_author')
      .values({ statement: takenBack, participant: author?.participant ?? '' })
      .execute();
    await tx
      .updateTable('core.statement')
      .set({ standing: 'merged', merged_into: takenBack })
      .where('id', '=', alike)
      .execute();
  });
  await withViewer(author?.viewer ?? leader, (tx) =>
    sql`select core.withdraw_statement(${takenBack}::uuid)`.execute(tx),
  );
  await close(leader, room.id);
  await forgetWhoWasThere();
  expect(await count('core.participant', 'session', room.id)).toBe(5);
  expect(await count('core.statement', 'session', room.id)).toBe(3);
  stopClock(new Date(Date.now() + 15 * 86_400_000));
  await forgetWhoWasThere();
  for (const table of ['core.participant', 'core.room_phone', 'core.room_event'])
    expect(await count(table, 'session', room.id)).toBe(0);
  expect(await count('core.vote', 'statement', statement)).toBe(5);
  // What was taken back is gone; what was laid with it stands by itself again.
  expect(
    await withViewer(operator, (tx) =>
      tx
        .selectFrom('core.statement')
        .select(['text', 'standing'])
        .where('session', '=', room.id)
        .orderBy('number')
        .execute(),
    ),
  ).toEqual([
    { text: 'Samen eten helpt.', standing: 'open' },
    { text: 'Dit zei ik ook.', standing: 'open' },
  ]);
  expect((await kept(room.id)).code).toBeNull();
});

test('a room that nobody closed is closed by the house after a week of silence, and its ballots are laid down', async () => {
  const room = await aSession({ facilitator: leader });
  const lobby = await aSession({ facilitator: leader, state: 'lobby' });
  const one = await aPhone(room.id);
  const statement = await aStatement(room.id, 'Ik zie mijn buren weinig.');
  await castVote({ session: room.id, viewer: one.ballot }, { statement, said: 'pass', seq: 1 });
  stopClock(new Date(Date.now() + 6 * 86_400_000));
  await withViewer(operator, (tx) => closeLeftRooms(tx));
  expect((await kept(room.id)).state).toBe('live');
  stopClock(new Date(Date.now() + 8 * 86_400_000));
  await withViewer(operator, (tx) => closeLeftRooms(tx));
  expect([await kept(room.id), await kept(lobby.id)].map(({ state }) => state)).toEqual(['closed', 'lobby']);
  stopClock(new Date(Date.now() + 15 * 86_400_000));
  await forgetWhoWasThere();
  expect((await kept(lobby.id)).state).toBe('called-off');
});
