import type { Generated } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { Role, ScopeKind } from './model.ts';

declare module '#platform/db.server.ts' {
  interface Database {
    'core.person': {
      id: Generated<string>;
      called: string | null;
      language: string | null;
      came_by: 'mail' | 'card';
      made_at: Generated<Date>;
      made_by: string | null;
      left_on: Day | null;
    };
    'core.role_grant': {
      id: Generated<string>;
      person_id: string;
      role: Role;
      scope_kind: ScopeKind;
      scope_id: Generated<string>;
      from_day: Generated<Day>;
      until_day: Day;
      granted_by: string | null;
      reason: string;
      ended_on: Day | null;
      ended_by: string | null;
      ended_reason: string | null;
      granted_at: Generated<Date>;
    };
    'core.grant_look': { grant_id: string; looked_on: Generated<Day>; looked_by: string | null };
    'core.glass': {
      id: Generated<string>;
      initiative_id: string;
      asked_by: string;
      reason: string;
      asked_at: Generated<Date>;
      hours: number;
      agreed_by: string | null;
      agreed_at: Date | null;
      open_until: Date | null;
      told_at: Date | null;
    };
  }
}
