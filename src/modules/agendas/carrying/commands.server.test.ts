import { afterEach, beforeAll, expect, test } from 'vitest';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { stopClock, type Day } from '#platform/clock.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { waitingLetters } from '#platform/mail/send.server.ts';
import { refused } from '#platform/result.ts';
import { house, operator, visitor, type Viewer } from '#platform/viewer.ts';
import { aPerson } from '../../people/testing.ts';
import { facilitatorOf } from '../../sessions/access.ts';
import type { Carrier } from '../access.ts';
import { openAgendaTo } from '../commands/draw-up.server.ts';
import { askHelp, offerHelp } from '../helping/commands/carriers.server.ts';
import { tellHelpOffered } from '../following/commands.server.ts';
import { giveCard, readdress } from '../keeping/commands.server.ts';
import type { Answer } from '../model.ts';
import { anAgenda, said } from '../testing.ts';
import { answerInvitation, makeCarrierWord, stopAsking, takeUpAgain, tellHow } from './commands.server.ts';
import { carried, carrierWith } from './queries.server.ts';

ownDatabase();
let facilitator: Viewer;
beforeAll(async () => {
  facilitator = await aPerson('Noor', [{ role: 'facilitator' }]);
});
afterEach(async () => {
  stopClock();
  await withViewer(operator, (tx) => tx.deleteFrom('vault.letter').execute());
});

const first: Day = '2026-11-24';
const leads = () => {
  const proof = facilitatorOf(facilitator);
  if (!proof) throw new Error('Nobody leads.');
  return proof;
};

/** Works as the carrier with this address, on this day. */
async function as<Value>(
  session: string,
  mail: string,
  deed: (tx: Tx, carrier: Carrier) => Promise<Value>,
): Promise<Value> {
  return withViewer(house, async (tx) => {
    const { carrier } = await tx
      .selectFrom('vault.carrier_address')
      .select('carrier')
      .where('session', '=', session)
      .where('mail', '=', mail)
      .executeTakeFirstOrThrow();
    const word = await makeCarrierWord(tx, carrier, first);
    const proof = await carrierWith(tx, word, first);
    if (!proof) throw new Error('The word opens nothing.');
    return deed(tx, proof);
  });
}
const yes = (promise: string, named = false) => ({ promise, yes: true, named, called: null, what: null });
const answer = (promise: string, how: Answer, text: string | null = null, byDay: Day | null = null) => ({
  promise,
  answer: how,
  text,
  what: null,
  byDay,
});
const open = (agenda: string) =>
  withViewer(visitor, (tx) =>
    tx.selectFrom('pub.promise').selectAll().where('agenda', '=', agenda).orderBy('number').execute(),
  );
const opened = async (agenda: string) => {
  await withViewer(leads(), (tx) => openAgendaTo(tx, leads(), agenda, 'everyone'));
  return open(agenda);
};

test('nobody reads a promise that was not confirmed, nor a name without the leave of who has it', async () => {
  const { session, agenda, promises } = await anAgenda(facilitator, first, [said({}, '2027-06-01')]);
  const [promise = ''] = promises;
  expect(await opened(agenda)).toEqual([]);
  const waiting = await withViewer(visitor, (tx) =>
    tx.selectFrom('pub.agenda').select('waiting').where('id', '=', agenda).executeTakeFirst(),
  );
  expect(waiting).toEqual({ waiting: 1 });
  await as(session, 'amina@example.org', (tx, carrier) =>
    answerInvitation(tx, carrier, yes(promise), 'nl', first),
  );
  expect(await open(agenda)).toMatchObject([{ state: 'underway', carriers: [], unnamed: 1 }]);
  expect(JSON.stringify(await open(agenda))).not.toContain('Amina');
  await as(session, 'amina@example.org', (tx, carrier) =>
    answerInvitation(tx, carrier, yes(promise, true), 'nl', first),
  );
  expect(await open(agenda)).toMatchObject([{ carriers: [{ name: 'Amina', slug: null }], unnamed: 0 }]);
});

test('what somebody says is not theirs is withdrawn, and stands nowhere', async () => {
  const { session, agenda, promises } = await anAgenda(facilitator, first, [said({}, '2027-06-01')]);
  const [promise = ''] = promises;
  await as(session, 'amina@example.org', (tx, carrier) =>
    answerInvitation(tx, carrier, { ...yes(promise), yes: false }, 'nl', first),
  );
  expect(await opened(agenda)).toEqual([]);
  const late = await as(session, 'amina@example.org', (tx, carrier) =>
    answerInvitation(tx, carrier, yes(promise), 'nl', first),
  );
  expect(late).toEqual(refused('not_there'));
});

test('letting go asks for the reason, in the words of who lets go, and can be taken up again', async () => {
  const { session, agenda, promises } = await anAgenda(facilitator, first, [said({}, '2027-06-01')]);
  const [promise = ''] = promises;
  const mail = 'amina@example.org';
  await as(session, mail, (tx, carrier) => answerInvitation(tx, carrier, yes(promise), 'ar', first));
  const silent = await as(session, mail, (tx, carrier) =>
    tellHow(tx, carrier, answer(promise, 'let-go'), 'ar', '2027-01-02'),
  );
  expect(silent).toEqual(refused('why'));
  const toldWhy = await as(session, mail, (tx, carrier) =>
    tellHow(tx, carrier, answer(promise, 'let-go', 'انتقلت إلى مدينة أخرى.'), 'ar', '2027-01-02'),
  );
  expect(toldWhy.ok).toBe(true);
  const [shown] = await opened(agenda);
  expect(shown).toMatchObject({ state: 'let-go', why: { ar: 'انتقلت إلى مدينة أخرى.' } });
  expect(new Set(shown?.stones.map(({ state }) => state))).toEqual(new Set(['rested']));
  await as(session, mail, (tx, carrier) => takeUpAgain(tx, carrier, promise, 'ar', '2027-01-05'));
  const [again] = await open(agenda);
  expect(again).toMatchObject({ state: 'underway', why: null });
  expect(again?.stones.filter(({ state }) => state === 'coming').map(({ due_on }) => due_on)).toEqual([
    '2027-02-24',
    '2027-06-01',
    '2027-11-24',
  ]);
});

test('a rest has an end within the year, and a new day is never further than a year from the promise', async () => {
  const { session, promises } = await anAgenda(facilitator, first, [said({}, '2027-06-01')]);
  const [promise = ''] = promises;
  const tell = (how: Answer, byDay: Day | null) =>
    as(session, 'amina@example.org', (tx, carrier) =>
      tellHow(tx, carrier, answer(promise, how, null, byDay), 'nl', '2027-01-02'),
    );
  await as(session, 'amina@example.org', (tx, carrier) =>
    answerInvitation(tx, carrier, yes(promise), 'nl', first),
  );
  expect(await tell('paused', null)).toEqual(refused('by_day'));
  expect(await tell('paused', '2028-01-01')).toEqual(refused('by_day'));
  expect(await tell('changed', '2027-11-25')).toEqual(refused('by_day'));
  expect(await tell('changed', '2027-11-24')).toEqual({ ok: true, value: null });
  expect(await tell('paused', '2027-04-01')).toEqual({ ok: true, value: null });
});

test('who did not say yes tells nothing of a promise, nor does who carries another', async () => {
  const { session, promises } = await anAgenda(facilitator, first, [
    said({}, '2027-06-01'),
    said({ what: 'Ik bel de gemeente.', carrier: { called: 'Bas', mail: 'bas@example.org' } }, '2027-03-01'),
  ]);
  const [promise = '', other = ''] = promises;
  const early = await as(session, 'amina@example.org', (tx, carrier) =>
    tellHow(tx, carrier, answer(promise, 'done'), 'nl', first),
  );
  expect(early).toEqual(refused('not_there'));
  await as(session, 'bas@example.org', (tx, carrier) =>
    answerInvitation(tx, carrier, yes(other), 'nl', first),
  );
  const strange = await as(session, 'amina@example.org', (tx, carrier) =>
    tellHow(tx, carrier, answer(other, 'done'), 'nl', first),
  );
  expect(strange).toEqual(refused('not_there'));
  const seen = await as(session, 'amina@example.org', (tx, carrier) => carried(tx, carrier));
  expect(seen?.promises.map(({ id, mine }) => [id, mine])).toEqual([
    [promise, 'asked'],
    [other, null],
  ]);
});

test('who stops is forgotten at once, and their promise stays as it was', async () => {
  const { session, agenda, promises } = await anAgenda(facilitator, first, [said({}, '2027-06-01')]);
  const [promise = ''] = promises;
  await as(session, 'amina@example.org', async (tx, carrier) => {
    await answerInvitation(tx, carrier, yes(promise), 'nl', first);
    await stopAsking(tx, carrier, first);
  });
  const left = await withViewer(operator, (tx) =>
    tx.selectFrom('vault.carrier_address').select('mail').where('session', '=', session).execute(),
  );
  expect(left).toEqual([]);
  expect(await opened(agenda)).toMatchObject([{ state: 'underway' }]);
});

test('help that is asked stands on the page, and an offer reaches only who carries the promise', async () => {
  const { session, agenda, promises } = await anAgenda(facilitator, first, [
    said({}, '2027-06-01'),
    said({ what: 'Ik bel de gemeente.', carrier: { called: 'Bas', mail: 'bas@example.org' } }, '2027-03-01'),
  ]);
  const [promise = '', other = ''] = promises;
  const help = { promise, language: 'nl', text: 'Wie heeft een keuken?' };
  await as(session, 'amina@example.org', async (tx, carrier) => {
    await answerInvitation(tx, carrier, yes(promise), 'nl', first);
    expect((await askHelp(tx, carrier, help, first)).ok).toBe(true);
  });
  await as(session, 'bas@example.org', async (tx, carrier) => {
    await answerInvitation(tx, carrier, yes(other), 'nl', first);
    expect(
      (await offerHelp(tx, carrier, { ...help, text: 'Onze keuken is vrij op vrijdag.' }, first)).ok,
    ).toBe(true);
  });
  const [shown] = await opened(agenda);
  expect(shown?.help_asked).toMatchObject([{ text: 'Wie heeft een keuken?' }]);
  expect(JSON.stringify(await open(agenda))).not.toContain('Onze keuken');
  const offer = await withViewer(operator, (tx) =>
    tx
      .selectFrom('core.promise_help')
      .select('id')
      .where('kind', '=', 'offered')
      .where('promise', '=', promise)
      .executeTakeFirstOrThrow(),
  );
  await withViewer(house, (tx) => tellHelpOffered(tx, offer.id, first));
  const letters = await waitingLetters();
  expect(letters.map(({ to_address }) => to_address)).toEqual(['amina@example.org']);
  const seen = await as(session, 'amina@example.org', (tx, carrier) => carried(tx, carrier));
  expect(seen?.promises[0]?.helpOffered).toMatchObject([{ called: 'Bas', mail: 'bas@example.org' }]);
});

test('someone without mail has a card that opens their promise, and a new card ends the old one', async () => {
  const { session, agenda, promises } = await anAgenda(facilitator, first, [
    said({ carrier: { called: 'Selam', mail: null } }, '2027-06-01'),
  ]);
  const { id: carrier } = await withViewer(operator, (tx) =>
    tx.selectFrom('core.carrier').select('id').where('session', '=', session).executeTakeFirstOrThrow(),
  );
  const card = () => withViewer(leads(), (tx) => giveCard(tx, leads(), { agenda, carrier }, first));
  const [one, two] = [await card(), await card()];
  if (!one.ok || !two.ok) throw new Error('No card was given.');
  expect(two.value.until).toBe('2027-12-24');
  await withViewer(house, async (tx) => {
    expect(await carrierWith(tx, one.value.word, first)).toBeNull();
    const proof = await carrierWith(tx, two.value.word, '2027-12-24');
    expect(proof).toMatchObject({ id: carrier });
    expect(await carrierWith(tx, two.value.word, '2027-12-25')).toBeNull();
    expect(proof && (await answerInvitation(tx, proof, yes(promises[0] ?? ''), 'ti', first)).ok).toBe(true);
  });
});

test('after a wrong address is corrected the links that went there open nothing', async () => {
  const { session } = await anAgenda(facilitator, first, [said({}, '2027-06-01')]);
  const word = await as(session, 'amina@example.org', (tx, { id }) => makeCarrierWord(tx, id, first));
  const { id: carrier } = await withViewer(operator, (tx) =>
    tx.selectFrom('core.carrier').select('id').where('session', '=', session).executeTakeFirstOrThrow(),
  );
  const changed = await withViewer(leads(), (tx) =>
    readdress(tx, leads(), { carrier, mail: 'Amina@Right.example' }),
  );
  expect(changed.ok).toBe(true);
  expect(await withViewer(house, (tx) => carrierWith(tx, word, first))).toBeNull();
  expect(
    await withViewer(operator, (tx) =>
      tx.selectFrom('vault.carrier_address').select('mail').where('carrier', '=', carrier).executeTakeFirst(),
    ),
  ).toEqual({ mail: 'amina@right.example' });
});
