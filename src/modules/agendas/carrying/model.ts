import type { Task } from '#platform/calendar/icalendar.ts';
import type { Day } from '#platform/clock.ts';
import type { Words } from '../../sessions/model.ts';
import type { PromiseState, WhoKind, OpenNews, OpenStone } from '../model.ts';

export interface HelpAsked {
  readonly id: string;
  readonly language: string;
  readonly text: string;
}

/** Help that someone offers, as who carries the promise reads it. */
export interface HelpOffered extends HelpAsked {
  readonly called: string | null;
  readonly mail: string | null;
}

/** A promise as a carrier of its agenda sees it: their own, or another's. */
export interface CarriedPromise {
  readonly id: string;
  readonly number: number;
  readonly what: Words;
  readonly language: string;
  readonly whoKind: WhoKind;
  readonly toWhom: string | null;
  readonly byDay: Day | null;
  readonly state: PromiseState;
  readonly pausedUntil: Day | null;
  readonly why: Words | null;
  readonly carriers: readonly string[];
  /** What this carrier said to it; null carries it not. */
  readonly mine: 'asked' | 'confirmed' | 'declined' | null;
  readonly called: string | null;
  readonly named: boolean;
  /** Since when a question waits for an answer; null is none. */
  readonly askedOn: Day | null;
  readonly silentSince: Day | null;
  readonly stones: readonly OpenStone[];
  readonly news: readonly OpenNews[];
  readonly helpAsked: readonly HelpAsked[];
  /** Only for who carries it. */
  readonly helpOffered: readonly HelpOffered[];
}

/** What a word of a mail or a card opens: an agenda of one's own session, and what one carries of it. */
export interface Carried {
  readonly agenda: string;
  readonly slug: string;
  readonly title: Words;
  readonly openTo: 'room' | 'everyone';
  readonly drawnOn: Day | null;
  readonly untilDay: Day;
  readonly language: string;
  /** Null is someone who only reads. */
  readonly stoppedOn: Day | null;
  readonly promises: readonly CarriedPromise[];
}

const standings = { underway: 'underway', paused: 'open', done: 'done', 'let-go': 'let-go' } as const;

/** What a carrier said yes to, as tasks for a calendar; the same task for ever, so that a calendar brings it up to date. */
export function tasksOf(
  { promises }: Carried,
  { now, page, host }: { readonly now: Date; readonly page: string; readonly host: string },
): Task[] {
  return promises.flatMap(({ mine, id, state, byDay, what, language }) => {
    if (mine !== 'confirmed' || !byDay || !(state in standings)) return [];
    const standing = standings[state as keyof typeof standings];
    const summary = what[language] ?? Object.values(what)[0] ?? '';
    return [
      {
        kind: 'task',
        uid: `promise-${id}@${host}`,
        stamp: now,
        due: byDay,
        standing,
        summary,
        language,
        url: page,
      },
    ];
  });
}
