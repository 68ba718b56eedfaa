import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { Operator } from '#platform/viewer.ts';
import type { Facilitator, RoomPhone } from '../access.ts';
import { tellRoom } from '../live/commands.server.ts';
import { afterDeed, hoursToCorrect } from '../model.ts';
import { meetsQuietly } from '../preparing/queries.server.ts';
import '../saying/tables.ts';
import '../tables.ts';
import {
  draftOf,
  mayShare,
  minutesLimits,
  withRemarks,
  type Minutes,
  type Remark,
  type SectionName,
} from './model.ts';
import './tables.ts';

/**
 * Writes the draft of the minutes of a session that was just closed, in the transaction of whoever leads it, or of the house for a room
 * nobody closed; a second time changes nothing. Those who were there have three days to correct it.
 */
export async function draftMinutes(
  tx: Tx,
  _who: Facilitator | Operator,
  session: string,
  now: Date,
): Promise<void> {
  const steps = await tx
    .selectFrom('core.session_step')
    .select(['kind', 'from_house', 'prompt'])
    .where('session', '=', session)
    .where('state', '<>', 'waiting')
    .orderBy('position')
    .execute();
  const { rows } = await sql<{ statements: number; harvest: number; issues: number; pictures: number }>`select
      (select count(*)::integer from core.statement x where x.session = ${session} and x.standing = 'open' and x.form = 'statement') as statements,
      (select count(*)::integer from core.statement x where x.session = ${session} and x.standing = 'open' and x.form in ('harvest','dilemma')) as harvest,
      (select count(*)::integer from core.issue i where i.session = ${session} and not i.ended) as issues,
      (select count(*)::integer from core.room_picture p where p.session = ${session}) as pictures`.execute(
    tx,
  );
  const counted = rows[0] ?? { statements: 0, harvest: 0, issues: 0, pictures: 0 };
  const course = steps.map(({ kind, from_house, prompt }) => ({ kind, fromHouse: from_house, prompt }));
  await tx
    .insertInto('core.minutes')
    .values({
      session,
      body: JSON.stringify(draftOf({ course, ...counted })),
      drafted_at: now,
      share_from: new Date(now.getTime() + hoursToCorrect * 3_600_000),
      changed_at: now,
    })
    .onConflict((same) => same.column('session').doNothing())
    .execute();
}

/** Takes a correction of someone who was there. Nothing says whose it is. */
export async function remark(
  tx: Tx,
  _phone: RoomPhone,
  said: {
    readonly session: string;
    readonly section: SectionName;
    readonly language: string;
    readonly text: string;
  },
): Promise<Result<null, 'remark-late' | 'remark-many' | 'remark-section'>> {
  const found = await tx
    .selectFrom('core.session as s')
    .innerJoin('core.minutes as m', 'm.session', 's.id')
    .select([
      'm.body',
      (count) =>
        count
          .selectFrom('core.minutes_remark as r')
          .select(({ fn }) => fn.countAll<number>().as('many'))
          .whereRef('r.session', '=', 's.id')
          .as('many'),
    ])
    .where('s.id', '=', said.session)
    .where('s.state', '=', 'closed')
    .executeTakeFirst();
  if (!found) return refused('remark-late');
  if (!(found.body as Minutes).sections.some(({ name }) => name === said.section))
    return refused('remark-section');
  if (Number(found.many) >= minutesLimits.remarks) return refused('remark-many');
  await tx.insertInto('core.minutes_remark').values(said).execute();
  await tellRoom(tx, said.session, 'minutes');
  return ok(null);
}

/** Takes a remark over or puts it beside the minutes, with an answer; it can be thought again until they are shared. */
export async function answerRemark(
  tx: Tx,
  _facilitator: Facilitator,
  {
    session,
    remark,
    standing,
    answer,
  }: {
    readonly session: string;
    readonly remark: string;
    readonly standing: 'taken' | 'beside';
    readonly answer: string | null;
  },
): Promise<Result<null, 'minutes-late'>> {
  if (!(await draftHeld(tx, session))) return refused('minutes-late');
  const changed = await tx
    .updateTable('core.minutes_remark')
    .set({ standing, answer })
    .where('id', '=', remark)
    .where('session', '=', session)
    .returning('id')
    .executeTakeFirst();
  if (!changed) return refused('minutes-late');
  await tellRoom(tx, session, 'minutes');
  return ok(null);
}

/** Writes words with a part of the minutes, in the language of who leads; no words takes them away. */
export async function writeSection(
  tx: Tx,
  _facilitator: Facilitator,
  {
    session,
    section,
    language,
    text,
    now,
  }: {
    readonly session: string;
    readonly section: SectionName;
    readonly language: string;
    readonly text: string;
    readonly now: Date;
  },
): Promise<Result<null, 'minutes-late'>> {
  const minutes = await draftHeld(tx, session);
  if (!minutes) return refused('minutes-late');
  const sections = minutes.sections.map((part) => {
    if (part.name !== section) return part;
    const { [language]: _before, ...others } = part.words;
    return { ...part, words: text === '' ? others : { ...others, [language]: text } };
  });
  await tx
    .updateTable('core.minutes')
    .set({ body: JSON.stringify({ ...minutes, sections }), changed_at: now })
    .where('session', '=', session)
    .execute();
  await tellRoom(tx, session, 'minutes');
  return ok(null);
}

/**
 * Makes the minutes public, with every remark in its place: taken over ones counted, the others beside, none dropped. `too-early` while
 * those who were there can still look and not everything is answered; `before-advice` while a pool met there for an advice that is not
 * handed over.
 */
export async function shareMinutes(
  tx: Tx,
  _facilitator: Facilitator,
  session: string,
  now: Date,
): Promise<Result<null, 'minutes-late' | 'too-early' | 'before-advice'>> {
  const minutes = await draftHeld(tx, session);
  if (!minutes) return refused('minutes-late');
  if (await meetsQuietly(tx, session)) return refused('before-advice');
  const remarks = (await tx
    .selectFrom('core.minutes_remark')
    .select(['id', 'section', 'language', 'text', 'standing', 'answer'])
    .where('session', '=', session)
    .orderBy('made_at')
    .execute()) as Remark[];
  const { share_from } = await tx
    .selectFrom('core.minutes')
    .select('share_from')
    .where('session', '=', session)
    .executeTakeFirstOrThrow();
  if (!mayShare({ shareFrom: share_from, remarks }, now)) return refused('too-early');
  const next = afterDeed('closed', 'share');
  if (!next.ok) return refused('minutes-late');
  await tx
    .updateTable('core.minutes')
    .set({ body: JSON.stringify(withRemarks(minutes, remarks)), changed_at: now })
    .where('session', '=', session)
    .execute();
  await tx
    .updateTable('core.session')
    .set({ state: next.value, shared_at: now })
    .where('id', '=', session)
    .execute();
  await sql`select core.lay_session_open(${session}::uuid)`.execute(tx);
  await tellRoom(tx, session, 'state');
  return ok(null);
}

/** The draft, held until this transaction ends, so that two who lead the session do not write over each other; null when it is none. */
async function draftHeld(tx: Tx, session: string): Promise<Minutes | null> {
  const held = await tx
    .selectFrom('core.session')
    .select('id')
    .where('id', '=', session)
    .where('state', '=', 'closed')
    .forUpdate()
    .executeTakeFirst();
  if (!held) return null;
  const found = await tx
    .selectFrom('core.minutes')
    .select('body')
    .where('session', '=', session)
    .executeTakeFirst();
  return (found?.body as Minutes | undefined) ?? null;
}
