import type { Generated } from 'kysely';

declare module '#platform/db.server.ts' {
  interface Database {
    'core.rendering_remark': {
      id: Generated<string>;
      rendering: string;
      said_by: string;
      by_teller: boolean;
      is_right: boolean;
      words: string | null;
      said_at: Generated<Date>;
    };
  }
}
