import type { Day } from '#platform/clock.ts';
import { lastDayOf, takesEffect, whatCounts, type Days, type EventKind, type State } from '../../model.ts';
import {
  periodsIn,
  stateOn,
  tellingsOf,
  withTold,
  writtenDay,
  type Life,
  type Teller,
  type Turn,
} from '../model.ts';
import { standingDays, type RelationType } from '../../relations/model.ts';
import type { ToldDay } from '../../when/model.ts';

export type TurnRefusal =
  | 'day_ahead'
  | 'day_needed'
  | 'not_there_then'
  | 'not_active_then'
  | 'not_stopped_then'
  | 'same_time'
  | 'before_beginning'
  | 'told_before'
  | 'same_name'
  | 'others_needed'
  | 'not_the_same';

/**
 * Why a turn cannot be told of this life, or null when it can. A life that is told differently comes without the telling
 * that is corrected.
 */
export function refusalOf(turn: Turn, life: Life, today: Day, teller: Teller): TurnRefusal | null {
  const { kind, day, insteadOf } = turn;
  if (day !== null && day > today) return 'day_ahead';
  if (kind === 'founded' && day === null) return 'day_needed';
  if (insteadOf !== null ? !mayTellInstead(turn, life, teller) : kind === 'changed') return 'not_the_same';
  if (kind === 'founded' && life.tellings.some((one) => one.kind === 'founded' && one.saidBy === teller))
    return 'told_before';
  if (kind === 'split' && turn.others.length === 0) return 'others_needed';
  if (kind === 'merged' && turn.others.length === 0 && (turn.into === 'self' || turn.into === null))
    return 'others_needed';
  const before: Life = { ...life, tellings: life.tellings.filter(({ fact }) => fact !== insteadOf) };
  return refusalOfTime(turn, before, today) ?? refusalOfClaims(turn, life, before, today, teller);
}

/** Tells differently what a less firm voice told: the same kind of happening, or that it did not go this way. */
function mayTellInstead({ kind, insteadOf }: Turn, life: Life, teller: Teller): boolean {
  const other = life.tellings.find(({ fact }) => fact === insteadOf);
  if (!other || other.saidBy === teller || (teller === 'verifier' && other.saidBy === 'own')) return false;
  return kind === 'changed' || kind === other.kind || (kind === 'founded' && other.kind === 'noticed');
}

function refusalOfTime(turn: Turn, before: Life, today: Day): TurnRefusal | null {
  const { kind, change } = turn;
  const { day, precision } = writtenDay(kind, turn, today);
  const periods = periodsIn(before);
  if (day === null || kind === 'founded' || kind === 'changed' || periods.length === 0) return null;
  const last = lastDayOf(day, precision);
  const then = periods.filter(
    ({ from, until }) => (from === null || from <= last) && (until === null || day < until),
  );
  const was = (...states: State[]) => then.some(({ state }) => states.includes(state));
  if (kind === 'revived') return was('paused', 'ended') ? null : 'not_stopped_then';
  if (!was('active', 'paused')) return 'not_there_then';
  if (kind === 'paused' && !was('active')) return 'not_active_then';
  return kind === 'renamed' && then.every(({ shape }) => shape.name === change.name) ? 'same_name' : null;
}

/** A turn may not undo what another telling says of the same time, and what it says itself has to be seen in the life. */
function refusalOfClaims(
  turn: Turn,
  life: Life,
  before: Life,
  today: Day,
  teller: Teller,
): TurnRefusal | null {
  const after = withTold(life, tellingsOf(turn, today), 'this', teller);
  const [counting, seen] = [claimsOf(after).map(({ fact }) => fact), claimsSeen(after)];
  const lost = claimsSeen(before).filter((fact) => counting.includes(fact) && !seen.includes(fact));
  if (lost.length > 0) return turn.kind === 'founded' ? 'before_beginning' : 'same_time';
  const mine = claimsOf(after).filter(({ fact }) => fact.startsWith('this'));
  return mine.every(({ fact }) => seen.includes(fact)) ? null : 'same_time';
}

interface Claim {
  readonly fact: string;
  readonly state: State;
  readonly from: Day;
}

const leaves: Partial<Record<EventKind, State>> = {
  founded: 'active',
  revived: 'active',
  paused: 'paused',
  ended: 'ended',
};

/** What the tellings that count say of how it stood, each from its own day. */
function claimsOf(life: Life): Claim[] {
  return whatCounts(life.tellings).flatMap((one) => {
    const [state, from] = [leaves[one.kind], takesEffect(one)];
    return state === undefined || from === null ? [] : [{ fact: one.fact, state, from }];
  });
}

function claimsSeen(life: Life): string[] {
  const periods = periodsIn(life);
  return claimsOf(life).flatMap(({ fact, state, from }) => (stateOn(periods, from) === state ? [fact] : []));
}

/** A relation with what is needed to see whether it fits the lives of both. */
export interface Beside {
  readonly key: string;
  readonly type: RelationType;
  readonly since: ToldDay;
  readonly until: ToldDay;
  /** Whether it goes out from the entry that is asked about. */
  readonly along: boolean;
  readonly other: { readonly id: string; readonly lives: readonly Days[] };
  /** Whether who is asking may know of the other. */
  readonly seen: boolean;
}

/** The relations that stand in no day that both live, once the one whose they are lives so. */
export function outside<Relation extends Omit<Beside, 'key' | 'seen'>>(
  relations: readonly Relation[],
  lives: readonly Days[],
): Relation[] {
  return relations.filter((relation) => {
    const { along, other } = relation;
    return standingDays(relation, along ? lives : other.lives, along ? other.lives : lives) === null;
  });
}
