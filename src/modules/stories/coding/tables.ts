import type { Generated, GeneratedAlways } from 'kysely';
import type { Day } from '#platform/clock.ts';

interface CodeTable {
  id: Generated<string>;
  codebook: string;
  guid: Generated<string>;
  parent: string | null;
  name: string;
  definition: Generated<string>;
  is_codable: Generated<boolean>;
  colour: string | null;
  place: Generated<number>;
}

interface CodedPassageTable {
  id: Generated<string>;
  codebook: string;
  code: string;
  telling: string;
  version: number;
  block: string;
  block_hash: GeneratedAlways<Buffer>;
  start_at: number;
  end_at: number;
  coder: string;
  brought_as: string | null;
  made_at: Generated<Date>;
}

interface MemoTable {
  id: Generated<string>;
  codebook: string;
  code: string | null;
  passage: string | null;
  telling: string | null;
  text: string;
  author: string;
  made_at: Generated<Date>;
}

declare module '#platform/db.server.ts' {
  interface Database {
    'core.codebook': {
      id: Generated<string>;
      name: string;
      about: Generated<string>;
      made_by: string;
      made_at: Generated<Date>;
    };
    'core.codebook_coder': { codebook: string; person: string; since: Generated<Day> };
    'core.code': CodeTable;
    'core.coded_passage': CodedPassageTable;
    'core.memo': MemoTable;
    'core.coding_export': {
      id: Generated<string>;
      codebook: string;
      made_by: string;
      made_at: Generated<Date>;
      tellings: number;
    };
    'core.coding_export_telling': { id: Generated<string>; export: string; telling: string };
  }
}
