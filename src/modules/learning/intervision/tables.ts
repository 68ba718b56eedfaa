import type { Generated } from 'kysely';
import type { Day } from '#platform/clock.ts';

interface CircleTable {
  id: string;
  word_hash: Buffer;
  news: Generated<number>;
  until: Date;
  sealed: Buffer;
}

interface KeptNotesTable {
  id: Generated<string>;
  person_id: string;
  language: string;
  words: string;
  kept_on: Generated<Day>;
}

declare module '#platform/db.server.ts' {
  interface Database {
    'core.circle': CircleTable;
    'core.kept_notes': KeptNotesTable;
  }
}
