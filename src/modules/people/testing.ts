import { withViewer } from '#platform/db.server.ts';
import { operator, type Viewer } from '#platform/viewer.ts';
import { daysLater, today } from '#platform/clock.ts';
import type { Role, Scope } from './model.ts';

/** What a made person is trusted with; everywhere when no scope is named. */
export interface Trust {
  readonly role: Role;
  readonly scope?: Scope;
}

const everywhere: Scope = { kind: 'all', id: '' };

/**
 * A person in the database of this test, seen as the viewer of a session: `aPerson('Samira', [{ role: 'verifier', scope:
 * { kind: 'province', id: 'gelderland' } }])`. Staff gave their second factor unless `sure` is false.
 */
export async function aPerson(called: string, trust: readonly Trust[] = [], sure = true): Promise<Viewer> {
  return withViewer(operator, async (tx) => {
    const { id } = await tx
      .insertInto('core.person')
      .values({ called, came_by: 'mail' })
      .returning('id')
      .executeTakeFirstOrThrow();
    const until = daysLater(today(), 300);
    for (const { role, scope = everywhere } of trust)
      await tx
        .insertInto('core.role_grant')
        .values({
          person_id: id,
          role,
          scope_kind: scope.kind,
          scope_id: scope.id,
          until_day: until,
          reason: 'for a test',
        })
        .execute();
    const entrusted = trust.map(({ role, scope = everywhere }) => ({
      role,
      scopeKind: scope.kind,
      scopeId: scope.id,
    }));
    return { kind: 'person', id, entrusted, sure };
  });
}

/** Someone who belongs to the initiative with this key. */
export const aMember = (called: string, initiative: string) =>
  aPerson(called, [{ role: 'member', scope: { kind: 'initiative', id: initiative } }]);
