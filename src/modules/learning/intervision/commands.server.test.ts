import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { leaveDatabase, withViewer } from '#platform/db.server.ts';
import { refused } from '#platform/result.ts';
import { house } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { oneself } from '../../people/access.ts';
import { aPerson } from '../../people/testing.ts';
import { atCircle } from './access.ts';
import { doInCircle, keepNotes, letDilemmaTravel, settle, throwNotesAway } from './commands.server.ts';
import { forgetCircles } from './jobs.server.ts';
import { newCircle, type Circle } from './model.ts';
import { circleOf, myKeptNotes, newsOf, newWord, sealed, unsealed } from './queries.server.ts';
import {
  begin,
  bringCase,
  end,
  goOn,
  sayOfDilemma,
  settleNotes,
  wordDilemma,
  writeNote,
  type After,
} from './round/model.ts';
import { aCircle } from './testing.ts';

ownDatabase();
let phones: Awaited<ReturnType<typeof aCircle>>;
beforeAll(async () => {
  phones = await aCircle(6);
});
const phone = (at: number) => phones[at] ?? { word: '', own: '', seat: '' };
const rows = () => withViewer(house, (tx) => tx.selectFrom('core.circle').selectAll().execute());
const by = (at: number, work: (circle: Circle, seat: string, now: Date) => After) =>
  doInCircle(phone(at), work);
/** Whoever asks for a second connection while holding one waits here until the test is given up. */
async function onOneConnection<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  const before = process.env.DATABASE_POOL;
  await leaveDatabase();
  process.env.DATABASE_POOL = '1';
  const answer = await work();
  await leaveDatabase();
  if (before === undefined) delete process.env.DATABASE_POOL;
  else process.env.DATABASE_POOL = before;
  return answer;
}

test('what six phones write at the same moment is all there', async () => {
  await by(0, bringCase);
  await by(0, begin);
  await by(1, goOn);
  const before = (await newsOf(phone(0))) ?? 0;
  const written = await Promise.all(
    [1, 2, 3, 4, 5].map((at) =>
      by(at, (circle, seat) => writeNote(circle, seat, `n${at}`, { language: 'nl', text: `Vraag ${at}?` })),
    ),
  );
  expect(written.every((each) => each.ok)).toBe(true);
  const opened = await circleOf(phone(0));
  expect(opened?.circle.notes.map(({ text }) => text).sort()).toEqual(
    [1, 2, 3, 4, 5].map((at) => `Vraag ${at}?`),
  );
  expect(opened?.news).toBe(before + 5);
});

test('what was refused changes nothing, not even that something was tried', async () => {
  const before = await rows();
  expect(await by(3, goOn)).toEqual(refused('not_your_role'));
  expect(await rows()).toEqual(before);
});

test('a letter opens for its own word, row and writing, and for nothing else', () => {
  const place = { word: newWord(), id: 'a', news: 3 };
  const letter = sealed(newCircle, place);
  expect(unsealed(letter, place)).toEqual(newCircle);
  const bent = Buffer.from(letter);
  bent.writeUInt8((bent.at(-1) ?? 0) ^ 1, bent.length - 1);
  for (const [one, of] of [
    [letter, { ...place, word: newWord() }],
    [letter, { ...place, id: 'b' }],
    [letter, { ...place, news: 2 }],
    [bent, place],
    [Buffer.alloc(40), place],
  ] as const)
    expect(() => unsealed(one, of)).toThrow('could not be opened');
  expect(sealed({ ...newCircle, round: 7 }, place)).toHaveLength(letter.length);
  expect(sealed(newCircle, place).equals(letter)).toBe(false);
});

test('a cookie that is no word of a circle opens nothing', () => {
  for (const cookie of [undefined, '', 'a.b', `${newWord()}`, `${newWord()}.${newWord()}.${newWord()}`])
    expect(atCircle(cookie)).toBeNull();
  expect(atCircle(`${phone(0).word}.${phone(0).own}`)).toEqual({ word: phone(0).word, own: phone(0).own });
});

test('the dilemma travels to the library as nobody’s, waits there until someone looked, travels once, and needs one connection', async () => {
  for (let step = 0; step < 4; step++) await by(1, goOn);
  const title = 'Helpen of laten';
  await by(0, (circle, seat) =>
    wordDilemma(circle, seat, {
      language: 'nl',
      text: 'Wanneer houdt helpen iemand klein?',
      title,
      level: 'external',
    }),
  );
  expect(await letDilemmaTravel(phone(2))).toEqual(refused('not_agreed'));
  for (const at of [1, 2, 3, 4, 5]) await by(at, (circle, seat) => sayOfDilemma(circle, seat, 'yes'));
  expect((await onOneConnection(() => letDilemmaTravel(phone(2)))).ok).toBe(true);
  expect(await letDilemmaTravel(phone(2))).toEqual(refused('not_now'));
  const { rows: told } = await withViewer(house, (tx) =>
    sql`select title->>'nl' as title, level, origin, told_by, called, standing from core.dilemma`.execute(tx),
  );
  expect(told).toEqual([
    { title, level: 'external', origin: 'circle', told_by: null, called: null, standing: 'waiting' },
  ]);
});

test('notes go to the account of who brought the case in one step with the circle, or neither is so', async () => {
  const amina = await aPerson('Amina');
  const wordsOf = (circle: Circle) => `Ronde ${circle.round}`;
  const keeps = (at: number, self = oneself(amina)) =>
    onOneConnection(() => settle(phone(at), 'account', { self, language: 'nl', wordsOf }));
  const kept = async () => (await circleOf(phone(0)))?.circle.kept;
  const notes = () => withViewer(amina, (tx) => myKeptNotes(tx));
  expect(await keeps(1)).toEqual(refused('not_your_role'));
  expect(await keeps(0, null)).toEqual(refused('not_signed_in'));
  await expect(
    settle(phone(0), 'account', { self: oneself(amina), language: 'nl', wordsOf: () => '' }),
  ).rejects.toThrow('kept_notes');
  expect([await kept(), await notes()]).toEqual([null, []]);
  expect((await keeps(0)).ok).toBe(true);
  expect(await kept()).toBe('account');
  expect(await notes()).toMatchObject([{ language: 'nl', words: 'Ronde 1' }]);
});

test('notes that someone keeps are theirs to read and to throw away', async () => {
  const [me, other] = [await aPerson('Amina'), await aPerson('Bram')];
  const self = oneself(me) ?? { person: '' };
  await withViewer(me, (tx) => keepNotes(tx, self, 'nl', 'De bus rijdt te weinig.'));
  const mine = (viewer = me) => withViewer(viewer, (tx) => myKeptNotes(tx));
  expect(await mine()).toMatchObject([{ language: 'nl', words: 'De bus rijdt te weinig.' }]);
  expect(await mine(other)).toEqual([]);
  const id = (await mine())[0]?.id ?? '';
  await withViewer(other, (tx) => throwNotesAway(tx, oneself(other) ?? { person: '' }, id));
  expect(await mine()).toHaveLength(1);
  await withViewer(me, (tx) => throwNotesAway(tx, self, id));
  expect(await mine()).toEqual([]);
});

test('after its end the letter is gone, and so it is after twelve hours without one', async () => {
  await by(0, (circle, seat) => settleNotes(circle, seat, 'none'));
  expect((await by(1, end)).ok).toBe(true);
  expect(await rows()).toEqual([]);
  expect(await by(1, end)).toEqual(refused('gone'));
  expect(await newsOf(phone(0))).toBeNull();
  const [left] = await aCircle(2);
  const [waits] = await aCircle(2);
  if (!left || !waits) throw new Error('Nobody came.');
  await withViewer(house, (tx) =>
    sql`update core.circle set until = now() - interval '1 second' where word_hash = sha256(convert_to(${`circle ${left.word}`}, 'utf8'))`.execute(
      tx,
    ),
  );
  expect(await circleOf(left)).toBeNull();
  await forgetCircles();
  expect(await rows()).toHaveLength(1);
  expect((await circleOf(waits))?.circle.people).toHaveLength(2);
});
