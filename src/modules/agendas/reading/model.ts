import type { Day } from '#platform/clock.ts';
import type { Words } from '../../sessions/model.ts';
import type { WhoKind, OpenNews, OpenStone } from '../model.ts';

/** An agenda in the list of those anyone may read. */
export interface ListedAgenda {
  readonly slug: string;
  readonly title: Words;
  readonly origin: 'room' | 'sources';
  readonly drawnOn: Day | null;
  readonly precision: 'day' | 'month' | 'year' | null;
  readonly untilDay: Day | null;
  readonly promises: number;
  readonly done: number;
  readonly letGo: number;
  readonly silent: number;
}

export interface ReadPromise {
  readonly id: string;
  readonly number: number;
  readonly what: Words;
  readonly whoKind: WhoKind;
  readonly carriers: readonly { readonly name: string; readonly slug: string | null }[];
  readonly unnamed: number;
  readonly toWhom: string | null;
  readonly byDay: Day | null;
  readonly issueTitle: Words | null;
  readonly state: 'underway' | 'paused' | 'done' | 'let-go' | 'not-known';
  readonly pausedUntil: Day | null;
  readonly why: Words | null;
  readonly silentSince: Day | null;
  readonly stones: readonly OpenStone[];
  readonly news: readonly OpenNews[];
  readonly helpAsked: readonly { readonly id: string; readonly language: string; readonly text: string }[];
}

/** An agenda anyone may read, with its promises. */
export interface ReadAgenda extends ListedAgenda {
  readonly sessionSlug: string | null;
  readonly endedOn: Day | null;
  /** Promises that nobody said yes to yet. */
  readonly waiting: number;
  readonly told: readonly ReadPromise[];
}
