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
import { hoursOpen, newCircle, type Circle } from './model.ts';
import { fingerprintOf, openedBy, seatOf, sealed, withWordOnly } from './queries.server.ts';
import { letTravel, type After, type CircleRefusal } from './round/model.ts';
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

/**
 * Does something in the circle of this phone, one phone after the other: the letter is opened, changed by `work` and sealed anew, or taken
 * away when it is over. `gone` when there is no such circle any more. Nothing of it stands anywhere else.
 */
export function doInCircle(
  at: AtCircle,
  work: (circle: Circle, seat: string, now: Date) => After | Promise<After>,
): Promise<Result<Circle, CircleRefusal | 'gone'>> {
  return withViewer(withWordOnly, async (tx) => {
    const opened = await openedBy(tx, at.word, true);
    if (!opened) return refused('gone');
    const after = await work(opened.circle, seatOf(at), now());
    if (!after.ok) return after;
    const word = fingerprintOf(at.word);
    if (after.value.step === 'over') await sql`select core.end_circle(${word})`.execute(tx);
    else {
      const place = { word: at.word, id: opened.id, news: opened.news + 1 };
      await sql`select core.seal_circle(${word}, ${sealed(after.value, place)})`.execute(tx);
    }
    return after;
  });
}

/** Brings the dilemma to the library, once everyone who is there said yes to it. There it is nobody's, and waits until someone looked at it. */
export const letDilemmaTravel = (at: AtCircle): Promise<Result<Circle, CircleRefusal | 'gone'>> =>
  doInCircle(at, async (circle, seat) => {
    const after = letTravel(circle, seat);
    const teller = tellerOfCircle(house);
    if (!after.ok || !circle.dilemma || !teller) return after;
    const { title, level, text, language } = circle.dilemma;
    const wish = {
      title,
      level,
      what: text,
      language,
      questions: [],
      themes: [],
      called: null,
      goesAlong: false,
    };
    await withViewer(house, (tx) => tellDilemma(tx, teller, wish));
    return after;
  });

/** Keeps the notes of a circle in the account of who brought the case; nobody else reads them. */
export async function keepNotes(tx: Tx, { person }: Oneself, language: string, words: string): Promise<void> {
  await tx.insertInto('core.kept_notes').values({ person_id: person, language, words }).execute();
}

/** Throws away notes that someone kept. */
export async function throwNotesAway(tx: Tx, { person }: Oneself, id: string): Promise<void> {
  await tx.deleteFrom('core.kept_notes').where('id', '=', id).where('person_id', '=', person).execute();
}
