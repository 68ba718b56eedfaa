import type { Generated } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { FollowMonths, HowItStands } from './model.ts';

declare module '#platform/db.server.ts' {
  interface Database {
    'core.advice_follow_up': {
      consultation: string;
      months: FollowMonths;
      due_on: Day;
      asked_on: Day | null;
    };
    'core.advice_news': {
      id: Generated<string>;
      consultation: string;
      months: FollowMonths;
      expert: string | null;
      said: HowItStands;
      language: string;
      text: string;
      day: Day;
    };
  }
}
