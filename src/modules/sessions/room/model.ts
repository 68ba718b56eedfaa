import type { MessageKey } from '#platform/i18n/keys.ts';
import type { Language } from '#platform/i18n/languages.ts';
import type { Attendance, SessionKind, SessionState, StepKind, Words } from '../model.ts';

/** Someone in the room on the phone that looks. */
export interface PersonHere {
  readonly id: string;
  readonly called: string | null;
  readonly role: Attendance | null;
  readonly state: 'waiting' | 'in' | 'out' | 'turned-away';
  /** Whether they may type in paper cards. */
  readonly helps: boolean;
}

export interface StepSeen {
  readonly position: number;
  readonly kind: StepKind;
  readonly state: 'waiting' | 'open' | 'done';
  /** Name of the texts of the house for this step: 'make-session.arrive'; null has its own. */
  readonly fromHouse: string | null;
  readonly purpose: Words;
  readonly prompt: Words;
  readonly sides: readonly Words[];
  readonly minutes: number | null;
  readonly endsAt: Date | null;
}

/** What a phone sees of its room, before what the open step adds. */
export interface RoomSeen {
  readonly id: string;
  readonly code: string;
  readonly slug: string;
  readonly kind: SessionKind;
  readonly state: SessionState;
  readonly door: 'open' | 'admission';
  readonly title: Words;
  readonly purpose: Words;
  /** Language the facilitator writes in. */
  readonly language: string;
  readonly smallest: number;
  readonly startsAt: Date | null;
  readonly closedAt: Date | null;
  /** Number of the last event this picture knows of. */
  readonly lastEvent: number;
  /** How many people are in. */
  readonly people: number;
  readonly steps: readonly StepSeen[];
  /** The step that is open while the room is live or paused. */
  readonly step: StepSeen | null;
  /** The language this page is read in, and the one beside it. */
  readonly reads: { readonly own: Language; readonly beside: string | null };
  readonly onPhone: readonly PersonHere[];
  /** Who fills in the page now: every form carries their id as `who`. Null when nobody on this phone is in. */
  readonly who: PersonHere | null;
}

/** Why a deed in the room could not be done, and what was typed, so that it is not lost. */
export interface RefusedInRoom {
  readonly refused: MessageKey;
  /** The action that refused: 'say'. */
  readonly deed: string;
  readonly typed: Readonly<Record<string, string>>;
}

/** Words as someone reads them: in the first language they exist in, in this order, then that of the house, then any. */
export function wordsFor(
  words: Words,
  reads: readonly (string | null)[],
): { readonly text: string; readonly language: string } | null {
  const language = [...reads, 'nl', 'en', ...Object.keys(words)].find((each) => each !== null && words[each]);
  return language ? { text: words[language] ?? '', language } : null;
}

/** What a step asks its page to be made anew for, as the script of the room reads it; `state`, `step` and `timer` always do. */
export const freshOn: Readonly<Record<StepKind | 'lobby' | 'closed', string>> = {
  lobby: 'state step people',
  'check-in': 'state step timer statement rendering',
  statements: 'state step timer statement rendering',
  vote: 'state step timer statement rendering',
  issues: 'state step timer statement issue grouped rendering',
  stones: 'state step timer issue stones',
  groups: 'state step timer groups statement rendering',
  dilemma: 'state step timer statement rendering',
  landscape: 'state step timer picture',
  harvest: 'state step timer statement rendering',
  promises: 'state step timer promise',
  closed: 'state minutes promise',
};
