import type { RoomEventKind } from '../model.ts';

/** Something that happened in a room, with its number. */
export interface RoomEvent {
  readonly number: number;
  readonly kind: RoomEventKind;
  readonly about: Readonly<Record<string, unknown>>;
}

/** How many people are in, and how many answered each statement, by its number; never what. */
export interface RoomCounts {
  readonly people: number;
  readonly seen: Readonly<Record<string, number>>;
}

/** Milliseconds between two tellings of counts: at most twice a second. */
export const countsEvery = 500;
/** Milliseconds between two signs of life, so that nothing between us and a phone thinks the line is dead. */
export const pingEvery = 15_000;

/** What changed in the counts, as little as can be said; null when nothing did. */
export function changedCounts(before: RoomCounts | null, after: RoomCounts): Partial<RoomCounts> | null {
  if (!before) return after;
  const seen = Object.fromEntries(
    Object.entries(after.seen).filter(([number, many]) => before.seen[number] !== many),
  );
  const changed = {
    ...(before.people !== after.people && { people: after.people }),
    ...(Object.keys(seen).length > 0 && { seen }),
  };
  return Object.keys(changed).length > 0 ? changed : null;
}

/** An event as it travels to a phone (text/event-stream). */
export const eventWords = ({ number, kind, about }: RoomEvent): string =>
  `event: room\nid: ${number}\ndata: ${JSON.stringify({ kind, about })}\n\n`;

export const countsWords = (counts: Partial<RoomCounts>): string =>
  `event: counts\ndata: ${JSON.stringify(counts)}\n\n`;

export const pingWords = ': \n\n';

/** How long a phone waits before it calls again: not all at the same moment. `draw` is an even number from 0 to below 1. */
export const retryWords = (draw: number): string => `retry: ${500 + Math.floor(draw * 1_500)}\n\n`;

/** More than this is not told one by one to who was away. */
const mostOneByOne = 200;

/**
 * What a phone that was away has to hear: every event, or after a very long time the last one of each kind, in order; its page is made
 * anew by any of them.
 */
export function missed(events: readonly RoomEvent[]): readonly RoomEvent[] {
  if (events.length <= mostOneByOne) return events;
  const last = new Map(events.map((event) => [event.kind, event]));
  return [...last.values()].sort((one, other) => one.number - other.number);
}

/** The number a phone says it heard last; null when it says none. */
export function heardLast(word: string | null): number | null {
  return word !== null && /^\d{1,15}$/.test(word) ? Number(word) : null;
}
