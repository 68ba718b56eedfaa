import type { Day } from '#platform/clock.ts';
import { ok, refused, type Result } from '#platform/result.ts';

/** A text per language, such as `{ nl: '…', ar: '…' }`. */
export type Words = Readonly<Record<string, string>>;

export const poolStates = ['preparing', 'open', 'resting', 'ended'] as const;
export type PoolState = (typeof poolStates)[number];

/** Where a pool is: a municipality or a province, by its code. */
export type PoolArea =
  | { readonly municipality: string; readonly province: null }
  | { readonly municipality: null; readonly province: string };

/** What is said of a pool. */
export interface PoolWords {
  readonly language: string;
  readonly name: Words;
  readonly purpose: Words;
  /** What training it offers; empty is not said. */
  readonly training: Words;
  /** What an hour is paid, in cents of a euro. */
  readonly centsAnHour: number;
  /** How many hours are asked of one expert in twelve months at most. */
  readonly hoursAYear: number;
}

export type PoolRefusal = 'pool_ended' | 'pool_not_there';

/** The pool after it is opened, laid to rest or ended. An ended pool stays as it was. */
export function poolAfter(state: PoolState, deed: 'open' | 'rest' | 'end'): Result<PoolState, PoolRefusal> {
  if (state === 'ended') return refused('pool_ended');
  if (deed === 'end') return ok('ended');
  return ok(deed === 'open' ? 'open' : 'resting');
}

export const expertStates = ['asking', 'in', 'resting', 'turned-away', 'left'] as const;
export type ExpertState = (typeof expertStates)[number];
export const expertDeeds = ['let-in', 'turn-away', 'rest', 'come-back', 'leave'] as const;
export type ExpertDeed = (typeof expertDeeds)[number];
export type ExpertRefusal = 'expert_elsewhere';

/** For so many days someone who was turned away can read so; then their words are forgotten. */
export const daysToReadRefusal = 60;

const ways: Readonly<Record<ExpertDeed, readonly [from: readonly ExpertState[], to: ExpertState]>> = {
  'let-in': [['asking'], 'in'],
  'turn-away': [['asking'], 'turned-away'],
  rest: [['in'], 'resting'],
  'come-back': [['resting'], 'in'],
  leave: [['asking', 'turned-away', 'in', 'resting'], 'left'],
};

/** Where an expert stands after a deed, or that this deed is not theirs now. The same ways as core.keep_expert_way. */
export function expertAfter(state: ExpertState, deed: ExpertDeed): Result<ExpertState, ExpertRefusal> {
  const [from, to] = ways[deed];
  return from.includes(state) ? ok(to) : refused('expert_elsewhere');
}

export const nameForms = ['pseudonym', 'name'] as const;
export type NameForm = (typeof nameForms)[number];

export const dayparts = ['morning', 'afternoon', 'evening', 'weekend'] as const;
export type Daypart = (typeof dayparts)[number];

/** How an expert wishes to be paid. 'Not said' is something else than 'none'. */
export const payWishes = ['money', 'voucher', 'none', 'not-said'] as const;
export type PayWish = (typeof payWishes)[number];

/** What an expert says of themselves to the pool, in their own words. */
export interface ExpertWords {
  readonly called: string;
  readonly nameForm: NameForm;
  /** The language they like to be written in. */
  readonly language: string;
  readonly languages: readonly string[];
  readonly experience: string | null;
  /** Parts of the week that suit them; none is not said. */
  readonly dayparts: readonly Daypart[];
  readonly awayUntil: Day | null;
  readonly hoursAYear: number | null;
  /** What they learned for this elsewhere. */
  readonly learned: string | null;
  readonly payWish: PayWish;
}

/** What a pool asks its experts so that it can see whom it misses; never where someone came from, never their papers. */
export const toldQuestions = {
  age: ['18-25', '26-40', '41-60', '61-older'],
  gender: ['woman', 'man', 'otherwise'],
  household: ['alone', 'with-children', 'with-others'],
  days: ['work', 'learning', 'caring', 'seeking'],
  surroundings: ['city', 'town', 'village'],
} as const;
export type ToldQuestion = keyof typeof toldQuestions;
/** Answers by question; what is left out is not said. */
export type Told = Readonly<Partial<Record<ToldQuestion, string>>>;

/** Minutes as hours: 90 is 1.5. */
export const hoursOf = (minutes: number): number => minutes / 60;
