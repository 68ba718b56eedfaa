import type { Generated } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { AnswerToPoint, Judgement } from './model.ts';

declare module '#platform/db.server.ts' {
  interface Database {
    'core.advice_answer': {
      id: Generated<string>;
      point: string;
      said: AnswerToPoint;
      language: string;
      text: string;
      until_day: Day | null;
      day: Day;
    };
    'core.advice_judgement': {
      consultation: string;
      expert: string;
      said: Judgement;
      language: string | null;
      text: string | null;
      day: Day;
    };
  }
}
