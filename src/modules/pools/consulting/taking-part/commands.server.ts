import { sql } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import type { MessageKey } from '#platform/i18n/keys.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { PoolKeeper } from '../../access.ts';
import type { Party } from '../access.ts';
import type { HowWorkGoes, NewAssignment } from '../input.ts';
import { consultations, myPart, sessionsToLink, takingPart } from '../queries.server.ts';
import '../tables.ts';

const notThere = () => refused('consulting.refused.not-there' as const);

async function isGuided(tx: Tx, consultation: string): Promise<boolean> {
  const [found] = await consultations(tx, consultation);
  return found?.side === 'keeper' && found.state === 'underway';
}

/** Lets an expert of the pool take part, without a name in the advice until they choose one themselves. */
export async function letTakePart(
  tx: Tx,
  _keeper: PoolKeeper,
  { consultation, expert }: { consultation: string; expert: string },
  on: Day,
): Promise<Result<null, MessageKey>> {
  if (!(await isGuided(tx, consultation))) return notThere();
  const found = (await takingPart(tx, consultation)).find((each) => each.expert === expert);
  if (!found) return notThere();
  if (found.takesPart) return ok(null);
  const { rows } = await sql<{ draft: boolean }>`
    select core.advice_state(${consultation}::uuid) = 'draft' as draft`.execute(tx);
  if (!rows[0]?.draft) return refused('consulting.refused.draft-only');
  await tx
    .insertInto('core.consultation_expert')
    .values({ consultation, expert, called: null, since: on, left_on: null, taken_back_on: null })
    .execute();
  return ok(null);
}

/** An expert chooses how they are called in this advice; null is without a name. Not once it is agreed. */
export async function callOneself(
  tx: Tx,
  _party: Party,
  { consultation, called }: { consultation: string; called: string | null },
): Promise<Result<null, MessageKey>> {
  const mine = await myPart(tx, consultation);
  if (!mine) return notThere();
  const named = await tx
    .updateTable('core.consultation_expert')
    .set({ called })
    .where('id', '=', mine.id)
    .executeTakeFirst();
  return named.numUpdatedRows === 1n ? ok(null) : refused('consulting.refused.not-now');
}

/** Makes a session that one leads a meeting of the consultation. */
export async function linkMeeting(
  tx: Tx,
  _keeper: PoolKeeper,
  { consultation, session }: { consultation: string; session: string },
): Promise<Result<null, MessageKey>> {
  if (!(await isGuided(tx, consultation))) return notThere();
  if (!(await sessionsToLink(tx, consultation)).some(({ id }) => id === session)) return notThere();
  await sql`insert into core.consultation_meeting (consultation, session, number)
    select ${consultation}, ${session}, coalesce(max(m.number), 0) + 1 from core.consultation_meeting m where m.consultation = ${consultation}`.execute(
    tx,
  );
  return ok(null);
}

/** Asks an expert who takes part to do something between two meetings. */
export async function giveAssignment(
  tx: Tx,
  _keeper: PoolKeeper,
  consultation: string,
  { expert, what, hours, byDay }: NewAssignment,
  on: Day,
): Promise<Result<null, MessageKey>> {
  if (!(await isGuided(tx, consultation))) return notThere();
  const takes = (await takingPart(tx, consultation)).some(
    (each) => each.takesPart === expert && !each.leftOn,
  );
  if (!takes) return refused('consulting.refused.expert', { field: 'expert' });
  await tx
    .insertInto('core.consultation_assignment')
    .values({ consultation, expert, what, hours, by_day: byDay, outcome: null, telling: null, made_on: on })
    .execute();
  return ok(null);
}

/** An expert says how their assignment goes. A telling is linked only when its teller allows quoting it in reports. */
export async function tellAssignment(
  tx: Tx,
  _party: Party,
  { assignment, state, outcome, telling }: HowWorkGoes,
): Promise<Result<null, MessageKey>> {
  const { rows } = await sql<{ id: string }>`
    select t.id from core.telling t where t.slug = ${telling} and core.reads(t.id) is not null and core.allows(t.id, 'quote-report')`.execute(
    tx,
  );
  if (telling !== null && !rows[0]) return refused('consulting.refused.telling', { field: 'telling' });
  const told = await tx
    .updateTable('core.consultation_assignment')
    .set({ state, outcome, telling: rows[0]?.id ?? null })
    .where('id', '=', assignment)
    .executeTakeFirst();
  return told.numUpdatedRows === 1n ? ok(null) : notThere();
}
