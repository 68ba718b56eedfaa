import type { Generated } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { Facing, Matter } from './model.ts';

interface ReflectionTable {
  id: Generated<string>;
  person_id: string;
  facing: Facing;
  about: Matter;
  language: string;
  words: string;
  written_on: Generated<Day>;
}

declare module '#platform/db.server.ts' {
  interface Database {
    'core.reflection': ReflectionTable;
  }
}
