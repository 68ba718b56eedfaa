import type { Generated } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { Adoption, ProposalKind, Register, WordStatus } from './model.ts';

interface WordTable {
  id: Generated<string>;
  slug: string;
  origin: Generated<'sources' | 'house'>;
  came_on: Generated<Day>;
}

interface VersionTable {
  id: Generated<string>;
  word: string;
  register: Register;
  language: string;
  term: string;
  also: Generated<string[]>;
  meaning: string | null;
  says: string | null;
  example: string | null;
  example_from: 'own-words' | 'source' | null;
  example_source: string | null;
  hides: Generated<Record<string, string>>;
  since_day: Day | null;
  until_day: Day | null;
  sources: Generated<string[]>;
  status: Generated<WordStatus>;
  called: string | null;
  opened_at: Generated<Date>;
}

interface DisputeTable {
  id: Generated<string>;
  version: string;
  language: string;
  text: string;
  called: string | null;
  said_on: Day;
}

interface AdoptionTable {
  id: Generated<string>;
  version: string;
  by_name: string | null;
  by_slug: string | null;
  on_day: Day;
}

interface ProposalTable {
  id: Generated<string>;
  kind: ProposalKind;
  word: string | null;
  disputes: string | null;
  language: string;
  term: string | null;
  meaning: string | null;
  says: string | null;
  example: string | null;
  why: string | null;
  called: string | null;
  when_leaving: Generated<'stays' | 'goes'>;
  person_id: string | null;
  proposed_on: Generated<Day>;
  state: Generated<'waiting' | 'open' | 'declined'>;
  looked_by: string | null;
  looked_on: Day | null;
  looked_why: string | null;
  version: string | null;
  dispute: string | null;
}

interface OpenDispute {
  id: string;
  language: string;
  text: string;
  called: string | null;
  said_on: Day;
}

declare module '#platform/db.server.ts' {
  interface Database {
    'core.word': WordTable;
    'core.word_version': VersionTable;
    'core.word_dispute': DisputeTable;
    'core.word_adoption': AdoptionTable;
    'core.word_proposal': ProposalTable;
    'pub.word': WordTable;
    'pub.word_version': VersionTable & { disputes: OpenDispute[]; adoptions: Adoption[] };
  }
}
