import type { ColumnType, Generated } from 'kysely';
import type { Language } from '#platform/i18n/languages.ts';
import type { Wish } from './model.ts';

declare module '#platform/db.server.ts' {
  interface Database {
    'vault.follower': {
      id: Generated<string>;
      mail: string | null;
      person_id: string | null;
      home: string;
      told_at: Date | null;
      made_at: Generated<Date>;
    };
    'vault.following': {
      id: Generated<string>;
      follower_id: string;
      wish: ColumnType<Wish, string, never>;
      language: Language;
      asked_at: Generated<Date>;
      confirmed_at: Date | null;
      told_through: number | null;
    };
    'vault.follower_word': {
      word_hash: Buffer;
      follower_id: string;
      following_id: string | null;
      purpose: 'confirm' | 'stop';
      made_at: Generated<Date>;
      until: Date;
    };
  }
}
