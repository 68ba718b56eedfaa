import type { Day } from '#platform/clock.ts';
import type { DatePrecision, EventKind, Theme } from '../model.ts';

/** What of the field someone follows. Everything when nothing is named; otherwise all that is named must hold. */
export interface Wish {
  /** The word in the address of one entry; null for no one in particular. */
  readonly entry: string | null;
  readonly municipality: string | null;
  readonly province: string | null;
  /** Words that name a place; '' for no place. */
  readonly near: string;
  /** Kilometres around that place. */
  readonly within: number;
  /** Several are a choice. */
  readonly theme: readonly Theme[];
}

export const everything: Wish = {
  entry: null,
  municipality: null,
  province: null,
  near: '',
  within: 25,
  theme: [],
};

/** From where in the diary of the field: after a line, or from a moment; null is the latest. */
export type Cursor = { readonly number: number } | { readonly moment: string } | null;

/** The last thing anyone could see change in one entry. */
export interface NewsItem {
  readonly number: number;
  readonly at: Date;
  readonly day: Day;
  readonly what: 'added' | 'changed';
  readonly slug: string;
  readonly name: string;
  readonly town: string | null;
  readonly themes: readonly Theme[];
  /** What it does, in the reader's language where there is such a text; only told when it is new. */
  readonly summary: { readonly words: string; readonly language: string } | null;
  /** What was told of its life that day. */
  readonly events: readonly {
    readonly kind: EventKind;
    readonly day: Day | null;
    readonly precision: DatePrecision;
    readonly words: string | null;
  }[];
}

/** An entry that left the map, on a day on which it had changed before: whoever kept a copy lets go of it. */
export interface Gone {
  readonly number: number;
  readonly at: Date;
  readonly day: Day;
  readonly slug: string;
  /** Where it lives on, when it turned out to be the same as another. */
  readonly movedTo: string | null;
}

export interface News {
  /** Newest first. */
  readonly items: readonly NewsItem[];
  readonly gone: readonly Gone[];
  /** What to ask for to hear what follows. */
  readonly next: number;
  /** Whether there is more, right now, after `next`. */
  readonly more: boolean;
}

/** How the parts of a wish are called in the reader's language; null for a part that is not there, or that nobody knows (any more). */
export interface WishNames {
  readonly entry: string | null;
  readonly municipality: string | null;
  readonly province: string | null;
  readonly near: string | null;
}

/** The wish as questions of an address, in one order, without what is not wished. */
export function askedWith(wish: Wish): URLSearchParams {
  const query = new URLSearchParams();
  if (wish.entry !== null) query.set('entry', wish.entry);
  if (wish.municipality !== null) query.set('municipality', wish.municipality);
  if (wish.province !== null) query.set('province', wish.province);
  if (wish.near !== '') {
    query.set('near', wish.near);
    query.set('within', String(wish.within));
  }
  for (const theme of wish.theme) query.append('theme', theme);
  return query;
}

/** An address with the wish and more questions behind it. */
export function addressOf(path: string, wish: Wish, more: Readonly<Record<string, string>> = {}): string {
  const query = askedWith(wish);
  for (const [name, value] of Object.entries(more)) query.set(name, value);
  return query.size === 0 ? path : `${path}?${query.toString()}`;
}

/** What someone follows, as they see it. */
export interface Following {
  readonly id: string;
  readonly wish: Wish;
  readonly names: WishNames;
}

/** What a word from a mail is for, and what its reader follows. */
export interface Opened {
  readonly purpose: 'confirm' | 'stop';
  /** What is to be said yes to; null when that was done, or when the word is to stop. */
  readonly asked: Following | null;
  readonly followed: readonly Following[];
}

/** A mail with news goes out at most once in so many days. */
export const daysBetween = 7;
/** For how many days a yes may be said after it was asked for. */
export const daysToConfirm = 7;
/** For how many days the link to stop in a mail works. */
export const daysToStop = 400;
/** How many mails that ask for a yes one address gets in a day. */
export const mostAsksADay = 3;
/** How much one person follows at most. */
export const mostFollowed = 20;
