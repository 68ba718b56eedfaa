import type { Day } from '#platform/clock.ts';
import { lastDayOf, type Days } from '../../model.ts';
import type { ToldDay } from '../../when/model.ts';
import { relationTypes, standingDays, type RelationType, type Speaker, type Voice } from '../model.ts';

/** The kinds of relation someone can say of themselves; a merger is told as a turn. */
export const sayable: readonly RelationType[] = relationTypes.filter((type) => type !== 'merged-into');

/** A relation as one of both says it: with its direction (`along`) or against it. */
export interface Way {
  readonly type: RelationType;
  readonly along: boolean;
}

/** Every way to say a relation, the one that goes out first; working together is the same from both sides. */
export const ways: readonly Way[] = sayable.flatMap((type): Way[] =>
  type === 'partners-with'
    ? [{ type, along: true }]
    : [
        { type, along: true },
        { type, along: false },
      ],
);

/** A way as the word of a form: 'refers-to', or 'refers-to.back'. */
export const wordOf = ({ type, along }: Way): string => (along ? type : `${type}.back`);

export const wayIn = (word: string): Way | null => ways.find((way) => wordOf(way) === word) ?? null;

export type SayingRefusal =
  | 'itself'
  | 'day_ahead'
  | 'wrong_order'
  | 'not_both_there'
  | 'enough_today'
  | 'words_needed'
  | 'unknown_entry';

/** Why a relation cannot be said so, or null when it can. Its end may lie ahead, as with an agreement. */
export function refusalOf(
  relation: { readonly type: RelationType; readonly since: ToldDay; readonly until: ToldDay },
  livesFrom: readonly Days[],
  livesTo: readonly Days[],
  today: Day,
): SayingRefusal | null {
  const { since, until } = relation;
  if (since.day !== null && since.day > today) return 'day_ahead';
  if (since.day !== null && until.day !== null && until.day < since.day && !sameTime(since, until))
    return 'wrong_order';
  return standingDays(relation, livesFrom, livesTo) === null ? 'not_both_there' : null;
}

// 'Since March 2019, until 2019' is no contradiction.
const sameTime = (since: ToldDay, until: ToldDay): boolean =>
  until.precision !== 'day' &&
  (since.day ?? '').startsWith((until.day ?? '').slice(0, until.precision === 'month' ? 7 : 4));

/** The voices after someone spoke: their own is replaced, every other stays. Who asserted goes on asserting. */
export function withVoice(voices: readonly Voice[], mine: Voice): Voice[] {
  const before = voices.find(({ who }) => who === mine.who);
  const stance = mine.stance === 'confirms' && before?.stance === 'asserts' ? 'asserts' : mine.stance;
  return [...voices.filter(({ who }) => who !== mine.who), { ...mine, stance }];
}

/** Whether anyone still says that the relation is there, once this voice was taken back. */
export function standsWithout(voices: readonly Voice[], who: Speaker): boolean {
  return voices.some((voice) => voice.who !== who && voice.stance !== 'disputes');
}

/** A relation as those who may speak of it see it. */
export interface SpokenRelation {
  readonly id: string;
  readonly key: string;
  readonly type: RelationType;
  readonly from: { readonly slug: string; readonly name: string };
  readonly to: { readonly slug: string; readonly name: string };
  readonly since: ToldDay;
  readonly until: ToldDay;
  readonly voices: readonly Voice[];
  /** As whom who is asking speaks of it. */
  readonly speaker: Speaker;
}

/** Whether someone else told this relation and this side has not said anything of it. */
export function waitsForAnswer({ voices, speaker }: SpokenRelation): boolean {
  return !voices.some(({ who }) => who === speaker);
}

/** The page on which someone speaks of the relations of an entry. */
export interface RelatePage {
  readonly entry: { readonly slug: string; readonly name: string };
  readonly teller: 'own' | 'verifier';
  readonly relations: readonly SpokenRelation[];
}

/** What comes back when something could not be said, with everything that was typed. */
export interface SayingBack {
  readonly typed: Readonly<Record<string, string>>;
  /** The relation it was about; null for a new one. */
  readonly about: string | null;
  readonly problems: readonly { readonly field: string; readonly reason: string }[];
  readonly found: readonly { readonly slug: string; readonly name: string; readonly town: string | null }[];
}

/** A told relation as the sentences and dates of the network read it. */
export function dated({ type, since, until }: Pick<SpokenRelation, 'type' | 'since' | 'until'>) {
  return {
    type,
    since: since.day,
    sincePrecision: since.precision,
    until: until.day,
    untilPrecision: until.precision,
  };
}

/** Whether a told relation was over before this day. */
export function isOver({ until }: Pick<SpokenRelation, 'until'>, today: Day): boolean {
  return until.day !== null && lastDayOf(until.day, until.precision) < today;
}
