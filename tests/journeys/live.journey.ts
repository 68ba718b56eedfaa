import { sql } from 'kysely';
import { beforeAll, expect, inject, test } from 'vitest';
import { Ear } from '../../bench/room/ears.ts';
import { facilitatorOf } from '../../src/modules/sessions/access.ts';
import { closeSession } from '../../src/modules/sessions/closing/commands.server.ts';
import { tellRoom } from '../../src/modules/sessions/live/commands.server.ts';
import { aPhone, aSession, aStatement } from '../../src/modules/sessions/testing.ts';
import { withViewer } from '../../src/platform/db.server.ts';
import { operator } from '../../src/platform/viewer.ts';
import { cookieOf } from '../support/everywhere.ts';
import { houseDatabase } from '../support/house-database.ts';
import { anInhabitant, type Inhabitant } from '../support/person.ts';

houseDatabase();
const url = inject('journeyUrl');
let leader: Inhabitant;
beforeAll(async () => {
  leader = await anInhabitant('Noor', [{ role: 'facilitator' }]);
});

const cookie = ({ word }: { readonly word: string }) => ({ cookie: `room=${word}` });
const liveOf = (code: string) => `${url}/nl/room/${code}/live`;
const statusOf = async (address: string, headers: Record<string, string> = {}) => {
  const answer = await fetch(address, { headers, redirect: 'manual' });
  await answer.body?.cancel();
  return answer.status;
};
const vote = (code: string, phone: { word: string }, body: object, headers: Record<string, string> = {}) =>
  fetch(`${url}/nl/room/${code}/vote`, {
    method: 'POST',
    headers: { origin: url, 'content-type': 'application/json', ...cookie(phone), ...headers },
    body: JSON.stringify(body),
  });

test('phones hear their room as it happens, and of votes only how many; who closed the door hears the end', async () => {
  const room = await aSession({ facilitator: leader.viewer, steps: ['vote', 'statements'] });
  const [one, two] = [await aPhone(room.id), await aPhone(room.id)];
  const statement = await aStatement(room.id, 'Samen eten helpt.');
  const ears = [one, two].map(
    (phone) => new Ear(liveOf(room.code.toLowerCase()), cookie(phone), 0, () => undefined),
  );
  const [first, second] = ears as [Ear, Ear];
  await first.call();
  await withViewer(operator, (tx) => tellRoom(tx, room.id, 'timer'));
  await second.call();
  const said = { who: one.participant, statement, vote: 'agree', seq: 2 };
  expect(
    [await vote(room.code, one, said), await vote(room.code, one, { ...said, seq: 1, vote: 'pass' })].map(
      ({ status }) => status,
    ),
  ).toEqual([200, 200]);
  await expect
    .poll(() => ears.map(({ last, counts }) => [last, counts.people, counts.seen[1]]))
    .toEqual([
      ['1', 2, 1],
      ['1', 2, 1],
    ]);
  const { rows } = await withViewer(operator, (tx) =>
    sql<{ vote: number }>`select vote from core.vote where statement = ${statement}`.execute(tx),
  );
  expect(rows).toEqual([{ vote: 1 }]);

  await withViewer(leader.viewer, async (tx) => {
    const facilitator = facilitatorOf(leader.viewer);
    if (facilitator) await closeSession(tx, facilitator, room.id);
  });
  await expect.poll(() => ears.map(({ last }) => Number(last) >= 2)).toEqual([true, true]);
  expect((await vote(room.code, two, { ...said, who: two.participant })).status).toBe(409);
  expect(await statusOf(liveOf(room.code), cookie(one))).toBe(200);
  expect(first.fingerprint()).toBe(second.fingerprint());
  for (const ear of ears) ear.leave();
});

test('a stranger hears and votes nothing, and neither does a phone of another room, or a page elsewhere', async () => {
  const [room, elsewhere] = [
    await aSession({ facilitator: leader.viewer }),
    await aSession({ facilitator: leader.viewer }),
  ];
  const [one, stranger] = [await aPhone(room.id), await aPhone(elsewhere.id)];
  const statement = await aStatement(room.id, 'De bus rijdt te weinig.');
  const said = { who: one.participant, statement, vote: 'agree', seq: 1 };
  const other = await anInhabitant('Bas', [{ role: 'facilitator' }]);
  expect(await statusOf(liveOf(room.code))).toBe(404);
  expect(await statusOf(liveOf(room.code), cookie(stranger))).toBe(404);
  expect(await statusOf(liveOf('222222'), cookie(one))).toBe(404);
  expect(await statusOf(liveOf(room.code), { cookie: await cookieOf(other.viewer) })).toBe(404);
  expect(await statusOf(liveOf(room.code), { cookie: await cookieOf(leader.viewer) })).toBe(200);
  const answers = [
    await vote(room.code, stranger, said),
    await vote(room.code, { word: 'geraden' }, said),
    await vote(room.code, one, { ...said, who: stranger.participant }),
    await vote(room.code, one, said, { origin: 'https://elsewhere.example' }),
    await vote(room.code, one, { ...said, vote: 'maybe' }),
    await vote(elsewhere.code, stranger, { ...said, who: stranger.participant }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 403, 422, 409]);
  const { rows } = await withViewer(operator, (tx) =>
    sql`select from core.vote where statement = ${statement}`.execute(tx),
  );
  expect(rows).toEqual([]);
});
