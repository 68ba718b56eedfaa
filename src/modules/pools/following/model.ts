import { daysLater, type Day } from '#platform/clock.ts';
import type { Answer, Judgement } from '../answering/model.ts';
import type { Beside, SaidOfWhole, Voice } from '../advising/model.ts';
import type { ConsultationState } from '../consulting/model.ts';

/** After how many months both sides are asked how it stands. */
export const monthsToFollow = [3, 6, 12] as const;
export type FollowMonths = (typeof monthsToFollow)[number];

/** How it stands: it moved, it stands still, or it was turned back. */
export const howItStands = ['moved', 'still', 'turned-back'] as const;
export type HowItStands = (typeof howItStands)[number];

/** After so many days of silence the client is reminded, and so often again. */
export const daysUntilReminder = 42;
/** Days after the year in which the last answers are waited for. */
export const daysToFinish = 31;
/** A follow-up that was missed for longer than this is no longer asked. */
export const daysToCatchUp = 30;

/** Whether a client who says nothing since this day is reminded today. */
export function isReminded(since: Day, remindedOn: Day | null, today: Day): boolean {
  const last = remindedOn !== null && remindedOn > since ? remindedOn : since;
  return daysLater(last, daysUntilReminder) <= today;
}

/** What was told of an advice some months later. */
export interface ToldLater {
  readonly side: 'client' | 'expert';
  readonly called: string | null;
  readonly said: HowItStands;
  readonly language: string;
  readonly text: string;
  readonly day: Day;
}

export interface FollowUp {
  readonly months: FollowMonths;
  readonly dueOn: Day;
  readonly askedOn: Day | null;
  readonly told: readonly ToldLater[];
}

export interface ReadPoint {
  readonly id: string;
  readonly number: number;
  readonly language: string;
  readonly text: string;
  readonly voices: readonly Voice[];
  readonly dissent: readonly Beside[];
  readonly answers: readonly Answer[];
}

/** An advice as anyone may read it. */
export interface ReadAdvice {
  readonly id: string;
  readonly slug: string;
  readonly pool: string;
  readonly poolName: Readonly<Record<string, string>>;
  readonly clientName: string;
  readonly clientSlug: string | null;
  readonly title: string;
  readonly question: string;
  readonly mayChange: string;
  readonly language: string;
  readonly askedOn: Day;
  readonly deadline: Day;
  readonly handedOn: Day;
  readonly state: Extract<ConsultationState, 'advised' | 'answered' | 'followed'>;
  readonly hash: string;
  readonly words: string | null;
  readonly takenBackOn: Day | null;
  readonly experts: readonly string[];
  readonly beside: readonly (Beside & { readonly said: SaidOfWhole })[];
  readonly judgements: readonly {
    readonly said: Judgement;
    readonly called: string | null;
    readonly language: string | null;
    readonly text: string | null;
    readonly day: Day;
  }[];
  readonly followUps: readonly FollowUp[];
  readonly changedAt: Date;
  readonly points: readonly ReadPoint[];
}

/** An advice in a list. */
export interface ListedAdvice extends Pick<
  ReadAdvice,
  | 'slug'
  | 'title'
  | 'language'
  | 'clientName'
  | 'pool'
  | 'poolName'
  | 'handedOn'
  | 'state'
  | 'hash'
  | 'changedAt'
> {
  readonly points: readonly (readonly Answer[])[];
}
