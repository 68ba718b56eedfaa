import type { Generated } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { Theme } from '../initiatives/model.ts';
import type { SessionKind, Words } from '../sessions/model.ts';
import type { Answer, NewsKind, OpenNews, OpenStone, PromiseState, StoneState, WhoKind } from './model.ts';

interface AgendaTable {
  id: Generated<string>;
  session: string;
  slug: string;
  origin: Generated<'room' | 'sources'>;
  drawn_on: Day | null;
  drawn_precision: 'day' | 'month' | 'year' | null;
  until_day: Day | null;
  check_ins: Generated<number[]>;
  open_to: Generated<'room' | 'everyone'>;
  home: string | null;
  ended_on: Day | null;
}

interface PromiseTable {
  id: Generated<string>;
  session: string;
  agenda: string | null;
  number: Generated<number>;
  what: Words;
  language: string;
  who_kind: WhoKind;
  to_whom: string | null;
  by_day: Day | null;
  issue: string | null;
  state: Generated<PromiseState>;
  paused_until: Day | null;
  why: Words | null;
  confirmed_on: Day | null;
  moved_on: Day | null;
  made_on: Day;
}

interface PromiseMakerTable {
  promise: string;
  participant: string;
}

interface PromiseStatementTable {
  promise: string;
  statement: string;
}

interface PromiseVoiceTable {
  promise: string;
  type: string;
  bytes: Buffer;
  seconds: number;
}

interface CarrierTable {
  id: Generated<string>;
  session: string;
  language: string;
  way: 'mail' | 'card';
  invited_at: Date | null;
  written_on: Day | null;
  stopped_on: Day | null;
}

interface CarrierAddressTable {
  carrier: string;
  session: string;
  mail: string;
}

interface PromiseCarrierTable {
  promise: string;
  carrier: string;
  called: string | null;
  initiative: string | null;
  state: Generated<'asked' | 'confirmed' | 'declined'>;
  named: Generated<boolean>;
  answered_on: Day | null;
}

interface SourceCarrierTable {
  promise: string;
  place: number;
  name: string;
  initiative: string | null;
}

interface PromiseCheckInTable {
  promise: string;
  number: number;
  due_on: Day;
  state: Generated<StoneState>;
  asked_on: Day | null;
  reminded_on: Day | null;
  answered_on: Day | null;
  answer: Answer | null;
}

interface PromiseNewsTable {
  id: Generated<string>;
  promise: string;
  day: Day;
  kind: NewsKind;
  language: string | null;
  text: string | null;
  by_day: Day | null;
  told_by: 'room' | 'carrier' | 'facilitator' | 'house';
}

interface PromiseHelpTable {
  id: Generated<string>;
  promise: string;
  kind: 'asked' | 'offered';
  language: string;
  text: string;
  called: string | null;
  from_carrier: string | null;
  state: Generated<'waiting' | 'open' | 'taken' | 'closed'>;
  day: Day;
}

interface HelperAddressTable {
  help: string;
  mail: string;
  home: string;
}

interface PromiseWordTable {
  word_hash: Buffer;
  carrier: string | null;
  agenda: string | null;
  help: string | null;
  on_card: Generated<boolean>;
  made_on: Day;
  until_day: Day;
}

interface OpenAgendaTable {
  id: string;
  slug: string;
  session: string;
  origin: 'room' | 'sources';
  kind: SessionKind;
  title: Words;
  language: string;
  themes: Theme[];
  municipality: string | null;
  province: string | null;
  drawn_on: Day | null;
  drawn_precision: 'day' | 'month' | 'year' | null;
  until_day: Day | null;
  check_ins: number[];
  ended_on: Day | null;
  waiting: number;
  confidence: 'high' | 'medium' | 'low' | null;
}

interface OpenPromiseTable {
  id: string;
  agenda: string;
  number: number;
  what: Words;
  language: string;
  who_kind: WhoKind;
  carriers: readonly { readonly name: string; readonly slug: string | null }[];
  unnamed: number;
  to_whom: string | null;
  by_day: Day | null;
  issue: string | null;
  issue_title: Words | null;
  themes: Theme[];
  statements: string[];
  state: 'underway' | 'paused' | 'done' | 'let-go' | 'not-known';
  paused_until: Day | null;
  why: Words | null;
  made_on: Day | null;
  confirmed_on: Day | null;
  moved_on: Day | null;
  silent_since: Day | null;
  stones: readonly OpenStone[];
  news: readonly OpenNews[];
  help_asked: readonly {
    readonly id: string;
    readonly language: string;
    readonly text: string;
    readonly day: Day;
  }[];
}

declare module '#platform/db.server.ts' {
  interface Database {
    'core.agenda': AgendaTable;
    'core.promise': PromiseTable;
    'core.promise_maker': PromiseMakerTable;
    'core.promise_statement': PromiseStatementTable;
    'core.promise_voice': PromiseVoiceTable;
    'core.carrier': CarrierTable;
    'core.promise_carrier': PromiseCarrierTable;
    'core.source_carrier': SourceCarrierTable;
    'core.promise_check_in': PromiseCheckInTable;
    'core.promise_news': PromiseNewsTable;
    'core.promise_help': PromiseHelpTable;
    'vault.carrier_address': CarrierAddressTable;
    'vault.helper_address': HelperAddressTable;
    'vault.promise_word': PromiseWordTable;
    'pub.agenda': OpenAgendaTable;
    'pub.promise': OpenPromiseTable;
  }
}
