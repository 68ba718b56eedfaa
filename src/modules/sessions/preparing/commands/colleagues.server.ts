import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { Facilitator } from '../../access.ts';
import '../../tables.ts';
import { holdSession } from '../queries.server.ts';

/** Lets another facilitator lead this session too. */
export async function askColleague(
  tx: Tx,
  _facilitator: Facilitator,
  session: string,
  person: string,
): Promise<Result<null, 'not_yours' | 'no_facilitator'>> {
  if (!(await holdSession(tx, session))) return refused('not_yours');
  const { rows } = await sql`select from core.fellow_facilitators() f where f.id::text = ${person}`.execute(
    tx,
  );
  if (rows.length === 0) return refused('no_facilitator');
  await tx
    .insertInto('core.session_facilitator')
    .values({ session, person })
    .onConflict((already) => already.doNothing())
    .execute();
  return ok(null);
}

/** Lets someone lead this session no longer; the last one stays. */
export async function partFromColleague(
  tx: Tx,
  _facilitator: Facilitator,
  session: string,
  person: string,
): Promise<Result<null, 'not_yours' | 'last_one'>> {
  if (!(await holdSession(tx, session))) return refused('not_yours');
  const leading = await tx
    .selectFrom('core.session_facilitator')
    .select('person')
    .where('session', '=', session)
    .execute();
  if (leading.length < 2) return refused('last_one');
  await tx
    .deleteFrom('core.session_facilitator')
    .where('session', '=', session)
    .where('person', '=', person)
    .execute();
  return ok(null);
}
