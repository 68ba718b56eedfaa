import { randomBytes, randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { ok, refused } from '#platform/result.ts';
import { operator, type Viewer } from '#platform/viewer.ts';
import { aPerson } from '../../people/testing.ts';
import { roomSeen } from '../room/queries.server.ts';
import { aSession } from '../testing.ts';
import { beCalled, comeBack, comeIn, leaveRoom, onceFor, readIn, sitTogether } from './commands.server.ts';
import { isInside, phoneIn } from './queries.server.ts';

ownDatabase();
let facilitator: Viewer;

beforeAll(async () => {
  facilitator = await aPerson('Noor', [{ role: 'facilitator' }]);
});

const aWord = () => randomBytes(32).toString('base64url');
const nobody = { called: null, role: null, beside: null };

/** Comes into the room, and gives the phone with what it sees. */
async function came(code: string, word = aWord(), coming: Parameters<typeof comeIn>[3] = nobody) {
  expect((await comeIn(code, word, 'nl', coming)).ok).toBe(true);
  const here = await phoneIn(code, word);
  if (!here) throw new Error('The phone is not found back.');
  const sees = () =>
    withViewer(here.phone, (tx) => roomSeen(tx, here.phone, { ...here, code, language: 'nl', who: null }));
  return { ...here, word, sees };
}
const eventsOf = (session: string) =>
  withViewer(operator, (tx) =>
    tx.selectFrom('core.room_event').select(['kind', 'about']).where('session', '=', session).execute(),
  );

test('someone comes in with a code and no account, and the room hears that someone came but not who', async () => {
  const room = await aSession({ facilitator, state: 'lobby' });
  const { sees } = await came(room.code, aWord(), { called: 'Amina', role: 'newcomer', beside: 'ar' });
  const seen = await sees();
  expect(seen).toMatchObject({
    state: 'lobby',
    people: 1,
    who: { called: 'Amina' },
    reads: { beside: 'ar' },
  });
  expect(await eventsOf(room.id)).toEqual([{ kind: 'people', about: {} }]);
});

test('who taps twice is one person, and who comes back on the same phone is who they were', async () => {
  const room = await aSession({ facilitator });
  const word = aWord();
  await Promise.all([1, 2, 3].map(() => comeIn(room.code, word, 'nl', { ...nobody, called: 'Samir' })));
  const { sees } = await came(room.code, word, { ...nobody, called: 'Samir' });
  expect((await sees())?.onPhone).toHaveLength(1);
  expect((await sees())?.people).toBe(1);
});

test('a room that lets people in one by one shows nothing of what is said to who waits at its door', async () => {
  const room = await aSession({ facilitator, door: 'admission' });
  const { sees, phone } = await came(room.code);
  expect(await sees()).toMatchObject({ who: null, onPhone: [{ state: 'waiting' }] });
  expect(await withViewer(phone, (tx) => tx.selectFrom('core.statement').select('id').execute())).toEqual([]);
});

test('no word opens a room its phone never came into, and a wrong code opens nothing', async () => {
  const [one, two] = [await aSession({ facilitator }), await aSession({ facilitator })];
  const { word } = await came(one.code);
  expect(await phoneIn(two.code, word)).toBeNull();
  for (const odd of ['', '\0', one.code.toLowerCase(), '../join'])
    expect(await phoneIn(odd, word)).toBeNull();
  expect(await comeIn('222222', word, 'nl', nobody)).toEqual(refused('no_room'));
});

test('after the close a phone finds its room again by the same code, and nobody new comes in', async () => {
  const room = await aSession({ facilitator });
  const { word } = await came(room.code);
  await withViewer(operator, (tx) =>
    tx
      .updateTable('core.session')
      .set({ state: 'closed', closed_at: new Date() })
      .where('id', '=', room.id)
      .execute(),
  );
  expect(await phoneIn(room.code, word)).not.toBeNull();
  expect(await comeIn(room.code, aWord(), 'nl', nobody)).toEqual(refused('no_room'));
});

test('who left just before the close comes back to read the minutes, but nobody leaves or joins a closed room', async () => {
  const room = await aSession({ facilitator });
  const { phone, session, sees } = await came(room.code);
  const of = { session, who: (await sees())?.who?.id ?? '' };
  const does = <Answer>(deed: (tx: Tx) => Promise<Answer>) => withViewer(phone, deed);
  await does((tx) => leaveRoom(tx, phone, of));
  await withViewer(operator, (tx) =>
    tx
      .updateTable('core.session')
      .set({ state: 'closed', closed_at: new Date() })
      .where('id', '=', room.id)
      .execute(),
  );
  expect(await does((tx) => comeBack(tx, phone, of))).toEqual(ok(null));
  expect(await does((tx) => leaveRoom(tx, phone, of))).toEqual(refused('over'));
  expect(await does((tx) => sitTogether(tx, phone, session, nobody))).toEqual(refused('over'));
});

test('several people share a phone, as many as fit, and one of them leaves and comes back', async () => {
  const room = await aSession({ facilitator });
  const { phone, session, sees } = await came(room.code, aWord(), { ...nobody, called: 'Noor' });
  const sat = () => withViewer(phone, (tx) => sitTogether(tx, phone, session, nobody));
  for (let people = 1; people < 8; people++) expect(await sat()).toEqual(ok(null));
  expect(await sat()).toEqual(refused('full'));
  const noor = (await sees())?.onPhone.find(({ called }) => called === 'Noor')?.id ?? '';
  const of = { session, who: noor };
  expect(await withViewer(phone, (tx) => leaveRoom(tx, phone, of))).toEqual(ok(null));
  expect((await sees())?.people).toBe(7);
  expect(await withViewer(phone, (tx) => comeBack(tx, phone, of))).toEqual(ok(null));
  expect((await sees())?.people).toBe(8);
});

test('who came back to a room with a door waits to be let in again, and who is on another phone is not moved', async () => {
  const room = await aSession({ facilitator, door: 'admission' });
  const one = await came(room.code);
  const other = await came(room.code);
  const of = { session: room.id, who: (await one.sees())?.onPhone[0]?.id ?? '' };
  await withViewer(operator, (tx) =>
    tx.updateTable('core.participant').set({ state: 'in' }).where('id', '=', of.who).execute(),
  );
  expect(await withViewer(other.phone, (tx) => leaveRoom(tx, other.phone, of))).toEqual(refused('not_here'));
  await withViewer(one.phone, (tx) => leaveRoom(tx, one.phone, of));
  await withViewer(one.phone, (tx) => comeBack(tx, one.phone, of));
  expect((await one.sees())?.onPhone[0]?.state).toBe('waiting');
});

test('someone changes how they are called and in which languages the phone reads', async () => {
  const room = await aSession({ facilitator });
  const { phone, session, sees } = await came(room.code);
  const who = (await sees())?.who?.id ?? '';
  await withViewer(phone, async (tx) => {
    await beCalled(tx, phone, { session, who, called: 'Olena', role: 'initiative' });
    await readIn(tx, phone, 'en', 'uk');
  });
  expect(await sees()).toMatchObject({
    who: { called: 'Olena', role: 'initiative' },
    reads: { beside: 'uk' },
  });
});

test('a deed that is sent twice over a bad line is done once, also at the same moment; a refused one may be tried again', async () => {
  const room = await aSession({ facilitator });
  const { phone } = await came(room.code);
  const key = randomUUID();
  let times = 0;
  const once = () =>
    withViewer(phone, (tx) =>
      onceFor(tx, phone, key, () => {
        times++;
        return Promise.resolve(ok(`done ${times}`));
      }),
    );
  expect(await Promise.all([once(), once(), once()])).toEqual([1, 2, 3].map(() => ok('done 1')));
  const other = randomUUID();
  const tried = (answer: ReturnType<typeof refused> | ReturnType<typeof ok<null>>) =>
    withViewer(phone, (tx) => onceFor(tx, phone, other, () => Promise.resolve(answer)));
  expect(await tried(refused('not_now'))).toEqual(refused('not_now'));
  expect(await tried(ok(null))).toEqual(ok(null));
});

test('a phone on which nobody came in is not inside', async () => {
  const room = await aSession({ facilitator });
  const { phone } = await came(room.code);
  expect(await isInside(phone)).toBe(true);
  await withViewer(operator, (tx) =>
    tx.deleteFrom('core.participant').where('phone', '=', phone.id).execute(),
  );
  expect(await isInside(phone)).toBe(false);
});
