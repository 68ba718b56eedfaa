import type { Generated, GeneratedAlways } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { Audience, NameForm, Use, Verdict, WayToSay } from './model.ts';

interface ConsentItemTable {
  id: Generated<string>;
  kind: 'telling' | 'own-words' | 'margin';
  teller: string;
  recorded_by: string | null;
  made_at: Generated<Date>;
  taken_back_at: Date | null;
}

interface ConsentTable {
  number: GeneratedAlways<number>;
  item: string;
  use: Use | 'all';
  verdict: Verdict;
  audience: Generated<Audience>;
  languages: string[] | null;
  name_form: Generated<NameForm>;
  with_image: Generated<boolean>;
  with_voice: Generated<boolean>;
  from_day: Generated<Day>;
  until_day: Day | null;
  seen_hash: Buffer | null;
  shown_in: string;
  how: WayToSay;
  said_by: string;
  at: GeneratedAlways<Date>;
  before: GeneratedAlways<Buffer>;
  seal: GeneratedAlways<Buffer>;
}

interface LineageTable {
  derivative: string;
  item: string;
  kind: string;
  use: Use;
  consent: number | null;
  made_at: Generated<Date>;
  ended_at: Date | null;
}

interface ReceiptTable {
  id: Generated<string>;
  item: string;
  kind: 'consent' | 'taken-back';
  upto: number;
  language: string;
  made_at: Generated<Date>;
  places: Generated<Record<string, number>>;
  done_at: Date | null;
}

interface TombstoneTable {
  kind: 'telling' | 'person';
  id_hash: Buffer;
  at: Generated<Date>;
  reason: 'taken-back' | 'left' | 'rights';
}

declare module '#platform/db.server.ts' {
  interface Database {
    'core.consent_item': ConsentItemTable;
    'core.consent': ConsentTable;
    'core.lineage': LineageTable;
    'core.receipt': ReceiptTable;
    'core.tombstone': TombstoneTable;
  }
}
