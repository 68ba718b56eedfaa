import type { Generated } from 'kysely';
import type { LetterWords } from './letter.ts';

declare module '../db.server.ts' {
  interface Database {
    'vault.letter': {
      id: Generated<string>;
      name: string;
      language: string;
      to_person: string | null;
      to_address: string | null;
      words: LetterWords | null;
      posted_at: Generated<Date>;
      until: Date;
      tries: Generated<number>;
      trouble: string | null;
      sent_at: Date | null;
      dropped_at: Date | null;
    };
  }
}
