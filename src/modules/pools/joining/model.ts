import type { Day } from '#platform/clock.ts';
import type { InvitationStands } from '../inviting/model.ts';
import type { PoolLine } from '../load/model.ts';
import type { ExpertState, ExpertWords, PoolState, Told, Words } from '../model.ts';

/** What an expert was asked, and what became of it. */
export interface MyInvitation extends InvitationStands {
  readonly id: string;
  readonly what: string;
  readonly language: string;
  readonly day: Day | null;
  readonly answerBy: Day | null;
  readonly over: boolean;
}

/** Someone's own line in a pool. */
export interface MyLine {
  readonly id: string;
  readonly state: ExpertState;
  readonly words: ExpertWords;
  readonly told: Told;
  readonly trainedOn: Day | null;
  readonly pool: {
    readonly id: string;
    readonly slug: string;
    readonly name: Words;
    readonly state: PoolState | null;
    readonly centsAnHour: number;
  };
  readonly keptBy: readonly (string | null)[];
  readonly invitations: readonly MyInvitation[];
  /** What the pool knows of everyone's hours and pay. */
  readonly lines: readonly PoolLine[];
}
