import { beforeAll, expect, test } from 'vitest';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { withViewer } from '#platform/db.server.ts';
import { house, operator, type Viewer } from '#platform/viewer.ts';
import { aPerson } from '../../people/testing.ts';
import { facilitatorOf, type Facilitator } from '../../sessions/access.ts';
import { carrierBy } from '../access.ts';
import { answerInvitation } from '../carrying/commands.server.ts';
import { readWith } from '../carrying/queries.server.ts';
import { openAgendaTo } from '../commands/draw-up.server.ts';
import { anAgenda, said } from '../testing.ts';
import { changeMonths, giveCard, giveReading, readdress, tellForCarrier } from './commands.server.ts';
import { ledAgendas, ledPromises, undrawn } from './queries.server.ts';

ownDatabase();
const on = '2026-11-24';
let noor: Viewer;
let leads: Facilitator;
let other: Facilitator;
beforeAll(async () => {
  noor = await aPerson('Noor', [{ role: 'facilitator' }]);
  const proofs = [noor, await aPerson('Bas', [{ role: 'facilitator' }])].map(facilitatorOf);
  if (!proofs[0] || !proofs[1]) throw new Error('Nobody leads.');
  [leads, other] = [proofs[0], proofs[1]];
});

async function aConfirmed() {
  const drawn = await anAgenda(noor, on, [said({}, '2027-11-24')]);
  const carrier = await withViewer(house, async (tx) => {
    const { id } = await tx
      .selectFrom('core.carrier')
      .select('id')
      .where('session', '=', drawn.session)
      .executeTakeFirstOrThrow();
    const yes = { promise: drawn.promises[0] ?? '', yes: true, named: false, called: null, what: null };
    await answerInvitation(tx, carrierBy({ carrier: id, session: drawn.session }), yes, 'nl', on);
    return id;
  });
  return { ...drawn, promise: drawn.promises[0] ?? '', carrier };
}
const coming = (promise: string) =>
  withViewer(operator, async (tx) =>
    (
      await tx
        .selectFrom('core.promise_check_in')
        .select('due_on')
        .where('promise', '=', promise)
        .where('state', '=', 'coming')
        .orderBy('due_on')
        .execute()
    ).map(({ due_on }) => due_on),
  );

test('who leads asks after other months, and the questions that are still to come move along', async () => {
  const { agenda, promise } = await aConfirmed();
  expect(await coming(promise)).toEqual(['2026-12-24', '2027-02-24', '2027-05-24', '2027-11-24']);
  await withViewer(leads, (tx) => changeMonths(tx, leads, { agenda, months: [2, 9] }, on));
  expect(await coming(promise)).toEqual(['2027-01-24', '2027-08-24', '2027-11-24']);
});

test('who calls is written down by who leads, and marked so', async () => {
  const { agenda, promise } = await aConfirmed();
  const how = { promise, answer: 'let-go' as const, text: 'De keuken ging dicht.', what: null, byDay: null };
  expect((await withViewer(leads, (tx) => tellForCarrier(tx, leads, how, 'nl', on))).ok).toBe(true);
  const [led] = await withViewer(leads, (tx) => ledPromises(tx, agenda));
  expect(led).toMatchObject({ state: 'let-go', why: { nl: 'De keuken ging dicht.' } });
  expect(led?.news.at(-1)).toMatchObject({ kind: 'let-go', told_by: 'facilitator' });
});

test('the room reads its agenda with a link, and a new link ends the former', async () => {
  const { agenda } = await aConfirmed();
  const link = () => withViewer(leads, (tx) => giveReading(tx, leads, agenda, on));
  const [one, two] = [await link(), await link()];
  if (!one.ok || !two.ok) throw new Error('No link was given.');
  const read = (word: string) => withViewer(house, (tx) => readWith(tx, word, on));
  expect(await read(one.value.word)).toBeNull();
  const seen = await read(two.value.word);
  expect(seen?.promises).toMatchObject([{ state: 'underway', mine: null, helpOffered: [] }]);
});

test('who leads another session neither sees nor keeps this agenda, nor gets a card to it', async () => {
  const { agenda, carrier, promise } = await aConfirmed();
  const how = { promise, answer: 'done' as const, text: null, what: null, byDay: null };
  await withViewer(other, async (tx) => {
    expect(await ledAgendas(tx, agenda)).toEqual([]);
    expect(await ledPromises(tx, agenda)).toEqual([]);
    expect(await changeMonths(tx, other, { agenda, months: [2] }, on)).toBe(false);
    expect(await openAgendaTo(tx, other, agenda, 'everyone')).toBe(false);
    expect((await giveCard(tx, other, { agenda, carrier }, on)).ok).toBe(false);
    expect((await giveReading(tx, other, agenda, on)).ok).toBe(false);
    expect((await readdress(tx, other, { carrier, mail: 'x@example.org' })).ok).toBe(false);
    expect((await tellForCarrier(tx, other, how, 'nl', on)).ok).toBe(false);
  });
});

test('what was promised in a session that closed by itself waits for who led it, and only for them', async () => {
  const { session, agenda } = await aConfirmed();
  const waits = (who: Facilitator) =>
    withViewer(who, async (tx) => (await undrawn(tx)).filter((each) => each.session === session));
  expect(await waits(leads)).toEqual([]);
  await withViewer(operator, async (tx) => {
    await tx.deleteFrom('core.agenda').where('id', '=', agenda).execute();
    await tx
      .insertInto('core.promise')
      .values({
        session,
        agenda: null,
        what: { nl: 'Wij koken.' },
        language: 'nl',
        who_kind: 'person',
        to_whom: null,
        by_day: '2027-06-01',
        issue: null,
        paused_until: null,
        why: null,
        confirmed_on: null,
        moved_on: null,
        made_on: on,
      })
      .execute();
  });
  expect(await waits(leads)).toMatchObject([{ session, promises: 1 }]);
  expect(await waits(other)).toEqual([]);
});
