import type { Generated } from 'kysely';

interface MinutesTable {
  session: string;
  body: unknown;
  drafted_at: Generated<Date>;
  share_from: Date | null;
  changed_at: Generated<Date>;
}

interface MinutesRemarkTable {
  id: Generated<string>;
  session: string;
  section: string;
  language: string;
  text: string;
  standing: Generated<'asked' | 'taken' | 'beside'>;
  answer: string | null;
  made_at: Generated<Date>;
}

declare module '#platform/db.server.ts' {
  interface Database {
    'core.minutes': MinutesTable;
    'core.minutes_remark': MinutesRemarkTable;
  }
}
