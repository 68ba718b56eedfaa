import type { ColumnType, Generated } from 'kysely';
import type { Language } from '#platform/i18n/languages.ts';
import type { ToldMarks } from '../laying/model.ts';
import type { BringingStanding, Form, Mapping, Outcome } from './model.ts';

type Json<Value> = ColumnType<Value, string | undefined, string>;

declare module '#platform/db.server.ts' {
  interface Database {
    'core.outside_key': {
      source: string;
      key: string;
      initiative_id: string;
      mark: string;
      told: Json<ToldMarks>;
      brought_at: Generated<Date>;
    };
    'core.bringing': {
      id: Generated<string>;
      source: string;
      form: Form;
      file_name: string;
      brought_by: string | null;
      brought_at: Generated<Date>;
      language: Language;
      standing: Generated<BringingStanding>;
      sheet: string | null;
      mapping: Json<Mapping>;
      choices: Json<Readonly<Record<string, string>>>;
      rows: Generated<number>;
      done: Generated<number>;
      outcome: Json<Outcome>;
      changed_at: Generated<Date>;
    };
    'vault.brought_file': { bringing_id: string; bytes: Buffer };
  }
}
