import type { Generated } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { Daypart, ExpertState, NameForm, PayWish, PoolState, ToldQuestion, Words } from './model.ts';

interface PoolTable {
  id: Generated<string>;
  slug: string;
  language: string;
  name: Words;
  purpose: Words;
  training: Generated<Words>;
  municipality: string | null;
  province: string | null;
  cents_an_hour: number;
  hours_a_year: number;
  state: Generated<PoolState>;
  home: string | null;
  made_by: string | null;
  made_on: Generated<Day>;
  ended_on: Day | null;
}

interface PoolKeeperTable {
  pool: string;
  person: string;
  since: Generated<Day>;
}

interface PoolExpertTable {
  id: Generated<string>;
  pool: string;
  person_id: string | null;
  state: Generated<ExpertState>;
  called: string | null;
  name_form: NameForm | null;
  language: string | null;
  languages: Generated<string[]>;
  experience: string | null;
  dayparts: Generated<Daypart[]>;
  away_until: Day | null;
  hours_a_year: number | null;
  learned: string | null;
  trained_on: Day | null;
  pay_wish: Generated<PayWish>;
  asked_on: Generated<Day>;
  answered_on: Day | null;
  since: Day | null;
  left_on: Day | null;
}

interface ExpertToldTable {
  expert: string;
  question: ToldQuestion;
  answer: string;
}

interface PoolCallTable {
  id: Generated<string>;
  pool: string;
  language: string;
  what: string;
  minutes: number;
  people: number;
  day: Day | null;
  daypart: Daypart | null;
  languages: Generated<string[]>;
  answer_by: Day | null;
  state: Generated<'open' | 'closed' | 'called-off'>;
  made_by: string | null;
  made_on: Generated<Day>;
}

interface PoolInvitationTable {
  id: Generated<string>;
  call: string;
  expert: string;
  asked_on: Generated<Day>;
  minutes_asked: number;
  why: Generated<readonly Readonly<Record<string, unknown>>[]>;
  answer: 'yes' | 'no' | 'later' | null;
  answered_on: Day | null;
  minutes_given: number | null;
  given_on: Day | null;
  given_told_by: 'expert' | 'keeper' | null;
  paid_cents: number | null;
  paid_way: 'money' | 'voucher' | null;
  paid_on: Day | null;
  received: 'yes' | 'in-part' | 'not' | null;
  received_on: Day | null;
}

interface PoolHeldTable {
  pool: string;
  question: string;
  answer: string;
  people: number;
}

interface OpenPoolTable {
  id: string;
  slug: string;
  language: string;
  name: Words;
  purpose: Words;
  training: Words;
  municipality: string | null;
  province: string | null;
  cents_an_hour: number;
  hours_a_year: number;
  state: Exclude<PoolState, 'preparing'>;
  made_on: Day;
  ended_on: Day | null;
  at_least: number | null;
  same_five: number | null;
  counted_on: Day | null;
}

interface OpenPoolToldTable {
  pool: string;
  question: ToldQuestion;
  answer: string;
  at_least: number;
}

interface OpenPoolLoadTable {
  pool: string;
  measure: 'asked' | 'given' | 'paid';
  amount: number;
  until_day: Day;
}

declare module '#platform/db.server.ts' {
  interface Database {
    'core.pool': PoolTable;
    'core.pool_keeper': PoolKeeperTable;
    'core.pool_expert': PoolExpertTable;
    'core.expert_told': ExpertToldTable;
    'core.pool_call': PoolCallTable;
    'core.pool_invitation': PoolInvitationTable;
    'core.pool_held': PoolHeldTable;
    'pub.pool': OpenPoolTable;
    'pub.pool_told': OpenPoolToldTable;
    'pub.pool_load': OpenPoolLoadTable;
  }
}
