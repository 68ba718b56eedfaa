import { daysLater, type Day } from '#platform/clock.ts';
import type { Language } from '#platform/i18n/languages.ts';
import { freshness, type Freshness, type Theme } from '../model.ts';

export const answers = ['right', 'changed', 'stopped'] as const;
/** What an initiative says when it is asked whether its entry is still true. */
export type Answer = (typeof answers)[number];

export const askingWishes = ['usual', 'less', 'never'] as const;
/** How often an initiative wishes to be asked: twice a year at most, once in two years, or not at all. */
export type AskingWish = (typeof askingWishes)[number];

export const choices = ['all', 'never-confirmed', 'fading', 'faded', 'silent'] as const;
/** Which entries a campaign asks: all, those nobody ever confirmed, or those that were silent for 12, 18 or 24 months. */
export type Choice = (typeof choices)[number];

/** Where a campaign asks. `id` is the code of the province or municipality; empty for everywhere. */
export interface Region {
  readonly kind: 'all' | 'province' | 'municipality';
  readonly id: string;
}

/** A region that someone may choose. */
export interface RegionChoice {
  /** 'province:PV25', as input.ts reads it. */
  readonly value: string;
  readonly kind: Region['kind'];
  readonly called: string;
}

export interface CampaignWish {
  readonly name: string;
  readonly region: Region;
  readonly theme: Theme | null;
  readonly which: Choice;
}

/** An entry that a campaign may ask. */
export interface Candidate {
  readonly initiative: string;
  readonly hasAddress: boolean;
  /** When it was last asked, or was about to be. */
  readonly lastAsked: Day | null;
  readonly wish: AskingWish;
  /** In which language to write. */
  readonly language: Language;
}

/** What a campaign would do with an entry. */
export type Outlook = 'asked' | 'no-address' | 'asked-lately' | 'rather-not';

const monthsBetween: Readonly<Record<'usual' | 'less', number>> = { usual: 6, less: 24 };

/** The day a number of whole months earlier; the 31st becomes the last day that month has. */
export function monthsEarlier(day: Day, months: number): Day {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 - months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(date, last));
  return first.toISOString().slice(0, 10);
}

/**
 * What asking this entry today would come to. Nobody is asked more than once in six months, or in two years when they asked
 * for less; who asks by hand may ask again, but never an initiative that does not wish to be asked.
 */
export function outlookOf(candidate: Candidate, today: Day, byHand = false): Outlook {
  const { wish, lastAsked } = candidate;
  if (wish === 'never') return 'rather-not';
  const asked = lastAsked !== null && lastAsked > monthsEarlier(today, monthsBetween[wish]);
  if (asked && !byHand)
    return lastAsked > monthsEarlier(today, monthsBetween.usual) ? 'asked-lately' : 'rather-not';
  return candidate.hasAddress ? 'asked' : 'no-address';
}

/** How many entries would be asked, and how many not and why. */
export function outlooks(candidates: readonly Candidate[], today: Day): Readonly<Record<Outlook, number>> {
  const counted = { asked: 0, 'no-address': 0, 'asked-lately': 0, 'rather-not': 0 };
  for (const candidate of candidates) counted[outlookOf(candidate, today)] += 1;
  return counted;
}

/** After so many days without an answer one reminder goes out, and never a second. */
export const daysUntilReminder = 21;
/** A link opens for so many days; after the last of them a reminder would come too late. */
export const daysToAnswer = 60;

/** Whether a question that was sent on this day may be reminded of today. */
export function mayRemind(
  asking: { readonly sentOn: Day; readonly remindedOn: Day | null; readonly answer: Answer | null },
  today: Day,
): boolean {
  if (asking.answer !== null || asking.remindedOn !== null) return false;
  return (
    asking.sentOn <= daysLater(today, -daysUntilReminder) && asking.sentOn > daysLater(today, -daysToAnswer)
  );
}

/** What is known of how lately an entry was said to be right. */
export interface Heard {
  readonly confirmedOn: Day | null;
  readonly checkedOn: Day | null;
  /** The day it came on the map. */
  readonly recordedOn: Day;
}

/** The last day on which the initiative or a verifier said that it is right; null when nobody ever did. */
export function lastWord({ confirmedOn, checkedOn }: Pick<Heard, 'confirmedOn' | 'checkedOn'>): Day | null {
  if (confirmedOn === null || checkedOn === null) return confirmedOn ?? checkedOn;
  return confirmedOn > checkedOn ? confirmedOn : checkedOn;
}

const steps: readonly Freshness[] = ['confirmed', 'fading', 'faded', 'silent'];

export interface Fading {
  readonly freshness: Freshness;
  /** 0 is fresh; 1, 2 and 3 are 12, 18 and 24 months of silence. */
  readonly step: number;
}

/** How far an entry has faded: since the last word, or since it came when nobody ever said a word. It never vanishes of itself. */
export function fadingOf(heard: Heard, today: Day): Fading {
  const word = lastWord(heard);
  const counted = freshness(word ?? heard.recordedOn, today);
  return { freshness: word === null ? 'never-confirmed' : counted, step: steps.indexOf(counted) };
}

const scriptOf = (language: Language): RegExp =>
  language === 'ar' || language === 'fa'
    ? /\p{Script=Arabic}/u
    : language === 'ti'
      ? /\p{Script=Ethiopic}/u
      : language === 'uk'
        ? /\p{Script=Cyrillic}/u
        : /\p{Script=Latin}/u;

/** The language to keep with words that someone wrote on a page: that of the page, or 'und' when not a letter of it is in its script. */
export function writtenIn(words: string, page: Language): string {
  return scriptOf(page).test(words) ? page : 'und';
}

/** Since when an initiative stopped, as far as it is said. */
export interface Since {
  readonly day: Day;
  readonly precision: 'month' | 'year' | 'at-latest';
}

/** One question to one initiative, as far as the answering page needs it. */
export interface Asked {
  readonly id: string;
  readonly answer: Answer | null;
  readonly answeredOn: Day | null;
}

/** How far a campaign has come. */
export interface CampaignTally {
  readonly waiting: number;
  readonly sent: number;
  readonly reminded: number;
  readonly noAddress: number;
  readonly dropped: number;
  readonly answers: Readonly<Record<Answer, number>>;
}

export interface Campaign {
  readonly id: string;
  readonly name: string;
  readonly region: Region;
  readonly theme: Theme | null;
  readonly which: Choice;
  readonly startedOn: Day;
  readonly stoppedOn: Day | null;
  readonly tally: CampaignTally;
}
