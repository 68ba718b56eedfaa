import type { ColumnType, Generated } from 'kysely';
import type { Reason } from './model.ts';

declare module '#platform/db.server.ts' {
  interface Database {
    'core.likeness': {
      id: Generated<string>;
      one: string;
      other: string;
      reasons: Reason[];
      score: number;
      found_at: Generated<Date>;
      standing: Generated<'open' | 'same' | 'not-the-same'>;
      decided_by: string | null;
      decided_at: Date | null;
      why: string | null;
    };
    'core.merger': {
      id: Generated<string>;
      kept: string;
      gone: string;
      why: string;
      merged_by: string | null;
      merged_at: Generated<Date>;
      undone_by: string | null;
      undone_at: Date | null;
    };
    'vault.merger_memory': {
      merger_id: string;
      before: ColumnType<Record<string, unknown>, string, string>;
      mark_after: string;
    };
    'vault.likeness_mark': { initiative_id: string; marks: number[] };
    'pub.likeness_mark': { initiative_id: string; marks: number[] };
  }
}
