import { beforeAll, beforeEach, expect, test } from 'vitest';
import { daysLater, today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { refused } from '#platform/result.ts';
import { operator } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { makeLink } from '../../initiatives/links/commands.server.ts';
import { linkNamed } from '../../initiatives/links/queries.server.ts';
import {
  askTable,
  declineAsk,
  eraseAsk,
  letWaitAgain,
  promiseStep,
  sayConnected,
  withdrawAsk,
} from './commands.server.ts';
import type { SaidAsk } from './model.ts';
import { asksAt, ownAsks, stepTakers, tableToAsk, tableToServe } from './queries.server.ts';
import { aTableOfTwo, goer, layNeighbourhood, speaker, type AtTable } from './testing.ts';

ownDatabase();
beforeAll(layNeighbourhood, 60_000);
let at: AtTable;
beforeEach(async () => {
  at = await aTableOfTwo();
});

const said = (initiative: string): SaidAsk => ({
  initiative,
  wish: 'formal-system',
  words: 'ንሕና ምስ ምምሕዳር ከተማ ክንራኸብ ንደሊ።',
  reach: '06 1234',
});
const ask = async () => {
  const who = speaker(at.group);
  const asked = await withViewer(who, (tx) => askTable(tx, who, at.table.id, said(at.keys.group), 'ti'));
  if (!asked.ok) throw new Error(asked.reason);
  return asked.value.ask;
};
const step = async (of: string, seat: string, by = at.keeper) => {
  const who = goer(by);
  return withViewer(who, (tx) =>
    promiseStep(
      tx,
      who,
      {
        ask: of,
        seat,
        what: 'Wij komen langs met iemand van het loket.',
        byDay: daysLater(today(), 60),
        carrier: { called: 'Wim', mail: 'wim@example.org' },
      },
      { language: 'nl', home: 'https://house.example', title: { nl: 'Stap van een tafel' } },
    ),
  );
};
const seen = (viewer = at.keeper) => withViewer(viewer, (tx) => asksAt(tx, at.table.id, today()));

test('an informal group asks a table for a way to the formal system, and the table sees along whom it could go', async () => {
  await ask();
  const [asked] = await seen();
  expect(asked).toMatchObject({
    called: 'Warme Stoep',
    wish: 'formal-system',
    state: 'waiting',
    language: 'ti',
  });
  expect(asked?.chain?.stones.map(({ slug }) => slug)).toEqual([
    'gemeente-arnhem',
    'buurthuis',
    'warme-stoep',
  ]);
});

test('a seated party promises a step, and it is a promise like any other: with a carrier, an agenda and a year', async () => {
  const asked = await ask();
  expect((await step(asked, at.seats.hall, at.hall)).ok).toBe(true);
  const [own] = await withViewer(at.group, (tx) => ownAsks(tx, at.table.id));
  expect(own).toMatchObject({ state: 'promised', step: { state: 'said', silentSince: null } });
  const laid = await withViewer(operator, (tx) =>
    tx
      .selectFrom('core.promise')
      .innerJoin('core.agenda', 'core.agenda.id', 'core.promise.agenda')
      .innerJoin('core.session', 'core.session.id', 'core.promise.session')
      .innerJoin('core.promise_carrier', 'core.promise_carrier.promise', 'core.promise.id')
      .select([
        'core.session.kind',
        'core.agenda.open_to',
        'core.promise_carrier.called',
        'core.promise_carrier.state',
      ])
      .execute(),
  );
  expect(laid).toEqual([{ kind: 'development-table', open_to: 'room', called: 'Wim', state: 'asked' }]);
});

test('a step that is let go leaves the ask waiting for another', async () => {
  const asked = await ask();
  await step(asked, at.seats.body);
  await withViewer(operator, async (tx) => {
    await tx
      .updateTable('core.promise')
      .set({ state: 'underway', confirmed_on: today() })
      .where('state', '=', 'said')
      .execute();
    await tx
      .updateTable('core.promise')
      .set({ state: 'let-go', why: { nl: 'Ik heb een andere baan.' } })
      .where('state', '=', 'underway')
      .execute();
  });
  expect((await seen())[0]).toMatchObject({ state: 'waiting', step: null });
  expect((await step(asked, at.seats.hall)).ok).toBe(true);
});

test('only who asked says that it is connected; the table cannot say it for them', async () => {
  const asked = await ask();
  await step(asked, at.seats.hall);
  const keeper = goer(at.keeper);
  const pretend = withViewer(keeper, (tx) =>
    tx.updateTable('core.connection_ask').set({ state: 'connected' }).where('id', '=', asked).execute(),
  );
  await expect(pretend).rejects.toThrow('row-level security');
  const who = speaker(at.group);
  expect((await withViewer(who, (tx) => sayConnected(tx, who, asked))).ok).toBe(true);
  expect((await seen())[0]).toMatchObject({ state: 'connected', step: { state: 'said' } });
});

test('an initiative asks once at a time, and again after a no with the reason', async () => {
  const asked = await ask();
  await expect(ask()).rejects.toThrow('asked_already');
  const keeper = goer(at.keeper);
  const no = await withViewer(keeper, (tx) =>
    declineAsk(tx, keeper, { ask: asked, why: 'Wij gaan over wonen.' }, 'nl'),
  );
  expect(no.ok).toBe(true);
  const [own] = await withViewer(at.group, (tx) => ownAsks(tx, at.table.id));
  expect(own).toMatchObject({ state: 'declined', answer: { language: 'nl', words: 'Wij gaan over wonen.' } });
  await ask();
  expect(await seen()).toHaveLength(2);
});

test('what was asked can be withdrawn and erased, and then the table reads nothing of it', async () => {
  const asked = await ask();
  await step(asked, at.seats.hall);
  const who = speaker(at.group);
  expect((await withViewer(who, (tx) => withdrawAsk(tx, who, asked))).ok).toBe(true);
  expect(await withViewer(who, (tx) => withdrawAsk(tx, who, asked))).toEqual(refused('not_now'));
  expect((await withViewer(who, (tx) => eraseAsk(tx, who, asked))).ok).toBe(true);
  expect(await seen()).toEqual([]);
});

test('a keeper lets an ask wait again for another step', async () => {
  const asked = await ask();
  await step(asked, at.seats.hall);
  const keeper = goer(at.keeper);
  expect((await withViewer(keeper, (tx) => letWaitAgain(tx, keeper, asked))).ok).toBe(true);
  expect((await seen())[0]).toMatchObject({ state: 'waiting', step: null });
});

test('who sits there promises for their own seat only; who does not sit there promises nothing', async () => {
  const asked = await ask();
  expect(await step(asked, at.seats.body, at.hall)).toEqual(refused('not_there'));
  expect(await step(asked, at.seats.hall, at.house)).toEqual(refused('not_there'));
  expect(await step(asked, at.seats.free)).toEqual(refused('not_there'));
  const takers = await withViewer(at.hall, (tx) => stepTakers(tx, at.table.id));
  expect(takers).toEqual([{ seat: at.seats.hall, called: 'Gemeente Arnhem · gemeente' }]);
});

test('a table that is not open cannot be asked and is not there, except for who sits at it', async () => {
  at = await aTableOfTwo('table');
  await expect(ask()).rejects.toThrow('not_there');
  for (const [viewer, found] of [
    [at.group, false],
    [at.hall, true],
  ] as const) {
    expect((await withViewer(viewer, (tx) => tableToAsk(tx, at.table.slug))) !== null).toBe(found);
    expect((await withViewer(viewer, (tx) => tableToServe(tx, at.table.id))) !== null).toBe(found);
  }
});

test('a group without an account asks by the link that was mailed to it, reads its own answer and erases it', async () => {
  const { word } = await withViewer(operator, (tx) =>
    makeLink(tx, { initiative: at.keys.group, purpose: 'keep', sentTo: 'post@example.org', language: 'ti' }),
  );
  const link = await linkNamed(word, 'keep');
  if (!link) throw new Error('The link opens nothing.');
  const who = speaker(link.viewer);
  const asked = await withViewer(who, (tx) => askTable(tx, who, at.table.id, said(at.keys.group), 'ti'));
  expect(asked.ok).toBe(true);
  const [own] = await withViewer(who, (tx) => ownAsks(tx, at.table.id));
  expect(own).toMatchObject({ called: 'Warme Stoep', state: 'waiting' });
  expect(await withViewer(who, (tx) => asksAt(tx, at.table.id, today()))).toEqual([]);
  expect((await withViewer(who, (tx) => eraseAsk(tx, who, own?.id ?? ''))).ok).toBe(true);
  const other = said(at.keys.house);
  expect(await withViewer(who, (tx) => askTable(tx, who, at.table.id, other, 'ti'))).toEqual(
    refused('not_there'),
  );
});
