import type { Generated } from 'kysely';
import type { Day } from '#platform/clock.ts';

interface SelfViewTable {
  id: Generated<string>;
  initiative_id: string;
  language: string;
  brings: Generated<string>;
  loses: Generated<string>;
  written_on: Generated<Day>;
}

interface SelfViewNeedTable {
  self_view: string;
  position: number;
  of_initiative: string | null;
  of_whom: string;
  what: string;
}

declare module '#platform/db.server.ts' {
  interface Database {
    'core.self_view': SelfViewTable;
    'core.self_view_need': SelfViewNeedTable;
  }
}
