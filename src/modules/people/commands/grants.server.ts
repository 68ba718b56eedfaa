import { sql } from 'kysely';
import { daysLater, today, type Day } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { Giver, Oneself, Steward } from '../access.ts';
import { latestEnd, refusalOf, type GrantRefusal, type GrantWish, type ScopeKind } from '../model.ts';

/**
 * Entrusts what was wished to someone, at most for a year. What stands already for as long is left as it is. Refuses what
 * someone would give to themselves; the walls refuse it too.
 */
export async function giveGrant(
  tx: Tx,
  giver: Giver,
  person: string,
  { until, reason }: Pick<GrantWish, 'until' | 'reason'>,
): Promise<Result<null, GrantRefusal>> {
  const { role, scope } = giver;
  const refusal = refusalOf({ person, role, scope, from: today(), until, grantedBy: giver.person });
  if (refusal) return refused(refusal);
  if (await stands(tx, person, giver, until)) return ok(null);
  await tx
    .insertInto('core.role_grant')
    .values({
      person_id: person,
      role,
      scope_kind: scope.kind,
      scope_id: scope.id,
      from_day: today(),
      until_day: until,
      granted_by: giver.person,
      reason,
      ended_on: null,
      ended_by: null,
      ended_reason: null,
    })
    .execute();
  return ok(null);
}

async function stands(tx: Tx, person: string, { role, scope }: Giver, until: Day): Promise<boolean> {
  const found = await tx
    .selectFrom('core.role_grant')
    .select('id')
    .where('person_id', '=', person)
    .where('role', '=', role)
    .where('scope_kind', '=', scope.kind)
    .where('scope_id', '=', scope.id)
    .where('ended_on', 'is', null)
    .where('until_day', '>=', until)
    .executeTakeFirst();
  return found !== undefined;
}

/** Takes back what was entrusted, as a steward or because one does not want it any more; from now it does not stand. */
export async function endGrant(
  tx: Tx,
  ender: Oneself,
  grant: string,
  reason: string,
): Promise<Result<null, 'grant_unknown'>> {
  const ended = await tx
    .updateTable('core.role_grant')
    .set({ ended_on: sql<Day>`core.today()`, ended_by: ender.person, ended_reason: reason })
    .where('id', '=', grant)
    .where('ended_on', 'is', null)
    .executeTakeFirst();
  return ended.numUpdatedRows > 0n ? ok(null) : refused('grant_unknown');
}

/** Gives what stands again for a year from today, and ends what stood. Nobody renews what is their own. */
export async function renewGrant(
  tx: Tx,
  steward: Steward,
  grant: string,
  reason: string,
): Promise<Result<null, GrantRefusal | 'grant_unknown'>> {
  const old = await tx
    .selectFrom('core.role_grant')
    .select(['person_id', 'role', 'scope_kind', 'scope_id'])
    .where('id', '=', grant)
    .where('ended_on', 'is', null)
    .executeTakeFirst();
  if (!old) return refused('grant_unknown');
  if (old.person_id === steward.person) return refused('grant_to_oneself');
  await endGrant(tx, steward, grant, reason);
  const scope = { kind: old.scope_kind as ScopeKind, id: old.scope_id };
  return giveGrant(tx, { person: steward.person, role: old.role, scope }, old.person_id, {
    until: daysLater(latestEnd(today()), -1),
    reason,
  });
}

/** Notes that a steward looked and found this grant still needed. */
export async function lookAtGrant(
  tx: Tx,
  steward: Steward,
  grant: string,
): Promise<Result<null, 'grant_unknown' | 'grant_to_oneself'>> {
  const found = await tx
    .selectFrom('core.role_grant')
    .select('person_id')
    .where('id', '=', grant)
    .where('ended_on', 'is', null)
    .executeTakeFirst();
  if (!found) return refused('grant_unknown');
  if (found.person_id === steward.person) return refused('grant_to_oneself');
  await tx
    .insertInto('core.grant_look')
    .values({ grant_id: grant, looked_by: steward.person })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return ok(null);
}
