import type { Generated } from 'kysely';
import type { Theme } from '../../initiatives/model.ts';
import type { Attendance, StatementForm, StatementStanding, Words } from '../model.ts';

interface IssueTable {
  id: Generated<string>;
  session: string;
  number: number;
  title: Words;
  language: string;
  themes: Generated<Theme[]>;
  ended: Generated<boolean>;
}

interface StatementTable {
  id: Generated<string>;
  session: string;
  number: number;
  step: number;
  form: StatementForm;
  language: string;
  text: string;
  spoken: Generated<boolean>;
  side: number | null;
  as_role: Attendance | null;
  standing: Generated<StatementStanding>;
  merged_into: string | null;
  why: string | null;
  issue: string | null;
  on_paper: Generated<boolean>;
}

interface StatementAuthorTable {
  statement: string;
  participant: string;
}

interface StatementRenderingTable {
  id: Generated<string>;
  statement: string;
  language: string;
  text: string;
  signed: string | null;
  how: 'person' | 'machine';
  standing: Generated<'stands' | 'replaced'>;
  made_at: Generated<Date>;
}

interface RoomVoiceTable {
  statement: string;
  type: string;
  bytes: Buffer;
  seconds: number;
}

interface RoomGroupTable {
  session: string;
  number: number;
  called: string | null;
}

interface RoomGroupSeatTable {
  participant: string;
  session: string;
  number: number;
}

declare module '#platform/db.server.ts' {
  interface Database {
    'core.issue': IssueTable;
    'core.statement': StatementTable;
    'core.statement_author': StatementAuthorTable;
    'core.statement_rendering': StatementRenderingTable;
    'core.room_voice': RoomVoiceTable;
    'core.room_group': RoomGroupTable;
    'core.room_group_seat': RoomGroupSeatTable;
  }
}
