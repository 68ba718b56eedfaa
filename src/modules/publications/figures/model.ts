import { isDay, type Day } from '#platform/clock.ts';
import type { FigureKind } from '../model.ts';

/** What a figure asks of the open field. Names in the address and days, so that anyone can ask it again. */
export type FigureAsk =
  | { readonly kind: 'field'; readonly on: Day; readonly province: string | null }
  | { readonly kind: 'shoreline'; readonly from: Day; readonly until: Day }
  | { readonly kind: 'chain'; readonly from: string; readonly to: string | null; readonly on: Day }
  | { readonly kind: 'trajectory'; readonly initiative: string }
  | { readonly kind: 'landscape'; readonly session: string }
  | { readonly kind: 'promises'; readonly agenda: string }
  | { readonly kind: 'silence'; readonly advice: string };

export interface Facts {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** What was seen when it was asked: everything of a figure but its day and its key. */
export interface Seen {
  readonly title: string;
  readonly alt: string;
  readonly facts: Facts;
  readonly drawing: string;
}

/** The page of the house where the same is asked, without its language. */
export function addressOf(ask: FigureAsk): string {
  const asked = (path: string, wishes: Readonly<Record<string, string | null>>) =>
    `${path}?${new URLSearchParams(Object.entries(wishes).filter((pair): pair is [string, string] => pair[1] !== null))}`;
  switch (ask.kind) {
    case 'field':
      return asked('/map', { asOf: ask.on, province: ask.province });
    case 'shoreline':
      return asked('/shoreline', { from: ask.from, until: ask.until });
    case 'chain':
      return asked('/chains', { from: ask.from, to: ask.to, day: ask.on });
    case 'trajectory':
      return `/initiatives/${ask.initiative}`;
    case 'landscape':
      return `/sessions/${ask.session}`;
    case 'promises':
      return `/agendas/${ask.agenda}`;
    case 'silence':
      return `/advice/${ask.advice}`;
  }
}

/** The same words for the same question, facts and drawing, whatever the order in which they were written down. */
export function wordsOf(ask: unknown, { facts, drawing }: Pick<Seen, 'facts' | 'drawing'>): string {
  const inOrder = (value: unknown): unknown =>
    typeof value !== 'object' || value === null
      ? value
      : Array.isArray(value)
        ? value.map(inOrder)
        : Object.fromEntries(
            Object.entries(value)
              .sort(([one], [other]) => (one < other ? -1 : 1))
              .map(([name, part]) => [name, inOrder(part)]),
          );
  return JSON.stringify(inOrder({ asked: ask, facts, drawing }));
}

/** The days at which the water is measured between two days: both, and ends of years between them, at most `most` in all. */
export function measuredDays(from: Day, until: Day, most = 13): Day[] {
  if (!isDay(from) || !isDay(until) || until <= from) return [until];
  const [first, last] = [Number(from.slice(0, 4)), Number(until.slice(0, 4))];
  const step = Math.max(1, Math.ceil((last - first) / (most - 2)));
  const between: Day[] = [];
  for (let year = first; year < last; year += step) if (`${year}-12-31` > from) between.push(`${year}-12-31`);
  return [from, ...between, until];
}

export type AskPart =
  'on' | 'province' | 'from' | 'until' | 'initiative' | 'to' | 'session' | 'agenda' | 'advice';

/** The parts of a question, by the kind of figure, in the order in which a form asks them. */
export const asksFor: Readonly<Record<FigureKind, readonly AskPart[]>> = {
  field: ['on', 'province'],
  shoreline: ['from', 'until'],
  chain: ['initiative', 'to', 'on'],
  trajectory: ['initiative'],
  landscape: ['session'],
  promises: ['agenda'],
  silence: ['advice'],
};

/** A title without the signs that shut names off from the words around them: a place that shows one text only needs none. */
export const isolated = (title: string): string => title.replace(/[\u2066-\u2069]/g, '');

/** Something a figure can be asked of: its word in the address, and how it is called. */
export interface Choosable {
  readonly value: string;
  readonly text: string;
}
