import type { Generated } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { Phase, Theme } from '../initiatives/model.ts';
import type {
  DayPrecision,
  Form,
  Mandate,
  Openness,
  SeatNewsKind,
  SeatState,
  Showing,
  TableAudience,
} from './model.ts';

interface TableFacts {
  slug: string;
  form: Form;
  form_name: string | null;
  language: string;
  name: string;
  purpose: string;
  agreed: string | null;
  municipality: string | null;
  province: string | null;
  region: string | null;
  began_on: Day | null;
  began_precision: DayPrecision | null;
  ended_on: Day | null;
  ended_why: string | null;
}

interface CollaborationTable extends TableFacts {
  id: Generated<string>;
  rings: Generated<string[]>;
  themes: Generated<Theme[]>;
  phases: Generated<Phase[]>;
  open_to: Generated<TableAudience>;
  director: string | null;
  director_ground: string | null;
  director_since: Day | null;
  made_by: string | null;
  made_at: Generated<Date>;
}

interface OpenCollaborationTable extends TableFacts {
  id: string;
  rings: string[];
  themes: Theme[];
  phases: Phase[];
}

interface TableKeeperTable {
  table_id: string;
  person: string;
  since: Generated<Day>;
}

interface SeatTable {
  id: Generated<string>;
  table_id: string;
  number: Generated<number>;
  role: string;
  why: string | null;
  shell: Generated<number>;
  state: Generated<SeatState>;
  initiative: string | null;
  body: string | null;
  mandate: Generated<Mandate>;
  mandate_words: string | null;
  chosen_by: string | null;
  ground: string | null;
  offered_on: Day | null;
  since: Day | null;
  since_precision: DayPrecision | null;
  until: Day | null;
  until_precision: DayPrecision | null;
  shown: Generated<Showing>;
}

interface OpenSeatTable {
  id: string;
  table_id: string;
  role: string;
  why: string | null;
  shell: number;
  state: 'open' | 'taken' | 'left';
  initiative_id: string | null;
  mandate: Mandate;
  mandate_words: string | null;
  chosen_by: string | null;
  ground: string | null;
  since: Day | null;
  since_precision: DayPrecision | null;
  until: Day | null;
  until_precision: DayPrecision | null;
  directs_since: Day | null;
  directs_ground: string | null;
}

interface SeatNewsTable {
  id: Generated<string>;
  seat: string;
  day: Day;
  kind: SeatNewsKind;
  told_by: 'keeper' | 'holder' | 'house';
  initiative: string | null;
  body: string | null;
  language: string | null;
  words: string | null;
}

interface TableMeetingTable {
  id: Generated<string>;
  table_id: string;
  session: string | null;
  day: Day;
  about: string;
  language: string;
}

interface OpenTableMeetingTable {
  id: string;
  table_id: string;
  day: Day;
  about: string;
  language: string;
  session_id: string | null;
}

interface MeetingSeatTable {
  meeting: string;
  seat: string;
}

interface TableDecisionTable {
  id: Generated<string>;
  table_id: string;
  number: Generated<number>;
  meeting: string | null;
  day: Day;
  what: string;
  reasons: string;
  language: string;
  open_to: Generated<'table' | 'everyone'>;
}

interface OpenTableDecisionTable {
  id: string;
  table_id: string;
  number: number;
  day: Day;
  what: string;
  reasons: string;
  language: string;
}

interface DecisionSeatTable {
  decision: string;
  seat: string;
}

interface DecisionDissentTable {
  id: Generated<string>;
  decision: string;
  seat: string;
  language: string;
  words: string;
  openly: Generated<Openness>;
}

interface OpenDecisionDissentTable {
  id: string;
  decision: string;
  seat: string | null;
  language: string;
  words: string;
}

interface StanceTable {
  id: Generated<string>;
  table_id: string;
  by_seat: string;
  about_seat: string;
  position: number;
  language: string;
  words: string;
  placed_on: Day;
  openly: Generated<boolean>;
}

interface OpenStanceTable {
  id: string;
  table_id: string;
  by_seat: string;
  about_seat: string;
  position: number;
  language: string;
  words: string;
  placed_on: Day;
}

declare module '#platform/db.server.ts' {
  interface Database {
    'core.collaboration_table': CollaborationTable;
    'core.table_keeper': TableKeeperTable;
    'core.seat': SeatTable;
    'core.seat_news': SeatNewsTable;
    'core.table_meeting': TableMeetingTable;
    'core.meeting_seat': MeetingSeatTable;
    'core.table_decision': TableDecisionTable;
    'core.decision_seat': DecisionSeatTable;
    'core.decision_dissent': DecisionDissentTable;
    'core.stance': StanceTable;
    'pub.collaboration_table': OpenCollaborationTable;
    'pub.seat': OpenSeatTable;
    'pub.table_meeting': OpenTableMeetingTable;
    'pub.meeting_seat': MeetingSeatTable;
    'pub.table_decision': OpenTableDecisionTable;
    'pub.decision_seat': DecisionSeatTable;
    'pub.decision_dissent': OpenDecisionDissentTable;
    'pub.stance': OpenStanceTable;
  }
}
