import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { daysLater, type Day } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { refused } from '#platform/result.ts';
import { house, operator, visitor, type Viewer } from '#platform/viewer.ts';
import { aPerson } from '../../people/testing.ts';
import { answerPoint, judgeAnswer } from '../answering/commands.server.ts';
import type { AnswerToPoint } from '../answering/model.ts';
import { silence } from '../answering/model.ts';
import { giveWord, takeWord } from '../consulting/commands.server.ts';
import { consultations } from '../consulting/queries.server.ts';
import {
  aConsultation,
  aParty,
  aPoint,
  done,
  handOver,
  type MadeConsultation,
} from '../consulting/testing.ts';
import { followAdvice, tellHowItStands } from './commands.server.ts';
import { askedHowItStands, openAdvice } from './queries.server.ts';
import { writeTo } from './writing/commands.server.ts';

ownDatabase();
const on = '2026-11-25';
const words = { language: 'nl' };
const open = async ({ consultation }: MadeConsultation) => {
  const read = await withViewer(visitor, (tx) => openAdvice(tx, { id: consultation }));
  if (!read) throw new Error('Nobody can read it.');
  return read;
};
const answer = (
  made: MadeConsultation,
  point: string,
  said: AnswerToPoint,
  day: Day,
  untilDay: Day | null = null,
  viewer = made.client,
) =>
  withViewer(viewer, (tx) =>
    answerPoint(
      tx,
      aParty(viewer),
      { consultation: made.consultation, ...words },
      { point, said, text: `Zo staat het: ${said}.`, untilDay },
      day,
    ),
  );
const night = (day: Day) => withViewer(house, (tx) => followAdvice(tx, day));
const lettersFor = async (person: Viewer) =>
  withViewer(operator, async (tx) => {
    const { rows } = await sql<{ name: string }>`
      select name from vault.letter where to_person = ${person.id} order by posted_at`.execute(tx);
    return rows.map(({ name }) => name);
  });

async function handedOver(points: readonly string[]) {
  const made = await aConsultation(on);
  const keys: string[] = [];
  for (const text of points) keys.push(await aPoint(made, text));
  await handOver(made, on);
  return { made, keys };
}

test('the days without an answer are counted from the handover, and the client is reminded after six weeks', async () => {
  const { made } = await handedOver(['Geef mensen een kamer.']);
  const late = daysLater(on, 41);
  const read = await open(made);
  const still = (day: Day) =>
    silence(
      read.handedOn,
      read.points.map(({ answers }) => answers),
      day,
    );
  expect(still(late)).toEqual({ since: on, days: 41, points: 1 });
  const mine = (due: Awaited<ReturnType<typeof night>>) =>
    due.filter(({ consultation }) => consultation === made.consultation).map(({ what }) => what);
  expect(mine(await night(late))).toEqual([]);
  expect(mine(await night(daysLater(on, 42)))).toEqual(['silent']);
  expect(mine(await night(daysLater(on, 43)))).toEqual([]);
  await withViewer(house, (tx) => writeTo(tx, made.consultation, 'silent', daysLater(on, 42)));
  expect(await lettersFor(made.client)).toContain('consulting.silent');
  expect(await lettersFor(made.experts[0]?.viewer ?? visitor)).not.toContain('consulting.silent');
});

test('a client answers in part, an expert says it was no answer, and both stay side by side', async () => {
  const { made, keys } = await handedOver(['Geef mensen een kamer.', 'Betaal wie meedenkt.']);
  const [one = '', two = ''] = keys;
  done(await answer(made, one, 'in-part', daysLater(on, 50)));
  expect((await open(made)).state).toBe('advised');
  done(await answer(made, two, 'deciding', daysLater(on, 50), daysLater(on, 80)));
  expect((await open(made)).state).toBe('advised');
  const samira = made.experts[0]?.viewer ?? visitor;
  const judged = { said: 'no' as const, text: 'Dit is uitstel.' };
  const { consultation } = made;
  done(
    await withViewer(samira, (tx) =>
      judgeAnswer(tx, aParty(samira), { consultation, ...words }, judged, daysLater(on, 51)),
    ),
  );
  done(await answer(made, two, 'not', daysLater(on, 81)));
  const read = await open(made);
  expect(read.state).toBe('answered');
  expect(read.judgements).toMatchObject([{ said: 'no', called: 'Samira', text: 'Dit is uitstel.' }]);
  expect(read.points[1]?.answers.map(({ said }) => said)).toEqual(['deciding', 'not']);
  done(await answer(made, two, 'deciding', daysLater(on, 90), daysLater(on, 120)));
  expect((await open(made)).state).toBe('advised');
});

test('only the client answers, and only once the advice was handed over', async () => {
  const made = await aConsultation(on);
  const point = await aPoint(made, 'Geef mensen een kamer.');
  expect(await answer(made, point, 'done', on)).toEqual(refused('consulting.refused.not-there'));
  await handOver(made, on);
  for (const viewer of [made.keeper, made.experts[0]?.viewer ?? visitor])
    expect(await answer(made, point, 'done', on, null, viewer)).toEqual(
      refused('consulting.refused.not-there'),
    );
  expect((await answer(made, point, 'done', on)).ok).toBe(true);
});

test('after 3, 6 and 12 months both sides say how it stands, and a month after the year it is over', async () => {
  const { made } = await handedOver(['Geef mensen een kamer.']);
  const { consultation, client } = made;
  const samira = made.experts[0]?.viewer ?? visitor;
  const tell = (viewer: Viewer, text: string, day: Day) =>
    withViewer(viewer, (tx) =>
      tellHowItStands(tx, aParty(viewer), { consultation, ...words }, { said: 'moved', text }, day),
    );
  expect(await tell(client, 'Nog niets.', on)).toEqual(refused('consulting.refused.not-now'));
  for (const day of ['2027-02-25', '2027-05-25', '2027-11-25']) {
    expect(
      (await night(day)).filter((due) => due.consultation === consultation).map(({ what }) => what),
    ).toContain('how-it-stands');
    done(await tell(client, `Wij zeggen het op ${day}.`, day));
    done(await tell(samira, `Ik zeg het op ${day}.`, day));
    expect(await tell(client, 'Nog een keer.', day)).toEqual(refused('consulting.refused.not-now'));
    expect(await withViewer(samira, (tx) => askedHowItStands(tx, consultation))).not.toBe(3);
  }
  await night('2027-12-26');
  expect((await open(made)).state).toBe('advised');
  await night('2027-12-27');
  const read = await open(made);
  expect(read.state).toBe('followed');
  expect(read.followUps.map(({ months, told }) => [months, told.map(({ side }) => side)])).toEqual([
    [3, ['client', 'expert']],
    [6, ['client', 'expert']],
    [12, ['client', 'expert']],
  ]);
});

test('a colleague comes to act for the client by a word that opens once; an expert who does no longer takes part', async () => {
  const made = await aConsultation(on);
  const { consultation, client } = made;
  const lina = made.experts[2]?.viewer ?? visitor;
  const give = () =>
    withViewer(client, (tx) => giveWord(tx, aParty(client), consultation, daysLater(on, 3_000)));
  const [one, two] = [done(await give()), done(await give())];
  const stranger = await aPerson('Els');
  const take = (viewer: Viewer, word: string) =>
    withViewer(viewer, (tx) => takeWord(tx, aParty(viewer), word));
  expect(done(await take(stranger, one.word))).toEqual({ consultation });
  expect((await take(lina, one.word)).ok).toBe(false);
  const side = async (viewer: Viewer) =>
    (await withViewer(viewer, (tx) => consultations(tx, consultation)))[0]?.side ?? null;
  expect(await side(stranger)).toBe('client');
  expect(await side(lina)).toBe('expert');
  done(await take(lina, two.word));
  expect(await side(lina)).toBe('client');
  expect(
    (await withViewer(made.keeper, (tx) => giveWord(tx, aParty(made.keeper), consultation, on))).ok,
  ).toBe(false);
});
