import { sql } from 'kysely';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { daysLater, stopClock, today, type Day } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { waitingLetters } from '#platform/mail/send.server.ts';
import { house, operator, visitor, type Viewer } from '#platform/viewer.ts';
import { aPerson } from '../../people/testing.ts';
import { carrierBy } from '../access.ts';
import { answerInvitation, tellHow } from '../carrying/commands.server.ts';
import { carrierWith } from '../carrying/queries.server.ts';
import { openAgendaTo } from '../commands/draw-up.server.ts';
import { facilitatorOf } from '../../sessions/access.ts';
import { monthsLater, type Answer } from '../model.ts';
import { anAgenda, said } from '../testing.ts';
import { askOne, followPromises, inviteOne } from './jobs.server.ts';

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
const at = (day: Day) => stopClock(new Date(`${day}T02:30:00Z`));
const carriersOf = (session: string) =>
  withViewer(operator, async (tx) =>
    (await tx.selectFrom('core.carrier').select('id').where('session', '=', session).execute()).map(
      ({ id }) => id,
    ),
  );

/** The letters of a day, as whoever gets them reads them; the link in each. */
async function letters(): Promise<{ to: string | null; subject: string; word: string; language: string }[]> {
  return (await waitingLetters()).map(({ to_address: to, subject, text, language }) => ({
    to,
    subject,
    language,
    word: /\/(?:promise|check-in)\/([\w-]{43})/.exec(text)?.[1] ?? '',
  }));
}

async function aNight(day: Day): Promise<string[]> {
  at(day);
  await followPromises();
  const { rows } = await withViewer(operator, (tx) =>
    sql<{
      carrier: string;
      due: Date;
    }>`select data->'data'->>'carrier' as carrier, start_after as due from jobs.job
      where data->>'job' = 'ask-how-it-is' and data->'data'->>'day' = ${day}`.execute(tx),
  );
  for (const { carrier } of rows) await askOne({ carrier, day });
  return rows.map(({ carrier }) => carrier);
}

async function confirm(session: string, promise: string): Promise<string> {
  for (const carrier of await carriersOf(session)) await inviteOne({ carrier });
  const [letter] = await letters();
  const word = letter?.word ?? '';
  const on = today();
  await withViewer(house, async (tx) => {
    const carrier = await carrierWith(tx, word, on);
    if (!carrier) throw new Error('The word opens nothing.');
    const yes = { promise, yes: true, named: true, called: null, what: null };
    expect(await answerInvitation(tx, carrier, yes, 'nl', on)).toEqual({ ok: true, value: null });
  });
  await withViewer(operator, (tx) => tx.deleteFrom('vault.letter').execute());
  return word;
}

const tell = (word: string, promise: string, answer: Answer, how: { text?: string; byDay?: Day } = {}) =>
  withViewer(house, async (tx) => {
    const carrier = await carrierWith(tx, word, today());
    if (!carrier) throw new Error('The word opens nothing.');
    return tellHow(
      tx,
      carrier,
      { promise, answer, text: how.text ?? null, what: null, byDay: how.byDay ?? null },
      'nl',
      today(),
    );
  });

/** The nights on which something can happen, and those before and after. */
const nightsAround = (day: Day): Day[] =>
  [1, 3, 6, 12]
    .map((months) => monthsLater(day, months))
    .flatMap((due) => [0, 14, 28].flatMap((later) => [-1, 0, 1, 2].map((one) => daysLater(due, later + one))))
    .toSorted();

const stonesOf = (promise: string) =>
  withViewer(operator, async (tx) =>
    (
      await tx
        .selectFrom('core.promise_check_in')
        .select(['due_on', 'state', 'answer'])
        .where('promise', '=', promise)
        .orderBy('due_on')
        .execute()
    ).map(({ due_on, state, answer }) => `${due_on} ${answer ?? state}`),
  );

const open = (agenda: string) =>
  withViewer(visitor, (tx) =>
    tx.selectFrom('pub.promise').selectAll().where('agenda', '=', agenda).execute(),
  );

test('a promise lives through its year: asked after 1, 3, 6 and 12 months, and silence is shown as silence', async () => {
  at(first);
  const { session, agenda, promises } = await anAgenda(facilitator, first, [said({}, '2027-11-24')]);
  const [promise = ''] = promises;
  const word = await confirm(session, promise);
  const asked: Day[] = [];
  for (const day of nightsAround(first)) {
    if ((await aNight(day)).length > 0) asked.push(day);
    if (day === '2026-12-26')
      expect((await tell(word, promise, 'on-its-way', { text: 'We zijn begonnen.' })).ok).toBe(true);
    if (day === '2027-11-26') expect((await tell(word, promise, 'done')).ok).toBe(true);
  }
  expect(asked).toEqual([
    '2026-12-24',
    '2027-02-24',
    '2027-03-10', // once more
    '2027-05-24',
    '2027-06-07', // once more
    '2027-11-24',
  ]);
  expect(await stonesOf(promise)).toEqual([
    '2026-12-24 on-its-way',
    '2027-02-24 silent',
    '2027-05-24 silent',
    '2027-11-24 done',
  ]);
  const leads = facilitatorOf(facilitator);
  if (!leads) throw new Error('Nobody leads.');
  expect(await open(agenda)).toEqual([]);
  await withViewer(leads, (tx) => openAgendaTo(tx, leads, agenda, 'everyone'));
  expect(await open(agenda)).toMatchObject([
    { state: 'done', carriers: [{ name: 'Amina', slug: null }], silent_since: null },
  ]);
});

/** Goes through these nights as aNight does, and answers who was written to on which. */
async function writtenOn(nights: readonly Day[]): Promise<string[]> {
  const told: string[] = [];
  for (const day of nights) {
    await aNight(day);
    for (const { to, subject, language } of await letters()) told.push(`${day} ${to} ${language} ${subject}`);
    await withViewer(operator, (tx) => tx.deleteFrom('vault.letter').execute());
  }
  return told;
}

test('one letter a day for all one carries, to each who carries it, in their own language; nobody twice', async () => {
  at(first);
  const amina = { called: 'Amina', mail: 'amina@twice.example' };
  const { session, promises } = await anAgenda(
    facilitator,
    first,
    [
      said({ carrier: amina }, '2027-11-24'),
      said({ carrier: amina, what: 'Ik bel de gemeente.' }, '2027-11-24'),
    ],
    'en',
  );
  const [carrier = ''] = await carriersOf(session);
  expect(await carriersOf(session)).toHaveLength(1);
  await withViewer(house, async (tx) => {
    for (const promise of promises) {
      const yes = { promise, yes: true, named: false, called: null, what: null };
      await answerInvitation(tx, carrierBy({ carrier, session }), yes, 'en', first);
    }
  });
  const nights = ['2026-12-23', '2026-12-24', '2026-12-24', '2026-12-25'];
  expect(await writtenOn(nights)).toEqual(['2026-12-24 amina@twice.example en How is it going?']);
});

test('while a promise rests nobody is asked, and on the day the rest is over it is on its way again', async () => {
  at(first);
  const { session, promises } = await anAgenda(facilitator, first, [said({}, '2027-11-24')]);
  const [promise = ''] = promises;
  const word = await confirm(session, promise);
  at('2026-12-01');
  expect((await tell(word, promise, 'paused', { byDay: '2027-03-10' })).ok).toBe(true);
  const mine = (lines: readonly string[]) => lines.filter((line) => line.includes('amina@example.org'));
  expect(mine(await writtenOn(['2026-12-24', '2027-01-08', '2027-02-24']))).toEqual([]);
  expect(mine(await writtenOn(['2027-03-10']))).toHaveLength(1);
  expect(await stonesOf(promise)).toEqual([
    '2026-12-24 rested',
    '2027-02-24 rested',
    '2027-03-10 asked',
    '2027-05-24 coming',
    '2027-11-24 coming',
  ]);
});

test('on the night the clock is moved letters leave at nine by the new time', async () => {
  for (const [drawn, due, hours] of [
    ['2027-02-28', '2027-03-28', 4.5],
    ['2027-09-30', '2027-10-30', 4.5],
    ['2027-09-30', '2027-10-31', 5.5],
  ] as const) {
    at(drawn);
    const mail = `wall-${due}@example.org`;
    const by = due === '2027-10-31' ? due : '2028-02-28';
    const { session, promises } = await anAgenda(facilitator, drawn, [
      said({ carrier: { called: 'Selam', mail } }, by),
    ]);
    await withViewer(house, async (tx) => {
      const [carrier = ''] = await carriersOf(session);
      const yes = { promise: promises[0] ?? '', yes: true, named: false, called: null, what: null };
      await answerInvitation(tx, carrierBy({ carrier, session }), yes, 'nl', drawn);
    });
    at(due);
    await followPromises();
    const [carrier = ''] = await carriersOf(session);
    const { rows } = await withViewer(operator, (tx) =>
      sql<{ wait: number }>`select extract(epoch from start_after - created_on) / 3600 as wait from jobs.job
        where data->>'job' = 'ask-how-it-is' and data->'data'->>'carrier' = ${carrier}`.execute(tx),
    );
    // The night works at half past two by the clock of the world.
    expect(
      rows.map(({ wait }) => Math.round(Number(wait) * 10) / 10),
      due,
    ).toEqual([hours]);
  }
});

test('a month after the year no address, word or name without leave is left, and the promises still are', async () => {
  at(first);
  const { session, agenda, promises } = await anAgenda(facilitator, first, [said({}, '2027-11-24')]);
  const [carrier = ''] = await carriersOf(session);
  const yes = { promise: promises[0] ?? '', yes: true, named: false, called: null, what: null };
  await withViewer(house, (tx) => answerInvitation(tx, carrierBy({ carrier, session }), yes, 'nl', first));
  const left = () =>
    withViewer(operator, async (tx) => ({
      addresses: (
        await tx.selectFrom('vault.carrier_address').select('mail').where('session', '=', session).execute()
      ).length,
      called: (
        await tx
          .selectFrom('core.promise_carrier')
          .select('called')
          .where('carrier', '=', carrier)
          .executeTakeFirst()
      )?.called,
      ended: (
        await tx.selectFrom('core.agenda').select('ended_on').where('id', '=', agenda).executeTakeFirst()
      )?.ended_on,
    }));
  await aNight('2027-12-24');
  expect(await left()).toEqual({ addresses: 1, called: 'Amina', ended: '2027-12-24' });
  await aNight('2027-12-25');
  expect(await left()).toEqual({ addresses: 0, called: null, ended: '2027-12-24' });
});
