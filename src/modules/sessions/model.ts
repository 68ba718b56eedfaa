import { ok, refused, type Result } from '#platform/result.ts';

/** What a gathering can be; the last three are only told of, not held in a room here. */
export const sessionKinds = [
  'make-session',
  'co-creation',
  'masterclass',
  'intervision',
  'storytelling',
  'symposium',
  'expert-pool',
  'development-table',
] as const;
export type SessionKind = (typeof sessionKinds)[number];

/** The ways of the house to hold a session. */
export const methodNames = [
  'make-session',
  'co-creation',
  'masterclass',
  'intervision',
  'storytelling',
] as const;
export type MethodName = (typeof methodNames)[number];

export const stepKinds = [
  'check-in',
  'statements',
  'vote',
  'issues',
  'stones',
  'groups',
  'dilemma',
  'landscape',
  'harvest',
  'promises',
] as const;
export type StepKind = (typeof stepKinds)[number];

/** As what someone may say to be in a room; not said is null, and nobody is asked for more. */
export const attendances = ['newcomer', 'initiative', 'official', 'other'] as const;
export type Attendance = (typeof attendances)[number];

/** Words in any number of languages: `{ nl: 'Werk', en: 'Work' }`. */
export type Words = Readonly<Record<string, string>>;

/** A step of a method of the house: its purpose and question stand in the messages as `methods.<method>.<name>.purpose` and `.prompt`. */
export interface HouseStep {
  readonly name: string;
  readonly kind: StepKind;
  readonly minutes: number;
}

/** The methods of the house, step by step. */
export const houseMethods: Readonly<Record<MethodName, readonly HouseStep[]>> = {
  'make-session': [
    { name: 'arrive', kind: 'check-in', minutes: 10 },
    { name: 'know', kind: 'statements', minutes: 20 },
    { name: 'weigh', kind: 'vote', minutes: 15 },
    { name: 'look', kind: 'landscape', minutes: 10 },
    { name: 'name', kind: 'issues', minutes: 15 },
    { name: 'choose', kind: 'stones', minutes: 5 },
    { name: 'make', kind: 'groups', minutes: 30 },
    { name: 'bring', kind: 'harvest', minutes: 15 },
    { name: 'promise', kind: 'promises', minutes: 15 },
  ],
  'co-creation': [
    { name: 'arrive', kind: 'check-in', minutes: 10 },
    { name: 'pieces', kind: 'statements', minutes: 20 },
    { name: 'heaps', kind: 'issues', minutes: 20 },
    { name: 'together', kind: 'groups', minutes: 40 },
    { name: 'bring', kind: 'harvest', minutes: 20 },
  ],
  masterclass: [
    { name: 'arrive', kind: 'check-in', minutes: 10 },
    { name: 'questions', kind: 'statements', minutes: 15 },
    { name: 'weigh', kind: 'vote', minutes: 10 },
    { name: 'dilemma', kind: 'dilemma', minutes: 30 },
    { name: 'bring', kind: 'harvest', minutes: 15 },
  ],
  intervision: [
    { name: 'arrive', kind: 'check-in', minutes: 10 },
    { name: 'case', kind: 'dilemma', minutes: 25 },
    { name: 'advice', kind: 'groups', minutes: 20 },
    { name: 'bring', kind: 'harvest', minutes: 15 },
  ],
  storytelling: [
    { name: 'arrive', kind: 'check-in', minutes: 10 },
    { name: 'tell', kind: 'groups', minutes: 45 },
    { name: 'heard', kind: 'statements', minutes: 15 },
    { name: 'bring', kind: 'harvest', minutes: 15 },
  ],
};

/** preparing: nobody may come yet. lobby: people come in. live, paused. closed: ballots are laid down. shared: minutes are public. */
export const sessionStates = [
  'preparing',
  'lobby',
  'live',
  'paused',
  'closed',
  'shared',
  'called-off',
] as const;
export type SessionState = (typeof sessionStates)[number];

export const sessionDeeds = ['open-lobby', 'begin', 'pause', 'go-on', 'close', 'share', 'call-off'] as const;
export type SessionDeed = (typeof sessionDeeds)[number];

const ways: Readonly<Record<SessionDeed, { from: readonly SessionState[]; to: SessionState }>> = {
  'open-lobby': { from: ['preparing'], to: 'lobby' },
  begin: { from: ['lobby'], to: 'live' },
  pause: { from: ['live'], to: 'paused' },
  'go-on': { from: ['paused'], to: 'live' },
  close: { from: ['live', 'paused'], to: 'closed' },
  share: { from: ['closed'], to: 'shared' },
  'call-off': { from: ['preparing', 'lobby'], to: 'called-off' },
};

/** Where a session stands after this deed, or why it cannot be done now (docs/states/session.md). */
export function afterDeed(state: SessionState, deed: SessionDeed): Result<SessionState, 'not_now'> {
  const way = ways[deed];
  return way.from.includes(state) ? ok(way.to) : refused('not_now');
}

/** What a facilitator can do to a statement, and what its author can. Nothing is ever deleted without a trace for its author. */
export const statementStandings = ['open', 'held', 'protected', 'merged', 'withdrawn'] as const;
export type StatementStanding = (typeof statementStandings)[number];

export const statementForms = ['statement', 'check-in', 'dilemma', 'harvest'] as const;
export type StatementForm = (typeof statementForms)[number];

/** Which form of saying a step takes; null takes none. */
export const formIn: Readonly<Record<StepKind, StatementForm | null>> = {
  'check-in': 'check-in',
  statements: 'statement',
  vote: 'statement',
  issues: null,
  stones: null,
  groups: 'harvest',
  dilemma: 'dilemma',
  landscape: null,
  harvest: 'harvest',
  promises: null,
};

export const ballotWords = { agree: 1, disagree: -1, pass: 0 } as const;
export type BallotWord = keyof typeof ballotWords;

/** How many stones each ballot lays on the issues. */
export const stonesEach = 3;
export const limits = { statement: 500, called: 60, issue: 80, participantsOnPhone: 8, title: 120 } as const;
/** Days after the close until phones, authors and who was there are forgotten. */
export const daysUntilForgotten = 14;
/** Hours in which those who were there can correct the draft before it may be shared. */
export const hoursToCorrect = 72;

/** The signs of a code, without those that look alike (0 O 1 I). */
export const codeSigns = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
export const codeLength = 6;

/** What can happen in a room, as its phones hear it; never who did it, and never a vote. */
export const roomEventKinds = [
  'state',
  'step',
  'timer',
  'people',
  'statement',
  'rendering',
  'issue',
  'grouped',
  'groups',
  'stones',
  'picture',
  'promise',
  'minutes',
] as const;
export type RoomEventKind = (typeof roomEventKinds)[number];
