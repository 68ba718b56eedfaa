import { beforeAll, expect, test } from 'vitest';
import { ownDatabase } from '../../../../../tests/support/database.ts';
import { withViewer } from '#platform/db.server.ts';
import { operator, type Viewer } from '#platform/viewer.ts';
import { aPerson } from '../../../people/testing.ts';
import { facilitatorOf } from '../../access.ts';
import { closeSession } from '../../closing/commands.server.ts';
import { type Picture } from '../../landscape/landscape.ts';
import { tellRoom } from '../../live/commands.server.ts';
import { aPhone, aSession, aStatement } from '../../testing.ts';
import { castVote } from '../commands.server.ts';
import { drawPicture } from './jobs.server.ts';

ownDatabase();
let leader: Viewer;
beforeAll(async () => {
  leader = await aPerson('Noor', [{ role: 'facilitator' }]);
});

const picturesOf = (session: string) =>
  withViewer(operator, (tx) =>
    tx.selectFrom('core.room_picture').selectAll().where('session', '=', session).orderBy('number').execute(),
  );
const restOn = (session: string) =>
  withViewer(operator, (tx) =>
    tx.selectFrom('core.room_picture_ballot').selectAll().where('session', '=', session).execute(),
  );
const eventsOf = (session: string) =>
  withViewer(operator, (tx) =>
    tx
      .selectFrom('core.room_event')
      .select(['kind', 'about'])
      .where('session', '=', session)
      .orderBy('number')
      .execute(),
  );

async function aRoom(people: number) {
  const room = await aSession({ facilitator: leader });
  const statements = [
    await aStatement(room.id, 'Samen eten helpt.'),
    await aStatement(room.id, 'De bus rijdt te weinig.'),
  ];
  const come = (many: number) => Promise.all(Array.from({ length: many }, () => aPhone(room.id)));
  const vote = (phones: readonly { ballot: Viewer }[], seq = 1) =>
    Promise.all(
      phones.flatMap(({ ballot }) =>
        statements.map((statement) =>
          castVote({ session: room.id, viewer: ballot }, { statement, said: 'agree', seq }),
        ),
      ),
    );
  const phones = await come(people);
  await vote(phones);
  return { ...room, statements, phones, come, vote };
}

test('a picture tells what the room shares, once enough people voted, and the room hears of it', async () => {
  const room = await aRoom(4);
  await drawPicture({ session: room.id });
  expect(await picturesOf(room.id)).toEqual([]);
  await room.vote(await room.come(4));
  await drawPicture({ session: room.id });
  const [first] = await picturesOf(room.id);
  expect(first).toMatchObject({ number: 1, people: 8, votes: 16 });
  const told = (first?.picture as Picture).sharedGround.map(({ statement, people }) => [statement, people]);
  expect(new Map(told as [string, number][])).toEqual(
    new Map(room.statements.map((statement) => [statement, 8])),
  );
  expect(await eventsOf(room.id)).toEqual([{ kind: 'picture', about: { number: 1 } }]);
});

test('the next picture waits until five people did something: two pictures never differ by one person', async () => {
  const room = await aRoom(8);
  await drawPicture({ session: room.id });
  const late = await room.come(4);
  for (const one of late) {
    await room.vote([one]);
    await drawPicture({ session: room.id });
  }
  expect(await picturesOf(room.id)).toHaveLength(1);
  await room.vote(await room.come(1));
  await drawPicture({ session: room.id });
  await drawPicture({ session: room.id });
  const pictures = await picturesOf(room.id);
  expect(pictures.map(({ number, people }) => [number, people])).toEqual([
    [1, 8],
    [2, 13],
  ]);
});

test('a picture after the close is still held against those before it, and then nothing of what they rest on is left', async () => {
  const room = await aRoom(8);
  await drawPicture({ session: room.id });
  expect(await restOn(room.id)).toHaveLength(8);
  await room.vote(await room.come(1));
  const before = new Set((await restOn(room.id)).map(({ voter }) => voter));
  await withViewer(leader, (tx) => {
    const facilitator = facilitatorOf(leader);
    if (!facilitator) throw new Error('Nobody leads.');
    return closeSession(tx, facilitator, room.id);
  });
  const laid = await restOn(room.id);
  expect(laid).toHaveLength(8);
  expect(laid.filter(({ voter }) => before.has(voter))).toEqual([]);
  await drawPicture({ session: room.id });
  expect(await picturesOf(room.id)).toHaveLength(1);
  expect(await restOn(room.id)).toEqual([]);
});

test('each step that opens puts off one drawing of what was voted until then', async () => {
  const room = await aRoom(0);
  const waiting = () =>
    withViewer(operator, (tx) =>
      tx
        .selectFrom('jobs.job' as never)
        .select('data' as never)
        .execute(),
    ).catch(() => null);
  await withViewer(leader, (tx) => tellRoom(tx, room.id, 'step', { position: 2 }));
  await withViewer(leader, (tx) => tellRoom(tx, room.id, 'step', { position: 3 }));
  const jobs = ((await waiting()) ?? []) as { data: { job: string; data: { session: string } } }[];
  expect(
    jobs.filter(({ data }) => data.job === 'draw-picture' && data.data.session === room.id),
  ).toHaveLength(1);
});
