import { afterEach, beforeAll, expect, test } from 'vitest';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { withViewer } from '#platform/db.server.ts';
import { waitingLetters } from '#platform/mail/send.server.ts';
import { house, operator, type Viewer } from '#platform/viewer.ts';
import { aPerson } from '../../people/testing.ts';
import { facilitatorOf } from '../../sessions/access.ts';
import { carrierBy } from '../access.ts';
import { answerInvitation } from '../carrying/commands.server.ts';
import { carried } from '../carrying/queries.server.ts';
import { openAgendaTo } from '../commands/draw-up.server.ts';
import { anAgenda, said } from '../testing.ts';
import { askHelp } from './commands/carriers.server.ts';
import { askForYes, offerFromOutside, sayYesToOffer } from './commands/outside.server.ts';

ownDatabase();
const on = '2026-11-24';
let facilitator: Viewer;
beforeAll(async () => {
  facilitator = await aPerson('Noor', [{ role: 'facilitator' }]);
});
afterEach(() => withViewer(operator, (tx) => tx.deleteFrom('vault.letter').execute()));

/** A promise on an open agenda, with who carries it; it asks for help when told so. */
async function aPromise(asks: boolean) {
  const leads = facilitatorOf(facilitator);
  if (!leads) throw new Error('Nobody leads.');
  const { agenda, session, promises } = await anAgenda(facilitator, on, [said({}, '2027-06-01')]);
  const [promise = ''] = promises;
  await withViewer(leads, (tx) => openAgendaTo(tx, leads, agenda, 'everyone'));
  const carrier = await withViewer(house, async (tx) => {
    const { id } = await tx
      .selectFrom('core.carrier')
      .select('id')
      .where('session', '=', session)
      .executeTakeFirstOrThrow();
    const proof = carrierBy({ carrier: id, session });
    await answerInvitation(
      tx,
      proof,
      { promise, yes: true, named: false, called: null, what: null },
      'nl',
      on,
    );
    if (asks) await askHelp(tx, proof, { promise, language: 'nl', text: 'Wie heeft een pan?' }, on);
    return proof;
  });
  return { promise, carrier };
}
const offer = (promise: string, mail = 'joke@example.org') =>
  withViewer(house, (tx) =>
    offerFromOutside(
      tx,
      {
        promise,
        offer: { called: 'Joke', mail, text: 'Ik heb een grote pan.' },
        language: 'nl',
        home: 'https://house.example',
      },
      on,
    ),
  );
const offers = (promise: string) =>
  withViewer(operator, (tx) =>
    tx
      .selectFrom('core.promise_help')
      .select(['id', 'state'])
      .where('promise', '=', promise)
      .where('kind', '=', 'offered')
      .execute(),
  );

test('an offer from outside reaches who carries the promise only after a yes from the address itself', async () => {
  const { promise, carrier } = await aPromise(true);
  await offer(promise);
  const [waiting] = await offers(promise);
  expect(waiting?.state).toBe('waiting');
  const seen = async () => (await withViewer(house, (tx) => carried(tx, carrier)))?.promises[0]?.helpOffered;
  expect(await seen()).toEqual([]);
  await withViewer(house, (tx) => askForYes(tx, waiting?.id ?? '', on));
  await withViewer(house, (tx) => askForYes(tx, waiting?.id ?? '', on));
  const letters = await waitingLetters();
  expect(letters.map(({ to_address }) => to_address)).toEqual(['joke@example.org']);
  const word = /help\/yes\/([\w-]{43})/.exec(letters[0]?.text ?? '')?.[1] ?? '';
  expect(await withViewer(house, (tx) => sayYesToOffer(tx, word, on))).toBe(true);
  expect(await seen()).toMatchObject([{ called: 'Joke', mail: 'joke@example.org' }]);
  expect(await withViewer(house, (tx) => sayYesToOffer(tx, word, on))).toBe(false);
});

test('nobody can offer where no help is asked, and one address is written to three times at most', async () => {
  const { promise: quiet } = await aPromise(false);
  await offer(quiet);
  expect(await offers(quiet)).toEqual([]);
  const { promise } = await aPromise(true);
  for (let times = 0; times < 5; times++) await offer(promise, 'often@example.org');
  expect(await offers(promise)).toHaveLength(3);
});
