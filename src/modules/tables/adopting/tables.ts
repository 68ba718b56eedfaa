import type { Generated } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { LyingState, Side } from './model.ts';

interface TableWordTable {
  id: Generated<string>;
  table_id: string;
  version: string;
  brought_on: Generated<Day>;
  meeting: string | null;
  state: Generated<LyingState>;
  ended_on: Day | null;
  why: string | null;
  language: string | null;
  adoption: string | null;
}

interface WordSignatureTable {
  lies: string;
  seat: string;
  side: Side;
  told_by: 'holder' | 'keeper';
  signed_by: string | null;
  signed_on: Generated<Day>;
}

declare module '#platform/db.server.ts' {
  interface Database {
    'core.table_word': TableWordTable;
    'core.word_signature': WordSignatureTable;
  }
}
