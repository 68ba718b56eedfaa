import type { Day } from '#platform/clock.ts';
import type { Speech } from '#platform/i18n/speech.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { PromiseState } from '../../agendas/model.ts';
import type { ToldChain } from '../../initiatives/relations/chains/model.ts';
import type { Words } from '../../sessions/model.ts';

/** To what an initiative wishes to be connected: to this table, or through it to those who decide. */
export const connectionWishes = ['table', 'formal-system'] as const;
export type ConnectionWish = (typeof connectionWishes)[number];

/** waiting: nobody answered. promised: a seated party promised a step. connected: who asked says so. declined: with the reason. */
export const askStates = ['waiting', 'promised', 'connected', 'declined', 'withdrawn'] as const;
export type AskState = (typeof askStates)[number];

export const askDeeds = ['promise', 'decline', 'wait-again', 'connect', 'withdraw'] as const;
export type AskDeed = (typeof askDeeds)[number];

/** Who does it: the table, or the initiative that asks. Whether it is connected only says who asked. */
export type AskDoer = 'table' | 'asker';

const ways: Readonly<Record<AskDeed, { from: readonly AskState[]; to: AskState; by: AskDoer }>> = {
  promise: { from: ['waiting'], to: 'promised', by: 'table' },
  decline: { from: ['waiting'], to: 'declined', by: 'table' },
  'wait-again': { from: ['promised'], to: 'waiting', by: 'table' },
  connect: { from: ['promised'], to: 'connected', by: 'asker' },
  withdraw: { from: ['waiting', 'promised'], to: 'withdrawn', by: 'asker' },
};

/** How an ask stands after this deed, or why it cannot be done now (docs/states/connecting.md). */
export function afterAskDeed(
  state: AskState,
  deed: AskDeed,
  doer: AskDoer,
): Result<AskState, 'not_now' | 'not_there'> {
  const way = ways[deed];
  if (way.by !== doer) return refused('not_there');
  return way.from.includes(state) ? ok(way.to) : refused('not_now');
}

/** The deeds that can be done with an ask in this state by this doer. */
export const askDeedsOf = (state: AskState, doer: AskDoer): AskDeed[] =>
  askDeeds.filter((deed) => ways[deed].by === doer && ways[deed].from.includes(state));

/**
 * What the agenda of a step is called, in Dutch and in English. Everyone may read an agenda, so only a table that is open to everyone is
 * named in it.
 */
export const stepTitle = (
  { name, openTo }: { readonly name: string; readonly openTo: string },
  speech: (language: 'nl' | 'en') => Speech,
): Words =>
  Object.fromEntries(
    (['nl', 'en'] as const).map((language) => [
      language,
      openTo === 'everyone'
        ? speech(language)('chairs.desk.asks.session', { table: name })
        : speech(language)('chairs.desk.asks.session.quiet'),
    ]),
  );

export const askLimits = { words: 500, reach: 200, answer: 500 } as const;

/** What an initiative asks, as it was typed and taken. */
export interface SaidAsk {
  readonly initiative: string;
  readonly wish: ConnectionWish;
  readonly words: string;
  readonly reach: string | null;
}

/** How the promised step stands; nobody who carries it is told here. */
export interface PromisedStep {
  readonly state: PromiseState;
  readonly what: Words;
  readonly byDay: Day | null;
  readonly silentSince: Day | null;
}

/** An ask as both sides of it see it. */
export interface Ask {
  readonly id: string;
  readonly called: string;
  /** Its address while it is open on the map. */
  readonly slug: string | null;
  readonly wish: ConnectionWish;
  readonly language: string;
  readonly words: string;
  readonly reach: string | null;
  readonly askedOn: Day;
  readonly state: AskState;
  readonly answer: { readonly language: string; readonly words: string } | null;
  readonly step: PromisedStep | null;
}

/** An ask as the table sees it, with the way from a seated party to who asks, as the open field knows it. */
export interface AskAtTable extends Ask {
  readonly chain: ToldChain | null;
}

/** Someone at a table who could take a step. */
export interface StepTaker {
  readonly seat: string;
  readonly called: string;
}
