import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { madeAnew } from '../../stories/media/anew/workshop.server.ts';
import type { MediaReason, MadeVoice } from '../../stories/media/model.ts';
import type { Facilitator, RoomPhone } from '../access.ts';
import { tellRoom } from '../live/commands.server.ts';
import '../tables.ts';
import type { Rendering, Saying } from './input.ts';
import {
  mayBeSaid,
  mayTellOfSomeone,
  mostBytesSpoken,
  mostOfOnePerson,
  mostSecondsSpoken,
  type SayingReason,
} from './model.ts';
import { nextNumber } from './queries.server.ts';
import './tables.ts';

/** Open to the room at once, or held until the facilitator looked. */
export type Taken = 'open' | 'held';

type Voice = MadeVoice & { readonly bytes: Buffer };

/** Says something in a step of the room, for someone on this phone. Who said it stands apart, where only this phone reads it. */
export async function say(
  tx: Tx,
  phone: RoomPhone,
  session: string,
  saying: Saying,
): Promise<Result<Taken, SayingReason>> {
  return layDown(tx, phone, session, saying, null);
}

/**
 * Says something with a voice. It is made anew, without what was told beside it, before any connection to the database waits for
 * it; `once` lets the deed be done once, however often it is sent.
 */
export async function speak(
  phone: RoomPhone,
  session: string,
  { file, ...saying }: Saying & { readonly file: File },
  once: (tx: Tx, deed: () => Promise<Result<Taken, SayingReason>>) => Promise<Result<Taken, SayingReason>>,
): Promise<Result<Taken, SayingReason>> {
  // Who may not speak now takes nobody's turn at the workbench.
  const closed = await withViewer(phone, (tx) => placeFor(tx, phone, session, saying));
  if (!closed.ok) return closed;
  const made = await madeAnew('voice', new Uint8Array(await file.arrayBuffer()));
  if (!made.ok) return refused(inARoom(made.reason));
  if (made.value.seconds > mostSecondsSpoken + 2)
    return refused('voice_too_long', { most: mostSecondsSpoken });
  if (made.value.bytes.length > mostBytesSpoken) return refused('voice_too_big');
  return withViewer(phone, (tx) => once(tx, () => layDown(tx, phone, session, saying, made.value)));
}

const inARoom = (reason: MediaReason): SayingReason => {
  if (reason === 'empty' || reason === 'voice_silent') return 'voice_silent';
  if (reason === 'too_big' || reason === 'too_much_work') return 'voice_too_big';
  if (reason === 'voice_too_long' || reason === 'busy') return reason === 'busy' ? 'voice_busy' : reason;
  return reason === 'voice_unknown' ? 'voice_unknown' : 'voice_broken';
};

interface Place {
  readonly form: 'statement' | 'check-in' | 'dilemma' | 'harvest';
  readonly role: 'newcomer' | 'initiative' | 'official' | 'other' | null;
  readonly sides: number;
}

/** Where what someone says would be laid, or why it cannot be said now. */
async function placeFor(
  tx: Tx,
  phone: RoomPhone,
  session: string,
  { who, step: position }: Pick<Saying, 'who' | 'step'>,
): Promise<Result<Place, SayingReason>> {
  const person = await tx
    .selectFrom('core.participant')
    .select('role')
    .where('id', '=', who)
    .where('phone', '=', phone.id)
    .where('session', '=', session)
    .where('state', '=', 'in')
    .executeTakeFirst();
  if (!person) return refused('not_here');
  const step = await tx
    .selectFrom('core.session_step as step')
    .innerJoin('core.session as room', 'room.id', 'step.session')
    .select(['step.kind', 'step.state', 'step.sides', 'room.state as room'])
    .where('step.session', '=', session)
    .where('step.position', '=', position)
    .executeTakeFirst();
  if (!step) return refused('not_now');
  const form = mayBeSaid(step.room, step);
  if (!form.ok) return form;
  return ok({ form: form.value, role: person.role, sides: step.sides.length });
}

async function layDown(
  tx: Tx,
  phone: RoomPhone,
  session: string,
  saying: Saying,
  voice: Voice | null,
): Promise<Result<Taken, SayingReason>> {
  const place = await placeFor(tx, phone, session, saying);
  if (!place.ok) return place;
  const tells = mayTellOfSomeone(saying.text);
  if (tells && !saying.anyway) return refused('about_someone');
  const number = await nextNumber(tx, session, 'statement');
  const { said } = await tx
    .selectFrom('core.statement_author')
    .select(({ fn }) => fn.countAll<number>().as('said'))
    .where('participant', '=', saying.who)
    .executeTakeFirstOrThrow();
  if (Number(said) >= mostOfOnePerson) return refused('enough', { most: mostOfOnePerson });
  const { form, role, sides } = place.value;
  const standing = tells ? 'held' : 'open';
  // Not answered by the database: what is held is not read back before its author stands beside it.
  const statement = randomUUID();
  await tx
    .insertInto('core.statement')
    .values({
      id: statement,
      session,
      number,
      step: saying.step,
      form,
      language: saying.language,
      text: saying.text,
      spoken: voice !== null,
      side: saying.side !== null && saying.side < sides ? saying.side : null,
      as_role: role,
      standing,
      why: tells ? 'about_someone' : null,
    })
    .execute();
  await tx.insertInto('core.statement_author').values({ statement, participant: saying.who }).execute();
  if (voice)
    await tx
      .insertInto('core.room_voice')
      .values({ statement, type: voice.type, bytes: voice.bytes, seconds: voice.seconds })
      .execute();
  await tellRoom(tx, session, 'statement', { number: tells ? null : number });
  return ok(standing);
}

/** Writes down what was spoken: by its author, or by who helps in the room or leads it. */
export async function writeDown(
  tx: Tx,
  _who: RoomPhone | Facilitator,
  session: string,
  { statement, text }: { readonly statement: string; readonly text: string },
): Promise<Result<null, SayingReason>> {
  const { rows } = await sql<{
    done: boolean;
  }>`select core.write_down(${statement}::uuid, ${text}) as done`.execute(tx);
  if (!rows[0]?.done) return refused('already');
  await tellRoom(tx, session, 'statement', {});
  return ok(null);
}

/** Takes back what someone on this phone said: words and voice leave the room, and who said it still sees that they did. */
export async function withdraw(
  tx: Tx,
  _phone: RoomPhone,
  session: string,
  statement: string,
): Promise<Result<null, SayingReason>> {
  const { rows } = await sql<{
    done: boolean;
  }>`select core.withdraw_statement(${statement}::uuid) as done`.execute(tx);
  if (!rows[0]?.done) return refused('not_here');
  await tellRoom(tx, session, 'statement', {});
  return ok(null);
}

/**
 * Says a statement in another language, or better than it stood there. Whoever does it signs with how they are called in the room
 * when they wish; what was replaced is kept, so that nobody's words are lost.
 */
export async function render(
  tx: Tx,
  phone: RoomPhone,
  session: string,
  { who, statement, language, text, signs }: Rendering,
): Promise<Result<null, SayingReason>> {
  const person = await tx
    .selectFrom('core.participant')
    .select('called')
    .where('id', '=', who)
    .where('phone', '=', phone.id)
    .where('session', '=', session)
    .where('state', '=', 'in')
    .executeTakeFirst();
  const said = await tx
    .selectFrom('core.statement')
    .select(['language', 'text', 'standing'])
    .where('id', '=', statement)
    .where('session', '=', session)
    .executeTakeFirst();
  if (!person || said?.standing !== 'open' || said.text === '') return refused('not_here');
  // What someone said in their own language stands as they said it.
  if (said.language === language) return refused('no_language');
  await putInPlace(tx, { statement, language, text, signed: signs ? person.called : null, how: 'person' });
  await tellRoom(tx, session, 'rendering', { language });
  return ok(null);
}

interface NewRendering {
  readonly statement: string;
  readonly language: string;
  readonly text: string;
  readonly signed: string | null;
  readonly how: 'person' | 'machine';
}

/** Two who render at the same moment come one after the other; the later one stands. */
async function putInPlace(tx: Tx, rendering: NewRendering): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${rendering.statement} ${rendering.language}`}, 0))`.execute(
    tx,
  );
  await tx
    .updateTable('core.statement_rendering')
    .set({ standing: 'replaced' })
    .where('statement', '=', rendering.statement)
    .where('language', '=', rendering.language)
    .where('standing', '=', 'stands')
    .execute();
  await tx.insertInto('core.statement_rendering').values(rendering).execute();
}
