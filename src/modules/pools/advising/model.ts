import type { Day } from '#platform/clock.ts';
import { ok, refused, type Result } from '#platform/result.ts';

export const adviceStates = ['draft', 'before-all', 'agreed', 'handed-over'] as const;
export type AdviceState = (typeof adviceStates)[number];

export const adviceDeeds = ['lay-before', 'redraft', 'agree', 'hand-over'] as const;
export type AdviceDeed = (typeof adviceDeeds)[number];

const ways: Readonly<Record<AdviceDeed, { from: readonly AdviceState[]; to: AdviceState }>> = {
  'lay-before': { from: ['draft'], to: 'before-all' },
  redraft: { from: ['before-all', 'agreed'], to: 'draft' },
  agree: { from: ['before-all'], to: 'agreed' },
  'hand-over': { from: ['agreed'], to: 'handed-over' },
};

/** How an advice stands after this deed, or why it cannot be done now (docs/states/advice.md). */
export function afterDeed(state: AdviceState, deed: AdviceDeed): Result<AdviceState, 'not_now'> {
  return ways[deed].from.includes(state) ? ok(ways[deed].to) : refused('not_now');
}

export const saidOfWhole = ['yes', 'yes-with', 'not-yet'] as const;
export type SaidOfWhole = (typeof saidOfWhole)[number];

/** How many days experts have at least and at most to say what they think. */
export const daysToSpeak = { least: 3, usual: 10, most: 60 } as const;
export const leastMeetings = 2;
export const limits = { point: 1000, words: 1000, points: 40 } as const;

/**
 * Whether the pool agrees on this day: everyone spoke or had the days to, at least half of the experts said yes, and in the first round
 * nobody says not yet. Later a 'not yet' goes along as dissent. The same rule as core.advice_is_carried.
 */
export function isCarried(
  said: readonly (SaidOfWhole | null)[],
  round: number,
  { on, until }: { readonly on: Day; readonly until: Day },
): boolean {
  const yes = said.filter((each) => each === 'yes' || each === 'yes-with').length;
  if (on <= until && said.includes(null)) return false;
  if (round <= 1 && said.includes('not-yet')) return false;
  return yes >= 1 && yes * 2 >= said.length;
}

/** Who chose no name in the advice, by their name in the pool; for the pool alone, and never in the words that are handed over. */
interface Known {
  readonly inPool?: string | null;
}

/** A voice behind a point, as it may be shown. */
export interface Voice {
  readonly kind: 'own' | 'statement' | 'quote';
  readonly called: string | null;
  readonly language: string;
  readonly text: string;
  /** Of a statement: in the how many-eth meeting, and its number there. */
  readonly meeting: number | null;
  readonly number: number | null;
}

/** Words of an expert beside something; without a name when they chose none. */
export interface Beside {
  readonly called: string | null;
  readonly language: string;
  readonly text: string;
}

export interface Point {
  readonly id: string;
  readonly number: number;
  readonly language: string;
  readonly text: string;
  readonly voices: readonly (Voice & Known & { readonly id: string; readonly mine: boolean })[];
  readonly dissent: readonly (Beside & Known & { readonly mine: boolean })[];
}

/** What an expert says of the whole advice in this round; null said nothing yet. */
export interface WordOfWhole extends Known {
  readonly called: string | null;
  readonly mine: boolean;
  /** Not when they stopped taking part, or acted for the client since it asked: then what they said stays, and counts no more. */
  readonly counts: boolean;
  readonly said: SaidOfWhole | null;
  readonly language: string | null;
  readonly text: string | null;
}

/** An advice as the pool knows it. */
export interface Advice {
  readonly consultation: string;
  readonly state: AdviceState;
  readonly round: number;
  readonly untilDay: Day | null;
  readonly keeperSigned: boolean;
  readonly expertSigned: boolean;
  readonly handedOn: Day | null;
  readonly hash: string | null;
  readonly points: readonly Point[];
  readonly words: readonly WordOfWhole[];
}

interface Heading {
  readonly title: string;
  readonly clientName: string;
  readonly question: string;
  readonly mayChange: string;
  readonly handedOn: Day;
}

const oneLine = (text: string) => text.normalize('NFC').replace(/\s+/gu, ' ').trim();
const by = (called: string | null) => (called === null ? '-' : oneLine(called));

/**
 * The whole advice as words, written in one way only: UTF-8, a line per part, each line ended. `lot` stands in the first line, so that
 * what was taken back cannot be guessed from the mark of the words.
 */
export function canonicalWords(
  heading: Heading,
  advice: Pick<Advice, 'points' | 'words'>,
  lot: string,
): string {
  const lines = [
    `lot ${lot}`,
    `advice ${oneLine(heading.title)}`,
    `client ${oneLine(heading.clientName)}`,
    `question ${oneLine(heading.question)}`,
    `may change ${oneLine(heading.mayChange)}`,
    `handed over ${heading.handedOn}`,
    ...advice.points.flatMap((point) => [
      `point ${point.number} [${point.language}] ${oneLine(point.text)}`,
      ...point.voices.map((voice) =>
        voice.kind === 'statement'
          ? `voice statement ${voice.meeting}.${voice.number} [${voice.language}] ${oneLine(voice.text)}`
          : `voice ${voice.kind} ${by(voice.called)} [${voice.language}] ${oneLine(voice.text)}`,
      ),
      ...point.dissent.map((one) => `otherwise ${by(one.called)} [${one.language}] ${oneLine(one.text)}`),
    ]),
    ...advice.words
      .filter(({ text }) => text !== null)
      .map((one) => `${one.said} ${by(one.called)} [${one.language}] ${oneLine(one.text ?? '')}`),
  ];
  return lines.map((line) => `${line}\n`).join('');
}
