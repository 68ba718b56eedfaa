import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { isKey } from '#platform/ids.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { SessionKind, SessionState, Words } from '../model.ts';
import '../tables.ts';
import type { OwnMethod, PlannedStep, PreparedSession, StandingStep } from './model.ts';

/** A session in the list of who leads it. */
export interface ListedSession {
  readonly id: string;
  readonly title: Words;
  readonly language: string;
  readonly kind: SessionKind;
  readonly state: SessionState;
  readonly startsAt: Date | null;
}

/** The sessions someone leads: what comes first, then what was held, the newest first. */
export async function sessionsLed(tx: Tx, viewer: Viewer): Promise<ListedSession[]> {
  const { rows } = await sql<ListedSession>`
    select s.id, s.title, s.language, s.kind, s.state, s.starts_at as "startsAt"
    from core.session s join core.session_facilitator f on f.session = s.id and f.person = ${viewer.id}
    order by s.state in ('closed','shared','called-off'), case when s.state in ('closed','shared','called-off') then null else s.starts_at end nulls last, s.made_at desc
    limit 200`.execute(tx);
  return rows;
}

/** A session with its steps as who leads it works on it; null when they do not lead it. */
export async function preparedSession(tx: Tx, id: string): Promise<PreparedSession | null> {
  if (!isKey(id)) return null;
  const { rows } = await sql<Omit<PreparedSession, 'steps' | 'facilitators'>>`
    select s.id, s.slug, s.code, s.kind, s.title, s.purpose, s.language, s.themes, s.place, m.name as municipality,
      to_char(s.starts_at at time zone 'Europe/Amsterdam', 'YYYY-MM-DD') as day, to_char(s.starts_at at time zone 'Europe/Amsterdam', 'HH24:MI') as time,
      s.starts_at as "startsAt", s.minutes, s.door, s.announced, s.state, s.step,
      array(select o.name from core.session_organiser o where o.session = s.id order by o.place) as organisers
    from core.session s left join pub.municipality m on m.code = s.municipality
    where s.id = ${id} and core.facilitates(s.id) and s.origin = 'room'`.execute(tx);
  const [session] = rows;
  if (!session) return null;
  const facilitators = await sql<PreparedSession['facilitators'][number]>`
    select f.person as id, p.called from core.session_facilitator f left join core.fellow_facilitators() p on p.id = f.person
    where f.session = ${id} order by f.since, f.person`.execute(tx);
  return { ...session, steps: await stepsOf(tx, id), facilitators: facilitators.rows };
}

/** The steps of a session in order, as far as who asks may see them. */
export async function stepsOf(tx: Tx, session: string): Promise<StandingStep[]> {
  const rows = await tx
    .selectFrom('core.session_step')
    .select(['position', 'kind', 'from_house', 'purpose', 'prompt', 'sides', 'minutes', 'state', 'ends_at'])
    .where('session', '=', session)
    .orderBy('position')
    .execute();
  return rows.map(({ from_house, ends_at, ...step }) => ({
    ...step,
    fromHouse: from_house,
    endsAt: ends_at,
  }));
}

/** The session someone leads, held until the end of this transaction so that two deeds wait for each other (and votes for neither); null when they do not lead it. */
export async function holdSession(
  tx: Tx,
  id: string,
): Promise<{
  id: string;
  state: SessionState;
  step: number | null;
  language: string;
  door: 'open' | 'admission';
} | null> {
  if (!isKey(id)) return null;
  const row = await tx
    .selectFrom('core.session')
    .select(['id', 'state', 'step', 'language', 'door'])
    .where('id', '=', id)
    .where('origin', '=', 'room')
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row ?? null;
}

/** Other facilitators who can be asked to lead this session too. */
export async function colleaguesFor(
  tx: Tx,
  session: string,
): Promise<{ id: string; called: string | null }[]> {
  const { rows } = await sql<{ id: string; called: string | null }>`
    select p.id, p.called from core.fellow_facilitators() p
    where not exists (select from core.session_facilitator f where f.session = ${session} and f.person = p.id)
    order by p.called nulls last, p.id limit 200`.execute(tx);
  return rows;
}

/** The own methods that are offered to facilitators, those of who asks first. */
export async function offeredMethods(tx: Tx, viewer: Viewer): Promise<OwnMethod[]> {
  const rows = await tx
    .selectFrom('core.method')
    .select(['id', 'title', 'language', 'came_from as cameFrom', 'steps', 'made_by'])
    .where('ended_on', 'is', null)
    .orderBy('title')
    .limit(100)
    .execute();
  return rows
    .map(({ made_by, steps, ...method }) => ({
      ...method,
      steps: steps as readonly PlannedStep[],
      isMine: made_by === viewer.id,
    }))
    .sort((one, other) => Number(other.isMine) - Number(one.isMine));
}

/** Whether a session is a meeting for an advice that is not handed over yet, for who leads it; then nothing of it comes in the street. */
export async function meetsQuietly(tx: Tx, session: string): Promise<boolean> {
  const { rows } = await sql<{
    quiet: boolean;
  }>`select core.meets_quietly(${session}::uuid) as quiet`.execute(tx);
  return rows[0]?.quiet ?? false;
}
