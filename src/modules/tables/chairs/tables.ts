import type { Generated } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { AbsenceEnd, AbsencePrecision } from './model.ts';

export interface OpenAbsenceTable {
  id: string;
  table_id: string;
  who: string;
  why: string;
  language: string;
  since: Day | null;
  since_precision: AbsencePrecision;
  named_on: Day;
  closed_on: Day | null;
  closed_how: AbsenceEnd | null;
  closed_words: string | null;
}

interface AbsenceTable extends Omit<OpenAbsenceTable, 'id' | 'named_on' | 'since_precision'> {
  id: Generated<string>;
  since_precision: Generated<AbsencePrecision>;
  named_on: Generated<Day>;
  openly: Generated<boolean>;
}

declare module '#platform/db.server.ts' {
  interface Database {
    'core.table_absence': AbsenceTable;
    'pub.table_absence': OpenAbsenceTable;
  }
}
