import type { Generated } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { AskState, ConnectionWish } from './model.ts';

interface ConnectionAskTable {
  id: Generated<string>;
  table_id: string;
  initiative: string;
  called: string;
  wish: ConnectionWish;
  language: string;
  words: string;
  reach: string | null;
  asked_on: Generated<Day>;
  state: Generated<AskState>;
  answered_on: Day | null;
  answer: string | null;
  answer_language: string | null;
  seat: string | null;
  promise: string | null;
}

declare module '#platform/db.server.ts' {
  interface Database {
    'core.connection_ask': ConnectionAskTable;
  }
}
