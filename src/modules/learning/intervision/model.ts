import { dilemmaLimits, type Level } from '../dilemmas/model.ts';
import { ok, refused, type Result } from '#platform/result.ts';

/** gathering: people come in. Six steps of one round. over: everything is gone. */
export const circleSteps = [
  'gathering',
  'telling',
  'asking',
  'silence',
  'thinking-aloud',
  'giving-back',
  'harvesting',
  'over',
] as const;
export type CircleStep = (typeof circleSteps)[number];

export const circleDeeds = ['begin', 'next', 'stop', 'again', 'end', 'lapse'] as const;
export type CircleDeed = (typeof circleDeeds)[number];

/** The steps of a round and how many minutes each is given. Time that is over only says so: nothing goes on by itself. */
export const minutesOf = {
  telling: 8,
  asking: 12,
  silence: 3,
  'thinking-aloud': 15,
  'giving-back': 7,
  harvesting: 10,
} as const satisfies Partial<Record<CircleStep, number>>;
export type RoundStep = keyof typeof minutesOf;
export const roundSteps = Object.keys(minutesOf) as readonly RoundStep[];
export const isRound = (step: CircleStep): step is RoundStep => Object.hasOwn(minutesOf, step);

/** Where a circle stands after this deed, or why it cannot be done now (docs/states/intervision.md). */
export function afterDeed(step: CircleStep, deed: CircleDeed): Result<CircleStep, 'not_now'> {
  const inRound = isRound(step);
  if (deed === 'begin' && step === 'gathering') return ok('telling');
  if (deed === 'next' && inRound) {
    const next = roundSteps[roundSteps.indexOf(step) + 1];
    return next ? ok(next) : refused('not_now');
  }
  if (deed === 'stop' && inRound) return ok('gathering');
  if (deed === 'again' && step === 'harvesting') return ok('gathering');
  if (deed === 'end' && (step === 'gathering' || step === 'harvesting')) return ok('over');
  if (deed === 'lapse' && step !== 'over') return ok('over');
  return refused('not_now');
}

export const fewest = 5;
export const most = 8;
export const hoursOpen = 12;
export const limits = { called: 40, case: 3000, note: 600, notes: 8, dilemma: dilemmaLimits.what } as const;

/** Someone in the circle: a phone, by the fingerprint of its own word. */
export interface Sitting {
  readonly seat: string;
  readonly called: string | null;
}

export const noteKinds = ['question', 'thought', 'aloud', 'back'] as const;
export type NoteKind = (typeof noteKinds)[number];

/** Words as someone typed them, on a page in this language. */
export interface Said {
  readonly language: string;
  readonly text: string;
}

export interface Note extends Said {
  readonly id: string;
  readonly kind: NoteKind;
  readonly by: string;
}

/** A dilemma as the case giver words it anew: inside a group and its initiative, or between them and the world around. */
export interface Worded extends Said {
  readonly title: string;
  readonly level: Level;
}

/** What the case giver makes of it for others. It may only travel when everyone says yes to these very words. */
export interface Dilemma extends Worded {
  readonly said: Readonly<Record<string, 'yes' | 'no'>>;
  readonly travelled: boolean;
}

export const keepings = ['file', 'account', 'none'] as const;
/** What the case giver chose for the notes: a file on their own phone, their own account, or nothing. */
export type Keeping = (typeof keepings)[number];

/** Everything a circle holds. It only ever stands sealed in the database. */
export interface Circle {
  readonly step: CircleStep;
  /** How many-eth round this is, from 1. */
  readonly round: number;
  /** When the time of this step is over, as an ISO moment. */
  readonly endsAt: string | null;
  /** In the order in which they sit; roles go round in it. */
  readonly people: readonly Sitting[];
  readonly caseGiver: string | null;
  readonly brief: Said | null;
  readonly notes: readonly Note[];
  readonly dilemma: Dilemma | null;
  readonly kept: Keeping | null;
}

const nothingSaid = { caseGiver: null, brief: null, notes: [], dilemma: null, kept: null } as const;
export const newCircle: Circle = { step: 'gathering', round: 1, endsAt: null, people: [], ...nothingSaid };

/** The circle without anything of its round, as it is between two rounds. */
export const swept = (circle: Circle): Circle => ({
  ...circle,
  ...nothingSaid,
  step: 'gathering',
  endsAt: null,
});

export const roles = ['case-giver', 'guide', 'timekeeper', 'asker'] as const;
export type CircleRole = (typeof roles)[number];

/**
 * The role of this seat: whoever sits after the case giver guides, the one after that keeps the time, the others ask. So when everyone has
 * brought a case, everyone has guided once and kept the time once.
 */
export function roleOf({ people, caseGiver }: Circle, seat: string): CircleRole {
  const giver = people.findIndex((each) => each.seat === caseGiver);
  const mine = people.findIndex((each) => each.seat === seat);
  if (giver < 0 || mine < 0) return 'asker';
  const after = (mine - giver + people.length) % people.length;
  return roles[after] ?? 'asker';
}

export const isHere = ({ people }: Circle, seat: string): boolean =>
  people.some((each) => each.seat === seat);

/** What someone may write now, or null: in silence everyone but the case giver thinks for themselves. */
export function mayWrite(circle: Circle, seat: string): NoteKind | null {
  if (!isHere(circle, seat)) return null;
  const gives = circle.caseGiver === seat;
  if (circle.step === 'asking') return gives ? null : 'question';
  if (circle.step === 'silence') return gives ? null : 'thought';
  if (circle.step === 'thinking-aloud') return gives ? null : 'aloud';
  return circle.step === 'giving-back' && gives ? 'back' : null;
}

/** The notes this seat sees: in silence a thought is seen by who wrote it alone. */
export const notesFor = ({ notes, step }: Circle, seat: string): readonly Note[] =>
  notes.filter((note) => note.by === seat || note.kind !== 'thought' || step !== 'silence');

/** Whether everyone who is here said yes to the dilemma as it is worded, and nobody who ever was in this round says no. */
export function isAgreed({ people, dilemma }: Circle): boolean {
  if (!dilemma) return false;
  return (
    people.every(({ seat }) => dilemma.said[seat] === 'yes') && !Object.values(dilemma.said).includes('no')
  );
}
