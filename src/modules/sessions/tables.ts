import type { Generated } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { Theme } from '../initiatives/model.ts';
import type {
  Attendance,
  MethodName,
  SessionKind,
  SessionState,
  StatementForm,
  StepKind,
  Words,
} from './model.ts';

type AttendanceCounts = Readonly<Partial<Record<Attendance, number>>>;

interface MethodTable {
  id: Generated<string>;
  made_by: string | null;
  came_from: MethodName;
  title: string;
  language: string;
  steps: unknown;
  made_at: Generated<Date>;
  ended_on: Day | null;
}

interface SessionTable {
  id: Generated<string>;
  slug: string;
  code: string | null;
  origin: Generated<'room' | 'sources'>;
  kind: SessionKind;
  method: string | null;
  number: number | null;
  title: Words;
  purpose: Generated<Words>;
  language: string;
  themes: Generated<Theme[]>;
  place: string | null;
  municipality: string | null;
  province: string | null;
  held_on: Day | null;
  held_precision: 'day' | 'month' | 'year' | null;
  held_note: string | null;
  starts_at: Date | null;
  minutes: number | null;
  door: Generated<'open' | 'admission'>;
  smallest: Generated<number>;
  announced: Generated<boolean>;
  state: SessionState;
  step: number | null;
  last_event: Generated<number>;
  people: number | null;
  attendance: Generated<AttendanceCounts>;
  made_by: string | null;
  made_at: Generated<Date>;
  began_at: Date | null;
  closed_at: Date | null;
  shared_at: Date | null;
  confidence: 'high' | 'medium' | 'low' | null;
}

interface SessionFacilitatorTable {
  session: string;
  person: string;
  since: Generated<Date>;
}

interface SessionOrganiserTable {
  session: string;
  place: number;
  name: string;
  initiative: string | null;
}

interface SessionStepTable {
  session: string;
  position: number;
  kind: StepKind;
  from_house: string | null;
  purpose: Generated<Words>;
  prompt: Generated<Words>;
  sides: Generated<readonly Words[]>;
  minutes: number | null;
  state: Generated<'waiting' | 'open' | 'done'>;
  ends_at: Date | null;
}

interface RoomPhoneTable {
  id: Generated<string>;
  session: string;
  word_hash: Buffer;
  language: string;
  beside: string | null;
}

interface ParticipantTable {
  id: Generated<string>;
  session: string;
  phone: string;
  called: string | null;
  role: Attendance | null;
  state: Generated<'waiting' | 'in' | 'out' | 'turned-away'>;
  helps: Generated<boolean>;
}

interface SessionNoteTable {
  session: string;
  place: number;
  kind: 'question' | 'insight' | 'action' | 'source' | 'note';
  texts: Words;
}

interface RoomEventTable {
  session: string;
  number: number;
  kind: string;
  about: Generated<Readonly<Record<string, unknown>>>;
  at: Generated<Date>;
}

interface RoomDeedTable {
  phone: string;
  deed: string;
  outcome: Generated<unknown>;
}

interface OpenSessionTable {
  id: string;
  slug: string;
  origin: 'room' | 'sources';
  kind: SessionKind;
  number: number | null;
  title: Words;
  purpose: Words;
  language: string;
  themes: Theme[];
  place: string | null;
  municipality: string | null;
  province: string | null;
  held_on: Day | null;
  held_precision: 'day' | 'month' | 'year' | null;
  held_note: string | null;
  starts_at: Date | null;
  minutes: number | null;
  state: 'coming' | 'held' | 'called-off';
  people: number | null;
  attendance: AttendanceCounts;
  organisers: readonly { readonly name: string; readonly slug: string | null }[];
  notes: readonly {
    readonly kind: 'question' | 'insight' | 'action' | 'source' | 'note';
    readonly texts: Words;
  }[];
  minutes_body: unknown | null;
  picture: unknown | null;
  smallest: number;
  shared_at: Date | null;
  confidence: 'high' | 'medium' | 'low' | null;
}

interface OpenSessionIssueTable {
  id: string;
  session: string;
  number: number;
  title: Words;
  language: string;
  themes: Theme[];
  statements: number;
  stones: number | null;
  roles: readonly Attendance[];
}

interface OpenSessionStatementTable {
  id: string;
  session: string;
  number: number;
  form: StatementForm;
  language: string;
  text: string;
  renderings: readonly {
    readonly language: string;
    readonly text: string;
    readonly signed: string | null;
    readonly how: 'person' | 'machine';
  }[];
  issue: string | null;
}

declare module '#platform/db.server.ts' {
  interface Database {
    'core.method': MethodTable;
    'core.session': SessionTable;
    'core.session_facilitator': SessionFacilitatorTable;
    'core.session_organiser': SessionOrganiserTable;
    'core.session_step': SessionStepTable;
    'core.room_phone': RoomPhoneTable;
    'core.participant': ParticipantTable;
    'core.session_note': SessionNoteTable;
    'core.room_event': RoomEventTable;
    'core.room_deed': RoomDeedTable;
    'pub.session': OpenSessionTable;
    'pub.session_issue': OpenSessionIssueTable;
    'pub.session_statement': OpenSessionStatementTable;
  }
}
