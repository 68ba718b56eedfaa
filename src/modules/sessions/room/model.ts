import type { MessageKey } from '#platform/i18n/keys.ts';
import type { Language } from '#platform/i18n/languages.ts';
import type { Speech } from '#platform/i18n/speech.ts';
import type { Laid } from '../ballots/model.ts';
import type { Attendance, BallotWord, SessionKind, SessionState, StepKind, Words } from '../model.ts';

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
  /** Named values that the text of the refusal needs. */
  readonly details: Readonly<Record<string, string | number>>;
}

/** Words as someone reads them: in the first language they exist in, in this order, then that of the house, then any. */
export function wordsFor(
  words: Words,
  reads: readonly (string | null)[],
): { readonly text: string; readonly language: string } | null {
  const language = [...reads, 'nl', 'en', ...Object.keys(words)].find((each) => each !== null && words[each]);
  return language ? { text: words[language] ?? '', language } : null;
}

/** Where someone with this phone stands: at a step, or at a moment when there is nothing to fill in. */
export type Standing =
  'waiting' | 'away' | 'out' | 'lobby' | 'between' | 'paused' | 'step' | 'over' | 'called-off';

/** Where someone with this phone stands. Who left or waits sees nothing of what is said inside. */
export function standingOf(room: Pick<RoomSeen, 'state' | 'step' | 'who' | 'onPhone'>): Standing {
  if (room.state === 'called-off') return 'called-off';
  if (!room.who) {
    if (room.onPhone.some(({ state }) => state === 'waiting')) return 'waiting';
    return room.onPhone.some(({ state }) => state === 'out') ? 'out' : 'away';
  }
  if (room.state === 'closed' || room.state === 'shared') return 'over';
  if (room.state === 'paused') return 'paused';
  if (room.state !== 'live') return 'lobby';
  return room.step ? 'step' : 'between';
}

/** What this step asks, or what it is for: in its own words, or those of the house in the reader's language. */
export function textOfStep(
  step: Pick<StepSeen, 'fromHouse' | 'purpose' | 'prompt'>,
  what: 'purpose' | 'prompt',
  reads: readonly (string | null)[],
  say: Speech,
): { readonly text: string; readonly language: string } | null {
  const house = `methods.${step.fromHouse}.${what}`;
  const own = Object.keys(step[what]).length > 0;
  if (!own && step.fromHouse && say.has(house)) return { text: say(house), language: say.language };
  return wordsFor(step[what], reads);
}

/** How someone on this phone is called on it; who said no name has a number here. */
export function calledHere(
  room: Pick<RoomSeen, 'onPhone'>,
  id: string,
  unnamed: (number: number) => string,
): string {
  const at = room.onPhone.findIndex((each) => each.id === id);
  return room.onPhone[at]?.called ?? unnamed(at + 1);
}

/** What a step asks its page to be made anew for, as the script of the room reads it; `state`, `step` and `timer` always do. */
export const freshOn: Readonly<Record<StepKind | 'door' | 'lobby' | 'closed', string>> = {
  // How many people are in is told to everyone; only who waits to be let in has to look again.
  door: 'state step people',
  lobby: 'state step',
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

/** What the ballot of who fills in the page says already, by statement and by issue. */
export interface BallotSeen {
  readonly votes: Readonly<Record<string, BallotWord>>;
  readonly stones: readonly Laid[];
}

/** The stones after so many lie on this issue, whatever lay there. */
export const laidSo = (before: readonly Laid[], { issue, stones }: Laid): readonly Laid[] => [
  ...before.filter((each) => each.issue !== issue),
  ...(stones > 0 ? [{ issue, stones }] : []),
];

/**
 * In which order someone meets what they have not voted on: drawn for them alone, so that nothing said is always first, with more
 * chance for what few people saw yet (1 + 8 * 2^(-seen/5), as Polis weighs it). The same person meets the same order as long as
 * nothing changes.
 */
export function orderFor<Statement extends { readonly id: string; readonly number: number }>(
  who: string,
  statements: readonly Statement[],
  seen: Readonly<Record<string, number>>,
): Statement[] {
  const drawn = statements.map((each) => {
    const weight = 1 + 8 * 2 ** (-(seen[each.number] ?? 0) / 5);
    return { each, at: -Math.log(drawOf(`${who} ${each.id}`)) / weight };
  });
  return drawn.sort((one, other) => one.at - other.at).map(({ each }) => each);
}

/** A number above 0 and below 1 that is always the same for these words (FNV-1a, then the mix of MurmurHash3). */
function drawOf(words: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < words.length; at++) hash = Math.imul(hash ^ words.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (((hash ^ (hash >>> 16)) >>> 0) + 0.5) / 2 ** 32;
}
