import type { ColumnType, Generated } from 'kysely';
import type { Precision } from '#modules/places/model.ts';
import type { Question, Typed } from './model.ts';

declare module '#platform/db.server.ts' {
  interface Database {
    'vault.draft': {
      id: string;
      word_hash: Buffer;
      typed: ColumnType<Typed, string, string>;
      language: string;
      person_id: string | null;
      saved_at: Generated<Date>;
      until: Generated<Date>;
    };
    'core.entry_change': {
      id: Generated<string>;
      initiative_id: string;
      field: Question | 'standing';
      was: ColumnType<unknown, string | null, never>;
      became: ColumnType<unknown, string | null, never>;
      said_by: 'own' | 'verifier';
      told_by: string | null;
      told_at: Generated<Date>;
    };
    'vault.proposed_place': {
      proposal_id: string;
      initiative_id: string;
      lat: number;
      lon: number;
      precision: Precision;
      town: string | null;
      municipality: string | null;
      province: string | null;
    };
  }
}
