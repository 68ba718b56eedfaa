import { beforeAll, expect, test } from 'vitest';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { withViewer } from '#platform/db.server.ts';
import { operator, type Viewer } from '#platform/viewer.ts';
import { aPerson } from '../../people/testing.ts';
import { phoneOf } from '../access.ts';
import { aPhone, aSession, aStatement } from '../testing.ts';
import { castVote, layStones } from './commands.server.ts';
import { ballotFor, ballotSays } from './queries.server.ts';
import type { Ballot } from './access.ts';

ownDatabase();
let facilitator: Viewer;
beforeAll(async () => {
  facilitator = await aPerson('Noor', [{ role: 'facilitator' }]);
});

const ballotIn = (session: string, { ballot }: { ballot: Viewer }): Ballot => ({ session, viewer: ballot });
const votesOn = (statement: string) =>
  withViewer(operator, (tx) =>
    tx
      .selectFrom('core.vote')
      .select(['vote', 'seq'])
      .where('statement', '=', statement)
      .orderBy('vote')
      .execute(),
  );

test('votes that come together share a commit: of a phone its newest counts, whatever order they come in', async () => {
  const room = await aSession({ facilitator });
  const phones = await Promise.all(Array.from({ length: 40 }, () => aPhone(room.id)));
  const statement = await aStatement(room.id, 'De bus rijdt te weinig.');
  const cast = phones.flatMap((phone) =>
    [3, 1, 2].map((seq) =>
      castVote(ballotIn(room.id, phone), { statement, said: seq === 3 ? 'disagree' : 'agree', seq }),
    ),
  );
  expect((await Promise.all(cast)).every(({ ok }) => ok)).toBe(true);
  const said = await votesOn(statement);
  expect(said).toHaveLength(40);
  expect(said.every(({ vote, seq }) => vote === -1 && seq === 3)).toBe(true);
});

test('a vote the room does not take is refused alone; those that came with it stand', async () => {
  const [here, elsewhere, quiet] = [
    await aSession({ facilitator }),
    await aSession({ facilitator }),
    await aSession({ facilitator, state: 'paused' }),
  ];
  const [mine, theirs] = [
    await aStatement(here.id, 'Wij koken samen.'),
    await aStatement(elsewhere.id, 'Er is geen bus.'),
  ];
  const paused = await aStatement(quiet.id, 'Het is stil.');
  const one = await aPhone(here.id);
  const asleep = await aPhone(quiet.id);
  const answers = await Promise.all([
    castVote(ballotIn(here.id, one), { statement: mine, said: 'pass', seq: 1 }),
    castVote(ballotIn(here.id, one), { statement: theirs, said: 'agree', seq: 2 }),
    castVote(ballotIn(quiet.id, asleep), { statement: paused, said: 'agree', seq: 1 }),
  ]);
  expect(answers.map(({ ok }) => ok)).toEqual([true, false, false]);
  expect(
    [await votesOn(mine), await votesOn(theirs), await votesOn(paused)].map(({ length }) => length),
  ).toEqual([1, 0, 0]);
});

test('a fingerprint that is not whole casts nothing, and neither does a phone', async () => {
  const room = await aSession({ facilitator });
  const one = await aPhone(room.id);
  const statement = await aStatement(room.id, 'De wachtlijst is lang.');
  for (const viewer of [
    { ...one.ballot, id: one.ballot.id?.slice(2) ?? '' },
    { ...one.ballot, id: '' },
  ])
    await expect(
      castVote({ session: room.id, viewer }, { statement, said: 'agree', seq: 1 }),
    ).rejects.toThrow('Only a ballot');
  expect(await votesOn(statement)).toEqual([]);
});

test('only who is in the room, on the phone that asks, gets a ballot; it finds back what it said, and its stones', async () => {
  const room = await aSession({ facilitator });
  const [one, other] = [await aPhone(room.id), await aPhone(room.id)];
  const phone = phoneOf(one.viewer);
  if (!phone) throw new Error('No phone.');
  const asked = { phone, session: room.id, participant: one.participant, word: one.word };
  expect(await ballotFor({ ...asked, participant: other.participant })).toBeNull();
  const ballot = await ballotFor(asked);
  expect(ballot?.viewer.id).toBe(one.ballot.id);
  if (!ballot) return;
  const statement = await aStatement(room.id, 'Ik zoek een taalmaatje.');
  const issues = await withViewer(operator, (tx) =>
    tx
      .insertInto('core.issue')
      .values(
        [1, 2].map((number) => ({
          session: room.id,
          number,
          title: { nl: `Kwestie ${number}` },
          language: 'nl',
        })),
      )
      .returning('id')
      .execute(),
  );
  const [bus = '', work = ''] = issues.map(({ id }) => id);
  await castVote(ballot, { statement, said: 'agree', seq: 12 });
  expect(
    (
      await layStones(ballot, [
        { issue: bus, stones: 1 },
        { issue: work, stones: 2 },
      ])
    ).ok,
  ).toBe(true);
  expect((await layStones(ballot, [{ issue: bus, stones: 3 }])).ok).toBe(true);
  expect(
    (
      await layStones(ballot, [
        { issue: bus, stones: 3 },
        { issue: work, stones: 1 },
      ])
    ).ok,
  ).toBe(false);
  expect(await ballotSays(ballot)).toEqual({
    votes: new Map([[statement, 'agree']]),
    seq: 12,
    stones: [{ issue: bus, stones: 3 }],
  });
  await withViewer(one.viewer, (tx) =>
    tx.updateTable('core.participant').set({ state: 'out' }).where('id', '=', one.participant).execute(),
  );
  expect(await ballotFor(asked)).toBeNull();
});
