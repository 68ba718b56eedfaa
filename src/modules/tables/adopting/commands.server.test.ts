import { sql } from 'kysely';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { refused } from '#platform/result.ts';
import { operator, visitor, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { aBetweenWord } from '../../languages/words/testing.ts';
import { aMember } from '../../people/testing.ts';
import { aSession } from '../../sessions/testing.ts';
import { aTableOfTwo, goer, layNeighbourhood, type AtTable } from '../connecting/testing.ts';
import {
  adoptWord,
  layAgain,
  layWord,
  letWordGo,
  signFor,
  takeSignatureBack,
  tellWhere,
} from './commands.server.ts';
import { meetingsHeld, wordsAt, wordsToLay } from './queries.server.ts';

ownDatabase();
beforeAll(layNeighbourhood, 60_000);
let at: AtTable;
let version: string;
let lies: string;
let groupSeat: string;
beforeEach(async () => {
  at = await aTableOfTwo();
  const word = await aBetweenWord(await aMember('Lien', at.keys.house), {
    term: `nieuwe buren ${at.table.slug}`,
    open: true,
  });
  version = word.version ?? '';
  groupSeat = at.seats.free;
  await withViewer(operator, (tx) =>
    tx
      .updateTable('core.seat')
      .set({
        state: 'offered',
        initiative: at.keys.group,
        chosen_by: 'de groep',
        ground: 'woont hier',
        offered_on: today(),
      })
      .where('id', '=', groupSeat)
      .execute(),
  );
  await withViewer(operator, (tx) =>
    tx
      .updateTable('core.seat')
      .set({ state: 'taken', since: today(), since_precision: 'day' })
      .where('id', '=', groupSeat)
      .execute(),
  );
  await as(at.keeper, (tx, who) => layWord(tx, who, at.table.id, version));
  lies = (await seen())[0]?.id ?? '';
});

const as = <Answer>(
  viewer: Viewer,
  work: (tx: Parameters<typeof layWord>[0], who: ReturnType<typeof goer>) => Promise<Answer>,
) => {
  const who = goer(viewer);
  return withViewer(who, (tx) => work(tx, who));
};
const seen = (viewer = at.keeper) => withViewer(viewer, (tx) => wordsAt(tx, at.table.id));
const discuss = async () => {
  const session = await aSession({ facilitator: at.keeper, state: 'closed' });
  const meeting = await withViewer(operator, (tx) =>
    tx
      .insertInto('core.table_meeting')
      .values({
        table_id: at.table.id,
        session: session.id,
        day: today(),
        about: 'Hoe noemen we dit?',
        language: 'nl',
      })
      .returning('id')
      .executeTakeFirstOrThrow(),
  );
  return as(at.keeper, (tx, who) => tellWhere(tx, who, lies, meeting.id));
};
const sign = (viewer: Viewer, seat: string) => as(viewer, (tx, who) => signFor(tx, who, lies, seat));
const adopt = (viewer = at.keeper) => as(viewer, (tx, who) => adoptWord(tx, who, lies));
const told = () =>
  withViewer(visitor, async (tx) => {
    const { rows } = await sql<{
      status: string;
      adoptions: { name: string | null; slug: string | null; on: string }[];
    }>`
      select status, adoptions from pub.word_version where id = ${version}`.execute(tx);
    return rows[0];
  });

test('a word that was discussed in a room and signed by both sides is adopted, and its page says by whom and on which day', async () => {
  expect((await seen())[0]).toMatchObject({ state: 'lying', discussedOn: null, missing: 'not_discussed' });
  expect(await adopt()).toEqual(refused('not_discussed'));
  expect((await discuss()).ok).toBe(true);
  expect(await adopt()).toEqual(refused('one_side'));
  expect((await sign(at.hall, at.seats.hall)).ok).toBe(true);
  expect(await adopt()).toEqual(refused('one_side'));
  expect((await sign(at.group, groupSeat)).ok).toBe(true);
  expect((await adopt()).ok).toBe(true);
  expect(await told()).toEqual({
    status: 'adopted',
    adoptions: [{ name: 'Ontwikkeltafel Arnhem', slug: at.table.slug, on: today() }],
  });
  expect((await seen(at.group))[0]).toMatchObject({ state: 'adopted', endedOn: today() });
});

test('nobody signs for a seat that is not theirs, and who keeps the table signs only on the word of who has no entry', async () => {
  expect(await sign(at.hall, groupSeat)).toEqual(refused('not_there'));
  expect(await sign(at.keeper, groupSeat)).toEqual(refused('not_there'));
  expect(await sign(at.house, at.seats.hall)).toEqual(refused('not_there'));
  expect((await sign(at.keeper, at.seats.body)).ok).toBe(true);
  expect((await seen())[0]?.signatures).toMatchObject([
    { side: 'formal', called: 'Bakkerij Zon · werkgever' },
  ]);
  const forged = withViewer(at.keeper, (tx) =>
    tx
      .insertInto('core.word_signature')
      .values({ lies, seat: groupSeat, side: 'lived', told_by: 'holder', signed_by: at.keeper.id })
      .execute(),
  );
  await expect(forged).rejects.toThrow('row-level security');
});

test('one person who belongs to both sides is not two signatures', async () => {
  await discuss();
  const until = await aMember('Jan', at.keys.hall);
  await withViewer(operator, (tx) =>
    tx
      .insertInto('core.role_grant')
      .values({
        person_id: until.id ?? '',
        role: 'member',
        scope_kind: 'initiative',
        scope_id: at.keys.group,
        until_day: '2027-06-01',
        reason: 'for a test',
      })
      .execute(),
  );
  await sign(until, at.seats.hall);
  await sign(until, groupSeat);
  expect(await adopt()).toEqual(refused('one_side'));
});

test('a signature is taken back by who gave it, and a word can be let go with the reason and laid down again', async () => {
  await sign(at.group, groupSeat);
  expect(await as(at.hall, (tx, who) => takeSignatureBack(tx, who, lies, groupSeat))).toEqual(
    refused('not_there'),
  );
  expect((await as(at.group, (tx, who) => takeSignatureBack(tx, who, lies, groupSeat))).ok).toBe(true);
  await as(at.keeper, (tx, who) => letWordGo(tx, who, { lies, why: 'Het zegt te veel.' }, 'nl'));
  expect((await seen())[0]).toMatchObject({
    state: 'let-go',
    why: { words: 'Het zegt te veel.' },
    canSign: [],
  });
  expect(await sign(at.group, groupSeat)).toEqual(refused('not_there'));
  expect((await as(at.keeper, (tx, who) => layAgain(tx, who, lies))).ok).toBe(true);
});

test('a word lies once on a table, and only open between-words can be laid there', async () => {
  expect(await as(at.keeper, (tx, who) => layWord(tx, who, at.table.id, version))).toEqual(
    refused('lies_already'),
  );
  const waiting = await aBetweenWord(null, { term: 'wacht nog' });
  expect(waiting.version).toBeNull();
  expect(await as(at.keeper, (tx, who) => layWord(tx, who, at.table.id, crypto.randomUUID()))).toEqual(
    refused('which'),
  );
  expect(
    (await withViewer(at.keeper, (tx) => wordsToLay(tx, at.table.id))).map(({ version: one }) => one),
  ).not.toContain(version);
  expect(await withViewer(at.keeper, (tx) => meetingsHeld(tx, at.table.id))).toEqual([]);
});

test('a table that closes is no longer named with the words it adopted', async () => {
  await discuss();
  await sign(at.hall, at.seats.hall);
  await sign(at.group, groupSeat);
  await adopt();
  await withViewer(at.keeper, (tx) =>
    tx
      .updateTable('core.collaboration_table')
      .set({ open_to: 'table' })
      .where('id', '=', at.table.id)
      .execute(),
  );
  expect((await told())?.adoptions).toEqual([{ name: null, slug: null, on: today() }]);
});

test('a signature is of a seat: it stays when the person by whose hand it was leaves, without them', async () => {
  await sign(at.group, groupSeat);
  await withViewer(operator, (tx) =>
    tx
      .updateTable('core.person')
      .set({ left_on: today() })
      .where('id', '=', at.group.id ?? '')
      .execute(),
  );
  expect((await seen())[0]?.signatures).toMatchObject([{ seat: groupSeat, side: 'lived', by: null }]);
});
