import { sql } from 'kysely';
import { randomBytes } from 'node:crypto';
import { withViewer } from '#platform/db.server.ts';
import { operator, type Viewer } from '#platform/viewer.ts';
import './ballots/tables.ts';
import { ballotOf, phoneFingerprint, phoneWith } from './joining/queries.server.ts';
import './minutes/tables.ts';
import { codeLength, codeSigns, type Attendance, type SessionState, type StepKind } from './model.ts';
import './saying/tables.ts';
import './tables.ts';

interface Made {
  readonly facilitator: Viewer;
  readonly title?: string;
  readonly state?: SessionState;
  readonly door?: 'open' | 'admission';
  /** The first is open when the session is live. */
  readonly steps?: readonly StepKind[];
  readonly smallest?: number;
}

/** A code nobody else has. */
export const aCode = (): string =>
  [...randomBytes(codeLength)].map((byte) => codeSigns[byte % codeSigns.length]).join('');

/** A session in the database of this test: `aSession({ facilitator, state: 'live', steps: ['statements', 'vote'] })`. */
export async function aSession(made: Made): Promise<{ id: string; slug: string; code: string }> {
  const code = aCode();
  const slug = `sessie-${code.toLowerCase()}`;
  const state = made.state ?? 'live';
  const begun = !['preparing', 'lobby', 'called-off'].includes(state);
  const steps = made.steps ?? ['statements', 'vote', 'promises'];
  return withViewer(operator, async (tx) => {
    const { id } = await tx
      .insertInto('core.session')
      .values({
        slug,
        code,
        kind: 'make-session',
        title: { nl: made.title ?? 'Maaksessie Werk' },
        language: 'nl',
        state,
        door: made.door ?? 'open',
        smallest: made.smallest ?? 5,
        made_by: made.facilitator.id,
        step: begun ? 1 : null,
        began_at: begun ? new Date() : null,
        closed_at: state === 'closed' || state === 'shared' ? new Date() : null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await tx
      .insertInto('core.session_facilitator')
      .values({ session: id, person: made.facilitator.id ?? '' })
      .execute();
    await tx
      .insertInto('core.session_step')
      .values(
        steps.map((kind, at) => ({
          session: id,
          position: at + 1,
          kind,
          prompt: { nl: 'Wat weet je?' },
          minutes: 10,
          state: begun && at === 0 ? ('open' as const) : ('waiting' as const),
        })),
      )
      .execute();
    return { id, slug, code };
  });
}

/** A phone in a room with one person on it, who is let in: its viewer, the person, and the viewer of their ballot. */
export async function aPhone(
  session: string,
  who: { readonly called?: string; readonly role?: Attendance; readonly language?: string } = {},
): Promise<{ viewer: Viewer; participant: string; ballot: Viewer; word: string }> {
  const word = randomBytes(32).toString('base64url');
  const participant = await withViewer(operator, async (tx) => {
    const phone = await tx
      .insertInto('core.room_phone')
      .values({ session, word_hash: phoneFingerprint(session, word), language: who.language ?? 'nl' })
      .returning('id')
      .executeTakeFirstOrThrow();
    const { id } = await tx
      .insertInto('core.participant')
      .values({ session, phone: phone.id, called: who.called ?? null, role: who.role ?? null, state: 'in' })
      .returning('id')
      .executeTakeFirstOrThrow();
    return id;
  });
  const viewer = await phoneWith(session, word);
  if (!viewer) throw new Error('The phone is not found back by its word.');
  return { viewer, participant, ballot: ballotOf(session, participant, word), word };
}

/** A statement in a room, number by number, said by nobody in particular. */
export async function aStatement(session: string, text: string, language = 'nl'): Promise<string> {
  return withViewer(operator, async (tx) => {
    const { last } = await tx
      .selectFrom('core.statement')
      .select(({ fn }) => fn.coalesce(fn.max('number'), fn.count<number>('id')).as('last'))
      .where('session', '=', session)
      .executeTakeFirstOrThrow();
    const { id } = await tx
      .insertInto('core.statement')
      .values({ session, number: Number(last) + 1, step: 1, form: 'statement', language, text })
      .returning('id')
      .executeTakeFirstOrThrow();
    return id;
  });
}

/** Casts a vote of 1, 0 or -1 as this ballot; whether the room took it. */
export const cast = (viewer: Viewer, session: string, statement: string, vote: number, seq = 1) =>
  withViewer(viewer, async (tx) => {
    const { rows } = await sql<{ taken: boolean[] }>`select core.cast_votes(
      ${[session]}::uuid[], ${[statement]}::uuid[], ${[vote]}::smallint[], ${[seq]}::bigint[]) as taken`.execute(
      tx,
    );
    return rows[0]?.taken[0];
  });
