import type { Generated } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { Assignment, ConsultationState } from './model.ts';

declare module '#platform/db.server.ts' {
  interface Database {
    'core.consultation': {
      id: Generated<string>;
      slug: string;
      pool: string;
      client_name: string;
      client_initiative: string | null;
      client_scope_kind: 'all' | 'province' | 'municipality' | null;
      client_scope_id: Generated<string>;
      title: string;
      question: string;
      may_change: string;
      language: string;
      deadline: Day;
      budget_cents: number;
      state: Generated<ConsultationState>;
      why: string | null;
      home: string;
      asked_by: string | null;
      asked_on: Day;
      decided_on: Day | null;
    };
    'core.consultation_client': {
      consultation: string;
      person: string;
      since: Day;
      left_on: Day | null;
    };
    'core.consultation_expert': {
      id: Generated<string>;
      consultation: string;
      expert: string;
      called: string | null;
      since: Day;
      left_on: Day | null;
      taken_back_on: Day | null;
    };
    'core.consultation_meeting': { consultation: string; session: string; number: number };
    'core.consultation_assignment': {
      id: Generated<string>;
      consultation: string;
      expert: string;
      what: string;
      hours: number;
      by_day: Day;
      state: Generated<Assignment['state']>;
      outcome: string | null;
      telling: string | null;
      made_on: Day;
    };
  }
}
