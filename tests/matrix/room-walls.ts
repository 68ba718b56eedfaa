import type { Viewer } from '../../src/platform/viewer.ts';
import type { Way } from './walls.ts';

/** Where a room may stand. */
export const roomStates = ['preparing', 'lobby', 'live', 'closed', 'shared', 'absent'] as const;
export type RoomState = (typeof roomStates)[number];

/** Whoever may come to a room, in the words of the rules: the expectations are reckoned from this alone. */
export interface Comer {
  readonly name: string;
  readonly viewerIn: (state: RoomState) => Viewer;
  readonly is?:
    'operator' | 'leads' | 'leads elsewhere' | 'said it' | 'is in' | 'helps' | 'waits' | 'went out';
}

type Who = (comer: Comer, state: RoomState) => boolean;
type Rule = Readonly<Record<Way, Who>>;

const oneOf =
  (...some: readonly Comer['is'][]): Who =>
  (comer, state) =>
    state !== 'absent' && some.includes(comer.is);
const nobody: Who = () => false;
const operator = oneOf('operator');
const leads = oneOf('operator', 'leads');
const isIn = oneOf('said it', 'is in', 'helps');
const atDoor = oneOf('said it', 'is in', 'helps', 'waits', 'went out');
const either =
  (...some: readonly Who[]): Who =>
  (comer, state) =>
    some.some((one) => one(comer, state));
const inState =
  (who: Who, ...states: readonly RoomState[]): Who =>
  (comer, state) =>
    states.includes(state) && who(comer, state);

const ofSession = 'session = $1::uuid';
const ofStatement = `statement in (select s.id from core.statement s where s.session = $1::uuid)`;
const ofTheHouse: Rule = { read: operator, add: operator, change: operator, remove: operator };
const ofWhoLeads: Rule = { read: leads, add: leads, change: leads, remove: leads };

interface RoomWall {
  readonly rule: Rule;
  readonly add: string;
  readonly change?: string;
  readonly about: string;
}

/** Every table of the rooms, and the rule it follows. */
export const roomWalls: Readonly<Record<string, RoomWall>> = {
  'core.method': {
    // A method belongs to no room: who leads sessions anywhere may look at it, and changes their own.
    about: `id is not null and $1::uuid is not null`,
    rule: {
      read: (comer) => ['operator', 'leads', 'leads elsewhere'].includes(comer.is ?? ''),
      add: (comer) => ['operator', 'leads', 'leads elsewhere'].includes(comer.is ?? ''),
      change: (comer) => ['operator', 'leads'].includes(comer.is ?? ''),
      remove: (comer) => ['operator', 'leads'].includes(comer.is ?? ''),
    },
    add: `insert into core.method (made_by, came_from, title, language, steps) select core.viewer_person(), 'masterclass', 'Onze manier', 'nl', '[{}]' where $1::uuid is not null`,
    change: `update core.method set title = title where $1::uuid is not null`,
  },
  'core.session': {
    about: 'id = $1::uuid',
    rule: {
      read: either(leads, atDoor),
      add: (comer) => ['operator', 'leads', 'leads elsewhere'].includes(comer.is ?? ''),
      change: leads,
      remove: either(operator, inState(leads, 'preparing')),
    },
    add: `insert into core.session (slug, kind, title, language, state, made_by) select 's' || md5(random()::text), 'masterclass', '{"nl":"x"}', 'nl', 'preparing', core.viewer_person() where $1::uuid is not null`,
  },
  'core.session_facilitator': {
    about: ofSession,
    rule: { ...ofWhoLeads, change: operator },
    add: `insert into core.session_facilitator values ($1, (select id from core.person order by id limit 1))`,
  },
  'core.session_organiser': {
    about: ofSession,
    rule: ofWhoLeads,
    add: `insert into core.session_organiser values ($1, 9, 'Een gemeente')`,
  },
  'core.session_step': {
    about: ofSession,
    rule: { ...ofWhoLeads, read: either(leads, atDoor) },
    add: `insert into core.session_step (session, position, kind) values ($1, 29, 'harvest')`,
  },
  'core.session_note': {
    about: ofSession,
    rule: ofWhoLeads,
    add: `insert into core.session_note values ($1, 1, 'question', '{"nl":"Wat?"}')`,
  },
  'core.room_phone': {
    about: ofSession,
    rule: { ...ofTheHouse, read: either(operator, atDoor), change: either(operator, atDoor) },
    add: `insert into core.room_phone (session, word_hash, language) values ($1, sha256(random()::text::bytea), 'nl')`,
  },
  'core.participant': {
    about: ofSession,
    rule: {
      read: either(leads, atDoor),
      // The operator is on no phone, whatever the room.
      add: (comer, state) =>
        comer.is === 'operator' || inState(atDoor, 'lobby', 'live', 'closed')(comer, state),
      change: either(leads, inState(atDoor, 'lobby', 'live', 'closed')),
      remove: either(operator, atDoor),
    },
    add: `insert into core.participant (session, phone) values ($1, core.viewer_phone())`,
  },
  'core.issue': {
    about: ofSession,
    rule: {
      read: either(leads, isIn),
      add: either(leads, isIn),
      change: either(leads, isIn),
      remove: leads,
    },
    add: `insert into core.issue (session, number, title, language) values ($1, 99, '{"nl":"Werk"}', 'nl')`,
  },
  'core.statement': {
    about: ofSession,
    // The author sees what they said wherever they are; nobody but the house removes what was said.
    rule: {
      read: either(leads, isIn, oneOf('said it')),
      add: either(leads, isIn),
      change: leads,
      remove: operator,
    },
    add: `insert into core.statement (session, number, step, form, language, text) values ($1, 99, 1, 'statement', 'nl', 'Nog iets.')`,
  },
  'core.statement_author': {
    about: ofStatement,
    rule: { read: oneOf('operator', 'said it'), add: nobody, change: operator, remove: operator },
    add: `insert into core.statement_author select s.id, p.id from core.statement s, core.participant p where s.session = $1::uuid and p.phone = core.viewer_phone()
      and not exists (select from core.statement_author a where a.statement = s.id)`,
  },
  'core.statement_rendering': {
    about: ofStatement,
    rule: {
      read: either(leads, isIn),
      add: either(leads, isIn),
      change: either(leads, isIn),
      remove: operator,
    },
    add: `insert into core.statement_rendering (statement, language, text, how) select id, 'tr', 'Bir', 'person' from core.statement where session = $1::uuid limit 1`,
  },
  'core.room_voice': {
    about: ofStatement,
    rule: { read: either(leads, isIn), add: oneOf('operator', 'said it'), change: operator, remove: leads },
    add: `insert into core.room_voice select id, 'audio/webm', 'x', 1 from core.statement where session = $1::uuid limit 1`,
  },
  'core.voter': {
    about: ofSession,
    rule: ofTheHouse,
    add: `insert into core.voter (session) values ($1)`,
  },
  'core.vote': {
    about: `voter in (select v.id from core.voter v where v.session = $1::uuid)`,
    rule: ofTheHouse,
    add: `insert into core.vote select v.id, s.id, 1 from core.voter v join core.statement s on s.session = v.session where v.session = $1::uuid limit 1`,
  },
  'core.stone': {
    about: `voter in (select v.id from core.voter v where v.session = $1::uuid)`,
    rule: ofTheHouse,
    add: `insert into core.stone select v.id, i.id, 1 from core.voter v join core.issue i on i.session = v.session where v.session = $1::uuid limit 1`,
  },
  'core.room_group': {
    about: ofSession,
    rule: { ...ofWhoLeads, read: either(leads, isIn) },
    add: `insert into core.room_group values ($1, 9)`,
  },
  'core.room_group_seat': {
    about: ofSession,
    rule: {
      read: either(leads, oneOf('is in')),
      add: either(leads, oneOf('is in')),
      change: either(leads, oneOf('is in')),
      remove: either(leads, oneOf('is in')),
    },
    add: `insert into core.room_group_seat select p.id, p.session, 1 from core.participant p where p.session = $1::uuid and p.called = 'is in'`,
  },
  'core.room_picture': {
    about: ofSession,
    rule: { ...ofTheHouse, read: either(leads, isIn) },
    add: `insert into core.room_picture (session, number, people, votes, picture) values ($1, 9, 5, 5, '{}')`,
  },
  'core.room_picture_ballot': {
    about: ofSession,
    rule: ofTheHouse,
    add: `insert into core.room_picture_ballot (session, number, voter, said) select session, number, gen_random_uuid(), '{}' from core.room_picture where session = $1::uuid limit 1`,
  },
  'core.minutes': {
    about: ofSession,
    rule: { read: either(leads, isIn), add: leads, change: leads, remove: operator },
    add: `insert into core.minutes (session, body) values ($1, '{}')`,
  },
  'core.minutes_remark': {
    about: ofSession,
    rule: {
      read: either(leads, isIn),
      add: either(operator, isIn),
      change: leads,
      remove: operator,
    },
    add: `insert into core.minutes_remark (session, section, language, text) values ($1, 'statements', 'nl', 'Zo zei ik het niet.')`,
  },
  'core.room_event': {
    about: ofSession,
    rule: { ...ofTheHouse, read: either(leads, atDoor) },
    add: `insert into core.room_event (session, number, kind) values ($1, 99, 'step')`,
  },
  'core.room_deed': {
    about: `phone in (select p.id from core.room_phone p where p.session = $1::uuid)`,
    rule: {
      read: oneOf('operator', 'said it'),
      add: either(operator, atDoor),
      change: oneOf('operator', 'said it'),
      remove: oneOf('operator', 'said it'),
    },
    add: `insert into core.room_deed (phone, deed) select p.id, gen_random_uuid() from core.room_phone p where p.session = $1::uuid limit 1`,
  },
};
