import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import { operator, visitor, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { aPerson } from '../../people/testing.ts';
import { facilitatorOf, phoneOf, type Facilitator } from '../access.ts';
import { preparedSession } from '../preparing/queries.server.ts';
import { aPhone, aSession, aStatement } from '../testing.ts';
import { tieToThemes } from './commands/issues.server.ts';
import { moderate } from './commands/moderating.server.ts';
import { dealGroups, letHelp, letIn, turnAway } from './commands/people.server.ts';
import { closeStep, moveOn, openStep, setTimer } from './commands/way.server.ts';
import { typeCard, typeStones, writeFromPaper } from './paper/commands.server.ts';
import { paperIn } from './paper/queries.server.ts';
import { groupsDealt, issuesTied, presentIn, saidIn, saidUnder, tallyOf } from './queries.server.ts';

ownDatabase();
let noor: Facilitator;
let bas: Facilitator;

const proof = (viewer: Viewer): Facilitator => {
  const facilitator = facilitatorOf(viewer);
  if (!facilitator) throw new Error('Nobody leads.');
  return facilitator;
};
const phoneProof = (viewer: Viewer) => {
  const phone = phoneOf(viewer);
  if (!phone) throw new Error('No phone.');
  return phone;
};
const asNoor = <Answer>(work: Parameters<typeof withViewer<Answer>>[1]) => withViewer(noor, work);
const seen = (id: string) => asNoor((tx) => preparedSession(tx, id));
const standingOf = (session: string, number: number) =>
  withViewer(operator, (tx) =>
    tx
      .selectFrom('core.statement')
      .select(['standing', 'why'])
      .where('session', '=', session)
      .where('number', '=', number)
      .executeTakeFirstOrThrow(),
  );
const aBallotsVotes = async (session: string) => {
  const { rows } = await withViewer(operator, (tx) =>
    sql<{
      card: number;
      votes: string;
    }>`select b.card, string_agg(v.vote::text, ',' order by s.number) as votes
      from core.voter b join core.vote v on v.voter = b.id join core.statement s on s.id = v.statement
      where b.session = ${session} group by b.card order by b.card`.execute(tx),
  );
  return rows.map(({ card, votes }) => [card, votes]);
};

beforeAll(async () => {
  noor = proof(await aPerson('Noor', [{ role: 'facilitator' }]));
  bas = proof(await aPerson('Bas', [{ role: 'facilitator' }]));
});

test('a session goes from its room being open to its first step, pauses and goes on', async () => {
  const { id } = await aSession({ facilitator: noor, state: 'preparing' });
  for (const deed of ['open-lobby', 'begin', 'pause', 'go-on'] as const)
    expect(await asNoor((tx) => moveOn(tx, noor, id, deed))).toMatchObject({ ok: true });
  expect(await seen(id)).toMatchObject({ state: 'live', step: 1 });
  expect(await asNoor((tx) => moveOn(tx, noor, id, 'open-lobby'))).toMatchObject({ reason: 'not_now' });
});

test('one step is open at a time, and what was done can be opened again', async () => {
  const { id } = await aSession({ facilitator: noor, steps: ['statements', 'vote', 'promises'] });
  const states = async () => (await seen(id))?.steps.map(({ state }) => state);
  await asNoor((tx) => openStep(tx, noor, id, 2));
  expect(await states()).toEqual(['done', 'open', 'waiting']);
  await asNoor((tx) => openStep(tx, noor, id, 1));
  expect(await states()).toEqual(['open', 'done', 'waiting']);
  await asNoor((tx) => setTimer(tx, noor, id, 10));
  expect((await seen(id))?.steps[0]?.endsAt).toBeInstanceOf(Date);
  await asNoor((tx) => closeStep(tx, noor, id));
  expect(await seen(id)).toMatchObject({ step: null });
  expect((await seen(id))?.steps[0]?.endsAt).toBeNull();
  expect(await asNoor((tx) => setTimer(tx, noor, id, 5))).toMatchObject({ reason: 'not_now' });
});

test('every deed is told to the room, and none of them by who does not lead it', async () => {
  const { id } = await aSession({ facilitator: noor, state: 'lobby' });
  const phone = await aPhone(id);
  const before = (await asNoor((tx) => tallyOf(tx, id))).event;
  await asNoor((tx) => moveOn(tx, noor, id, 'begin'));
  expect((await asNoor((tx) => tallyOf(tx, id))).event).toBe(before + 2);
  const theirs = [
    await withViewer(bas, (tx) => openStep(tx, bas, id, 2)),
    await withViewer(bas, (tx) => moveOn(tx, bas, id, 'pause')),
    await withViewer(bas, (tx) => turnAway(tx, bas, id, [phone.participant])),
    await withViewer(bas, (tx) => dealGroups(tx, bas, id, 4)),
    await withViewer(bas, (tx) => moderate(tx, bas, id, 1, { deed: 'hold', into: null, why: 'x' })),
  ];
  for (const refusal of theirs) expect(refusal).toMatchObject({ reason: 'not_yours' });
  expect(await withViewer(bas, (tx) => presentIn(tx, id))).toEqual([]);
});

test('who waits is let in, and whoever is asked out is not in the room any more', async () => {
  const { id } = await aSession({ facilitator: noor, door: 'admission' });
  const { participant } = await aPhone(id, { called: 'Amina' });
  const state = async () => (await asNoor((tx) => presentIn(tx, id)))[0]?.state;
  await asNoor((tx) => turnAway(tx, noor, id, [participant]));
  expect(await state()).toBe('turned-away');
  await asNoor((tx) => letIn(tx, noor, id, [participant]));
  expect(await state()).toBe('in');
  expect(await asNoor((tx) => letIn(tx, noor, id, []))).toMatchObject({ reason: 'nobody' });
});

test('everyone who is in gets a seat in a small group', async () => {
  const { id } = await aSession({ facilitator: noor });
  await Promise.all(Array.from({ length: 9 }, () => aPhone(id)));
  await asNoor((tx) => dealGroups(tx, noor, id, 3));
  expect((await asNoor((tx) => groupsDealt(tx, id))).map(({ seats }) => seats)).toEqual([3, 3, 3]);
  await asNoor((tx) => dealGroups(tx, noor, id, 4));
  expect((await asNoor((tx) => groupsDealt(tx, id))).map(({ seats }) => seats)).toEqual([5, 4]);
});

test('what is held or protected is not seen in the room, says why, and can be given back', async () => {
  const { id } = await aSession({ facilitator: noor });
  const phone = await aPhone(id);
  await aStatement(id, 'Buurman Jan deugt niet.');
  const inRoom = () =>
    withViewer(phone.viewer, (tx) =>
      tx.selectFrom('core.statement').select('number').where('session', '=', id).execute(),
    );
  const by = (deed: 'hold' | 'protect' | 'give-back', why: string | null) =>
    asNoor((tx) => moderate(tx, noor, id, 1, { deed, into: null, why }));
  expect(await by('hold', null)).toMatchObject({ reason: 'why_missing' });
  await by('protect', 'methods.why.names-someone');
  expect(await inRoom()).toEqual([]);
  expect(await standingOf(id, 1)).toEqual({ standing: 'protected', why: 'methods.why.names-someone' });
  await by('give-back', null);
  expect(await inRoom()).toHaveLength(1);
});

test('statements that say the same are joined, with what was joined to them before; none is lost', async () => {
  const { id } = await aSession({ facilitator: noor });
  for (const text of [
    'De bus rijdt te weinig.',
    'De bus rijdt veel te weinig.',
    'Er rijden te weinig bussen.',
  ])
    await aStatement(id, text);
  const alike = await asNoor((tx) => saidUnder(tx, id, 1));
  expect(alike?.alike.map(({ number }) => number)).toContain(2);
  const join = (one: number, into: number) =>
    asNoor((tx) => moderate(tx, noor, id, one, { deed: 'merge', into, why: null }));
  await join(2, 1);
  expect(await join(3, 2)).toMatchObject({ reason: 'no_such_statement' });
  await join(1, 3);
  const all = await asNoor((tx) => saidIn(tx, id));
  expect(all.map(({ number, mergedInto }) => [number, mergedInto])).toEqual([
    [3, null],
    [2, 3],
    [1, 3],
  ]);
  expect(await join(3, 3)).toMatchObject({ ok: false });
});

test('a paper card is counted once, however often its number is typed in', async () => {
  const { id } = await aSession({ facilitator: noor });
  const [one, two] = [
    await aStatement(id, 'Samen eten helpt.'),
    await aStatement(id, 'De wachtlijst is lang.'),
  ];
  const type = (card: number, first: 'agree' | 'disagree') =>
    asNoor((tx) =>
      typeCard(tx, noor, id, {
        card,
        votes: [
          { statement: one, said: first },
          { statement: two, said: 'pass' },
        ],
      }),
    );
  await type(7, 'agree');
  await type(7, 'disagree');
  await type(8, 'agree');
  expect(await aBallotsVotes(id)).toEqual([
    [7, '-1,0'],
    [8, '1,0'],
  ]);
  expect((await asNoor((tx) => paperIn(tx, id)))?.cards).toBe(2);
});

test('a phone types in cards when it is let, and never before or after', async () => {
  const { id } = await aSession({ facilitator: noor });
  const phone = await aPhone(id);
  const helper = phoneProof(phone.viewer);
  const statement = await aStatement(id, 'Samen eten helpt.');
  const wish = { card: 3, votes: [{ statement, said: 'agree' as const }] };
  const type = () => withViewer(helper, (tx) => typeCard(tx, helper, id, wish));
  expect(await withViewer(helper, (tx) => paperIn(tx, id))).toBeNull();
  await expect(type()).rejects.toThrow('Only who helps');
  await asNoor((tx) => letHelp(tx, noor, id, phone.participant, true));
  expect(await type()).toMatchObject({ ok: true });
  expect(
    await withViewer(helper, (tx) =>
      writeFromPaper(tx, helper, id, { text: 'Meer fietsles.', language: 'nl' }),
    ),
  ).toEqual({
    ok: true,
    value: 2,
  });
  await asNoor((tx) => letHelp(tx, noor, id, phone.participant, false));
  await expect(type()).rejects.toThrow('Only who helps');
});

test('a statement from paper has no author, and one with a name in it waits for a look', async () => {
  const { id } = await aSession({ facilitator: noor });
  await asNoor((tx) => writeFromPaper(tx, noor, id, { text: 'Bel mij op 06 12345678.', language: 'nl' }));
  await asNoor((tx) => writeFromPaper(tx, noor, id, { text: 'Wij koken samen.', language: 'nl' }));
  expect([(await standingOf(id, 1)).standing, (await standingOf(id, 2)).standing]).toEqual(['held', 'open']);
  const authors = await withViewer(operator, (tx) =>
    tx.selectFrom('core.statement_author').selectAll().execute(),
  );
  expect(authors).toEqual([]);
});

test('a card lays at most three stones, all anew each time', async () => {
  const { id } = await aSession({ facilitator: noor, steps: ['stones'] });
  const issue = await withViewer(operator, (tx) =>
    tx
      .insertInto('core.issue')
      .values({ session: id, number: 1, title: { nl: 'Vervoer' }, language: 'nl' })
      .returning('id')
      .executeTakeFirstOrThrow(),
  );
  const lay = (stones: number) =>
    asNoor((tx) => typeStones(tx, noor, id, { card: 5, stones: [{ issue: issue.id, stones }] }));
  await lay(3);
  await lay(2);
  expect(await lay(4)).toMatchObject({ reason: 'not_now' });
  const laid = await withViewer(operator, (tx) => tx.selectFrom('core.stone').select('stones').execute());
  expect(laid).toEqual([{ stones: 2 }]);
});

test('who leads says which themes an issue touches; once the minutes are public, anyone reads it', async () => {
  const { id } = await aSession({ facilitator: noor, state: 'shared' });
  const issue = await withViewer(operator, (tx) =>
    tx
      .insertInto('core.issue')
      .values({ session: id, number: 1, title: { nl: 'Vervoer' }, language: 'nl' })
      .returning('id')
      .executeTakeFirstOrThrow(),
  );
  const ties = new Map([[issue.id, ['work', 'housing'] as const]]);
  expect(await withViewer(bas, (tx) => tieToThemes(tx, bas, id, ties))).toMatchObject({
    reason: 'not_yours',
  });
  await asNoor((tx) => tieToThemes(tx, noor, id, ties));
  const open = await withViewer(visitor, (tx) =>
    tx.selectFrom('pub.session_issue').select('themes').where('id', '=', issue.id).executeTakeFirst(),
  );
  expect(open?.themes).toEqual(['work', 'housing']);
  expect((await asNoor((tx) => issuesTied(tx, id)))[0]?.themes).toEqual(['work', 'housing']);
});
