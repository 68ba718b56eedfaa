import { sql } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { putOff } from '#platform/jobs/put-off.server.ts';
import type { Oneself } from '../access.ts';

/**
 * Lets someone leave: what was entrusted to them ends, and how they are called is forgotten, in this transaction; soon after it their
 * address, sessions, second factor, cards and waiting letters are gone too. What they did for others stays under a bare key.
 */
export async function leaveHouse(tx: Tx, { person }: Oneself): Promise<void> {
  const today = sql<Day>`core.today()`;
  await tx
    .updateTable('core.role_grant')
    .set({ ended_on: today, ended_by: person, ended_reason: 'weggegaan' })
    .where('person_id', '=', person)
    .where('ended_on', 'is', null)
    .execute();
  await tx
    .updateTable('core.person')
    .set({ called: null, language: null, left_on: today })
    .where('id', '=', person)
    .execute();
  await putOff(tx, 'forget-person', { person });
}
