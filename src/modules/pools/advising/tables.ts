import type { Generated } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { AdviceState, SaidOfWhole } from './model.ts';

declare module '#platform/db.server.ts' {
  interface Database {
    'core.advice': {
      consultation: string;
      state: Generated<AdviceState>;
      round: Generated<number>;
      until_day: Day | null;
      agreed_on: Day | null;
      keeper_signed: string | null;
      expert_signed: string | null;
      handed_on: Day | null;
      words: string | null;
      hash: Buffer | null;
      taken_back_on: Day | null;
      told_on: Day | null;
      reminded_on: Day | null;
    };
    'core.advice_point': {
      id: Generated<string>;
      consultation: string;
      number: number;
      language: string;
      text: string;
    };
    'core.advice_voice': {
      id: Generated<string>;
      point: string;
      kind: 'own' | 'statement' | 'quote';
      expert: string | null;
      language: string | null;
      text: string | null;
      statement: string | null;
      quote: string | null;
    };
    'core.advice_dissent': { point: string; expert: string; language: string; text: string };
    'core.advice_word': {
      consultation: string;
      round: number;
      expert: string;
      said: SaidOfWhole;
      language: string | null;
      text: string | null;
      day: Day;
    };
  }
}
