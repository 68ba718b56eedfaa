import type { Generated } from 'kysely';
import type { MatterKind } from './model.ts';

declare module '#platform/db.server.ts' {
  interface Database {
    'core.assignment': {
      matter: MatterKind;
      subject: string;
      initiative_id: string;
      person_id: string;
      given_by: string | null;
      given_at: Generated<Date>;
    };
    'core.desk_filter': { id: Generated<string>; person_id: string; name: string; asked: string };
    'core.proposal_told': { proposal_id: string; told_at: Generated<Date> };
  }
}
