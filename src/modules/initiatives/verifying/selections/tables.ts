import type { Generated } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { Region } from '../../asking/model.ts';

declare module '#platform/db.server.ts' {
  interface Database {
    'core.selection': {
      id: Generated<string>;
      key: string;
      name: string;
      about: string | null;
      kept_by: string;
      scope_kind: Region['kind'];
      scope_id: string;
      made_by: string | null;
      made_on: Generated<Day>;
      ended_on: Day | null;
    };
    'core.selection_entry': {
      selection_id: string;
      initiative_id: string;
      cleared_on: Generated<Day>;
      cleared_by: string | null;
    };
    'pub.selection': {
      key: string;
      name: string;
      about: string | null;
      kept_by: string;
      scope_kind: Region['kind'];
      scope_id: string;
      made_on: Day;
    };
    'pub.selection_entry': { selection_key: string; initiative_id: string; cleared_on: Day };
  }
}
