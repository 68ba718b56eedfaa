import { sql } from 'kysely';
import type { Day } from '#platform/clock.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { Facilitator, RoomPhone } from '../../sessions/access.ts';
import { tellRoom } from '../../sessions/live/commands.server.ts';
import { mostBytesSpoken, mostSecondsSpoken } from '../../sessions/saying/model.ts';
import '../../sessions/tables.ts';
import { madeAnew } from '../../stories/media/anew/workshop.server.ts';
import '../tables.ts';
import type { AskedCarrier, SaidPromise } from './model.ts';

interface InRoom {
  readonly session: string;
  /** Who on the phone writes it down. */
  readonly who: string;
  readonly language: string;
  readonly on: Day;
}

/** Reasons for which a spoken promise is not taken. */
type SpokenReason = 'not_now' | 'too_many' | 'not_there' | 'voice';

/**
 * Writes down a promise that was spoken. The voice is made anew before any connection to the database waits for it, and is kept until who
 * carries the promise has written it down; `once` lets the deed be done once, however often it is sent.
 */
export async function speakPromise(
  phone: RoomPhone,
  here: InRoom,
  { said, file }: { readonly said: SaidPromise; readonly file: File },
  once: (tx: Tx, deed: () => Promise<Result<string, SpokenReason>>) => Promise<Result<string, SpokenReason>>,
): Promise<Result<string, SpokenReason>> {
  const made = await madeAnew('voice', new Uint8Array(await file.arrayBuffer()));
  if (!made.ok || made.value.bytes.length > mostBytesSpoken || made.value.seconds > mostSecondsSpoken + 2)
    return refused('voice');
  const { type, bytes, seconds } = made.value;
  return withViewer(phone, (tx) =>
    once(tx, async () => {
      const answer = await makePromise(
        tx,
        phone,
        here,
        said,
        said.what === '' ? { type, bytes, seconds } : null,
      );
      return answer.ok ? ok(answer.value.promise) : answer;
    }),
  );
}

interface Voice {
  readonly type: string;
  readonly bytes: Buffer;
  readonly seconds: number;
}

/** Writes a promise down in the room, with whom to ask to carry it. Only in the step of promises, by someone who is in. */
export async function makePromise(
  tx: Tx,
  phone: RoomPhone,
  { session, who, language, on }: InRoom,
  said: SaidPromise,
  voice: Voice | null = null,
): Promise<Result<{ readonly promise: string }, 'not_now' | 'too_many' | 'not_there'>> {
  const maker = await tx
    .selectFrom('core.participant')
    .innerJoin('core.session', 'core.session.id', 'core.participant.session')
    .leftJoin('core.session_step', (step) =>
      step
        .onRef('core.session_step.session', '=', 'core.session.id')
        .on('core.session_step.state', '=', 'open'),
    )
    .select(['core.session.state', 'core.session_step.kind'])
    .where('core.participant.id', '=', who)
    .where('core.participant.phone', '=', phone.id)
    .where('core.participant.state', '=', 'in')
    .where('core.session.id', '=', session)
    .executeTakeFirst();
  if (!maker) return refused('not_there');
  if (maker.state !== 'live' || maker.kind !== 'promises') return refused('not_now');
  const { rows } = await sql<{ many: number }>`select count(*)::integer as many from core.promise p
    where p.session = ${session} and core.made_promise(p.id) and p.state <> 'withdrawn'`.execute(tx);
  if ((rows[0]?.many ?? 0) >= mostOnPhone) return refused('too_many');
  const promise = crypto.randomUUID();
  await tx
    .insertInto('core.promise')
    .values({
      id: promise,
      session,
      what: said.what === '' ? {} : { [language]: said.what },
      language,
      who_kind: said.whoKind,
      to_whom: said.toWhom,
      by_day: said.byDay,
      issue: said.issue,
      made_on: on,
    })
    .execute();
  await tx.insertInto('core.promise_maker').values({ promise, participant: who }).execute();
  for (const statement of said.statements)
    await tx.insertInto('core.promise_statement').values({ promise, statement }).execute();
  if (voice)
    await tx
      .insertInto('core.promise_voice')
      .values({ promise, ...voice })
      .execute();
  await askFor(tx, promise, said.carrier, language);
  await tellRoom(tx, session, 'promise', { promise });
  return ok({ promise });
}

/** Enough for eight people on one phone; more than that is no promise any more. */
const mostOnPhone = 24;

async function askFor(
  tx: Tx,
  promise: string,
  { called, mail }: AskedCarrier,
  language: string,
): Promise<boolean> {
  const { rows } = await sql<{ asked: boolean }>`
    select core.ask_carrier(${promise}::uuid, ${called}, ${language}, ${mail}) as asked`.execute(tx);
  return rows[0]?.asked ?? false;
}

/** Asks one more to carry a promise: of one's own in the room, or any as who leads it. At most five carry one. */
export async function askOneMore(
  tx: Tx,
  _who: RoomPhone | Facilitator,
  { session, promise, language }: { session: string; promise: string; language: string },
  carrier: AskedCarrier,
): Promise<Result<null, 'too_many'>> {
  if (!(await askFor(tx, promise, carrier, language))) return refused('too_many');
  await tellRoom(tx, session, 'promise', { promise });
  return ok(null);
}

/** Takes back a promise that was written down on this phone, while the room is open; who made it still sees that it was there. */
export async function takeBack(
  tx: Tx,
  _who: RoomPhone | Facilitator,
  { session, promise }: { session: string; promise: string },
): Promise<Result<null, 'not_there'>> {
  const { rows } = await sql<{ taken: boolean }>`
    select core.take_promise_back(${promise}::uuid) as taken`.execute(tx);
  if (!rows[0]?.taken) return refused('not_there');
  await tellRoom(tx, session, 'promise', { promise });
  return ok(null);
}
