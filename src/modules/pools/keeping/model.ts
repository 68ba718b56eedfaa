import type { Day } from '#platform/clock.ts';
import type { InvitationStands, Turns } from '../inviting/model.ts';
import type { PoolLine } from '../load/model.ts';
import type { Daypart, ExpertState, PayWish, PoolState, Words } from '../model.ts';

/** A pool as its keepers see it in their list. */
export interface KeptPool {
  readonly id: string;
  readonly slug: string;
  readonly name: Words;
  readonly state: PoolState;
  readonly asking: number;
  readonly experts: number;
}

/** An expert as who keeps the pool sees them: in their own words, never who they are elsewhere. */
export interface KeptExpert {
  readonly id: string;
  readonly called: string;
  readonly state: ExpertState;
  readonly languages: readonly string[];
  readonly language: string;
  readonly experience: string | null;
  readonly dayparts: readonly Daypart[];
  readonly awayUntil: Day | null;
  readonly hoursAYear: number | null;
  readonly learned: string | null;
  readonly payWish: PayWish;
  readonly askedOn: Day;
  readonly since: Day | null;
  readonly trainedOn: Day | null;
}

/** An invitation as who keeps the pool sees it. */
export interface SentInvitation extends InvitationStands {
  readonly id: string;
  readonly expert: string;
  readonly called: string | null;
  readonly payWish: PayWish;
}

/** Something a pool was asked, with who was asked for it, and whose turn it is when it is open. */
export interface KeptCall {
  readonly id: string;
  readonly what: string;
  readonly language: string;
  readonly minutes: number;
  readonly people: number;
  readonly day: Day | null;
  readonly daypart: Daypart | null;
  readonly languages: readonly string[];
  readonly answerBy: Day | null;
  readonly state: 'open' | 'closed' | 'called-off';
  readonly invitations: readonly SentInvitation[];
  readonly turns: Turns | null;
}

/** A pool on the desk of who keeps it. */
export interface PoolAtDesk {
  readonly id: string;
  readonly slug: string;
  readonly language: string;
  readonly name: Words;
  readonly purpose: Words;
  readonly training: Words;
  readonly municipality: string | null;
  readonly province: string | null;
  readonly area: string;
  readonly centsAnHour: number;
  readonly hoursAYear: number;
  readonly state: PoolState;
  readonly experts: readonly KeptExpert[];
  readonly lines: readonly PoolLine[];
  readonly calls: readonly KeptCall[];
  readonly keepers: readonly (string | null)[];
}
