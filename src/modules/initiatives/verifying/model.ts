import type { Day } from '#platform/clock.ts';
import type { Language } from '#platform/i18n/languages.ts';
import type { Channel, DatePrecision, EventKind, ProposalKind } from '../model.ts';
import type { Answer, Since } from '../asking/model.ts';

export const matterKinds = ['new', 'proposal', 'relation', 'said-changed', 'silent', 'no-address'] as const;
/**
 * What can wait for a verifier: a new entry, a proposal, a relation of which both sides differ, an answer that something
 * changed, an entry of which nothing was heard for two years, and one that could not be asked for want of an address.
 */
export type MatterKind = (typeof matterKinds)[number];

/** One thing that waits, by its kind and the entry, proposal, relation or question it is about. */
export interface MatterName {
  readonly kind: MatterKind;
  readonly subject: string;
}

export const keyOf = ({ kind, subject }: MatterName): string => `${kind}:${subject}`;

export interface Matter extends MatterName {
  readonly initiative: string;
  readonly name: string;
  readonly town: string | null;
  /** Since when it waits. */
  readonly since: Day;
  /** A kind of proposal, a type of relation or a step of fading. */
  readonly reason: string | null;
  /** Who looks at it; null when nobody took it. */
  readonly holder: { readonly id: string; readonly called: string | null; readonly mine: boolean } | null;
}

export const whoses = ['all', 'mine', 'nobody', 'colleagues'] as const;
export type Whose = (typeof whoses)[number];
export const orders = ['oldest', 'newest', 'name'] as const;
export type QueueOrder = (typeof orders)[number];

/** What someone wants to see of what waits. */
export interface QueueWish {
  readonly kinds: readonly MatterKind[];
  readonly whose: Whose;
  /** Words in the name of an entry. */
  readonly q: string;
  /** Code of a municipality, or '' for everywhere. */
  readonly municipality: string;
  readonly order: QueueOrder;
  readonly page: number;
}

export const queuePage = 50;

export interface Queue {
  readonly matters: readonly Matter[];
  readonly total: number;
}

/** How many wait of each kind, and how many of them are this person's. */
export interface QueueTally {
  readonly kind: MatterKind;
  readonly count: number;
  readonly mine: number;
}

export interface SavedFilter {
  readonly id: string;
  readonly name: string;
  /** The question in the address. */
  readonly asked: string;
}

/** Another verifier or editor of the same regions. */
export interface Colleague {
  readonly id: string;
  readonly called: string | null;
}

export const founds = ['right', 'changed', 'stopped', 'no-answer'] as const;
/** What a verifier found out. */
export type Finding = (typeof founds)[number];

/** How a verifier tried to find out whether an entry is right, and what came of it. */
export interface Checking {
  readonly channel: Channel;
  readonly day: Day;
  readonly found: Finding;
  /** What colleagues should know; never shown outside. */
  readonly note: string | null;
  /** Since when it stopped, when that was found. */
  readonly since: Since | null;
}

/** Something done with matters that wait; the same for one as for many. */
export type DeskDeed =
  | { readonly deed: 'take' | 'let-go' }
  | { readonly deed: 'give'; readonly to: string }
  | { readonly deed: 'accept'; readonly why: string | null }
  | { readonly deed: 'decline'; readonly why: string }
  | { readonly deed: 'check'; readonly checking: Checking }
  | { readonly deed: 'ask'; readonly home: string }
  | {
      readonly deed: 'weigh';
      readonly stance: 'confirms' | 'disputes';
      readonly said: { readonly language: Language; readonly text: string } | null;
    };

export const deskDeeds = ['take', 'give', 'let-go', 'accept', 'decline', 'check', 'ask', 'weigh'] as const;

const takes: Readonly<Record<DeskDeed['deed'], readonly MatterKind[]>> = {
  take: matterKinds,
  give: matterKinds,
  'let-go': matterKinds,
  accept: ['new', 'proposal'],
  decline: ['new', 'proposal'],
  check: ['proposal', 'said-changed', 'silent', 'no-address'],
  ask: ['silent', 'said-changed'],
  weigh: ['relation'],
};

/** Whether this can be done with a matter of this kind at all. */
export function suits(deed: DeskDeed['deed'], kind: MatterKind): boolean {
  return takes[deed].includes(kind);
}

export interface Undone {
  readonly matter: MatterName;
  /** The name of the entry, where this person may know it. */
  readonly name: string | null;
  /** own, elsewhere, gone, not-this-way, taken, colleague or does-not-fit; or a text of the room that writes the deed. */
  readonly reason: string;
}

export interface Outcome {
  readonly done: readonly MatterName[];
  readonly undone: readonly Undone[];
}

/** What someone said of an entry and a verifier has to look at. */
export interface Proposal {
  readonly id: string;
  readonly initiative: string;
  readonly kind: ProposalKind;
  readonly words: Readonly<Record<string, unknown>>;
  readonly saidBy: 'own' | 'verifier' | 'other';
}

export interface ShownProposal extends Proposal {
  readonly on: Day;
  readonly standing: 'waiting' | 'accepted' | 'declined' | 'withdrawn';
  readonly decidedOn: Day | null;
  readonly why: string | null;
}

/** One line of what happened with an entry, for the desk. */
export type PastStep =
  | {
      readonly what: 'event';
      readonly on: Day;
      readonly kind: EventKind;
      readonly saidBy: string;
      readonly day: Day | null;
      readonly precision: DatePrecision;
    }
  | {
      readonly what: 'checking';
      readonly on: Day;
      readonly channel: Channel;
      readonly found: Finding;
      readonly note: string | null;
      readonly by: string | null;
    }
  | {
      readonly what: 'asking';
      readonly on: Day;
      readonly answer: Answer | null;
      readonly answeredOn: Day | null;
    }
  | { readonly what: 'proposal'; readonly on: Day; readonly proposal: ShownProposal };

/** Where an initiative is, as exactly as it was told: only after someone said that they look. */
export interface LookedPlace {
  readonly precision: string;
  readonly town: string | null;
  readonly lat: number | null;
  readonly lon: number | null;
}
