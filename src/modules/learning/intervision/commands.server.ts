import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Oneself } from '#modules/people/access.ts';
import { now } from '#platform/clock.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { putOff } from '#platform/jobs/put-off.server.ts';
import { refused, type Result } from '#platform/result.ts';
import { house } from '#platform/viewer.ts';
import { circleOf as tellerOfCircle } from '../access.ts';
import { tellDilemma } from '../dilemmas/commands.server.ts';
import type { AtCircle, CircleOpener } from './access.ts';
import { hoursOpen, newCircle, type Circle, type Keeping } from './model.ts';
import { fingerprintOf, openedBy, seatOf, sealed, withWordOnly } from './queries.server.ts';
import { letTravel, settleNotes, type After, type CircleRefusal } from './round/model.ts';
import './tables.ts';

/** Opens an empty circle under this word, for twelve hours. Who opened it is not kept. */
export async function openCircle(tx: Tx, _opener: CircleOpener, word: string): Promise<void> {
  const id = randomUUID();
  const letter = sealed(newCircle, { word, id, news: 1 });
  await tx
    .insertInto('core.circle')
    .values({
      id,
      word_hash: fingerprintOf(word),
      sealed: letter,
      until: sql`now() + ${`${hoursOpen} hours`}::interval` as never,
    })
    .execute();
  await putOff(tx, 'forget-circles', {}, { startAfterSeconds: hoursOpen * 3_600 + 60 });
}

type Changed = Result<Circle, CircleRefusal | 'gone'>;

/** Opens the letter, has `work` change it, and seals it anew or takes it away. */
async function inOneStep(
  tx: Tx,
  at: AtCircle,
  work: (circle: Circle, seat: string) => After | Promise<After>,
): Promise<Changed> {
  const opened = await openedBy(tx, at.word, true);
  if (!opened) return refused('gone');
  const after = await work(opened.circle, seatOf(at));
  if (!after.ok) return after;
  const word = fingerprintOf(at.word);
  if (after.value.step === 'over') await sql`select core.end_circle(${word})`.execute(tx);
  else {
    const place = { word: at.word, id: opened.id, news: opened.news + 1 };
    await sql`select core.seal_circle(${word}, ${sealed(after.value, place)})`.execute(tx);
  }
  return after;
}

/**
 * Does something in the circle of this phone, one phone after the other: the letter is opened, changed by `work` and sealed anew, or taken
 * away when it is over. `gone` when there is no such circle any more. Nothing of it stands anywhere else.
 */
export const doInCircle = (
  at: AtCircle,
  work: (circle: Circle, seat: string, now: Date) => After,
): Promise<Changed> =>
  withViewer(withWordOnly, (tx) => inOneStep(tx, at, (circle, seat) => work(circle, seat, now())));

// What leaves a circle is written by the house, in the transaction that holds its letter: both stand or neither does, and nobody who
// holds a letter waits for a second connection.

/** Brings the dilemma to the library, once everyone who is there said yes to it. There it is nobody's, and waits until someone looked at it. */
export const letDilemmaTravel = (at: AtCircle): Promise<Changed> =>
  withViewer(house, (tx) =>
    inOneStep(tx, at, async (circle, seat) => {
      const after = letTravel(circle, seat);
      const teller = tellerOfCircle(house);
      if (!after.ok || !circle.dilemma || !teller) return after;
      const { title, level, text, language } = circle.dilemma;
      await tellDilemma(tx, teller, {
        title,
        level,
        what: text,
        language,
        questions: [],
        themes: [],
        called: null,
        goesAlong: false,
      });
      return after;
    }),
  );

/** Who would keep the notes in their account, if they are signed in, and how the notes of a circle read there. */
export interface NotesKeeper {
  readonly self: Oneself | null;
  readonly language: string;
  readonly wordsOf: (circle: Circle) => string;
}

/** Does with the notes what the case giver chose. In an account they stand when the circle knows of it, or neither is so. */
export const settle = (at: AtCircle, kept: Keeping, keeper: NotesKeeper): Promise<Changed> =>
  withViewer(house, (tx) =>
    inOneStep(tx, at, async (circle, seat) => {
      const settled = settleNotes(circle, seat, kept);
      if (!settled.ok || kept !== 'account') return settled;
      if (!keeper.self) return refused('not_signed_in');
      await keepNotes(tx, keeper.self, keeper.language, keeper.wordsOf(circle));
      return settled;
    }),
  );

/** Keeps the notes of a circle in the account of who brought the case; nobody else reads them. */
export async function keepNotes(tx: Tx, { person }: Oneself, language: string, words: string): Promise<void> {
  await tx.insertInto('core.kept_notes').values({ person_id: person, language, words }).execute();
}

/** Throws away notes that someone kept. */
export async function throwNotesAway(tx: Tx, { person }: Oneself, id: string): Promise<void> {
  await tx.deleteFrom('core.kept_notes').where('id', '=', id).where('person_id', '=', person).execute();
}
