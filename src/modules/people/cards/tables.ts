import type { Generated } from 'kysely';
import type { Day } from '#platform/clock.ts';

declare module '#platform/db.server.ts' {
  interface Database {
    'vault.card': {
      id: Generated<string>;
      person_id: string;
      code_hash: Buffer;
      language: string;
      made_on: Generated<Day>;
      made_by: string | null;
      until_day: Day;
      last_used_on: Day | null;
      ended_on: Day | null;
      ended_by: string | null;
    };
  }
}
