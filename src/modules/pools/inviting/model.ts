import { daysLater, type Day } from '#platform/clock.ts';
import type { Daypart } from '../model.ts';

/** What is known of an expert when it is asked whose turn it is. */
export interface Fellow {
  readonly id: string;
  readonly languages: readonly string[];
  /** Parts of the week that suit them; none is not said, and then any may be asked. */
  readonly dayparts: readonly Daypart[];
  readonly awayUntil: Day | null;
  /** The most they can give in twelve months; null is not said. */
  readonly hoursAYear: number | null;
  readonly since: Day;
}

/** That an expert was asked for something before. */
export interface AskedBefore {
  readonly expert: string;
  readonly call: string;
  readonly askedOn: Day;
  readonly minutesAsked: number;
  readonly answer: 'yes' | 'no' | 'later' | null;
  readonly minutesGiven: number | null;
}

/** What somebody is needed for. */
export interface CallWish {
  readonly call: string | null;
  readonly minutes: number;
  readonly day: Day | null;
  readonly daypart: Daypart | null;
  /** One of these is needed; none is any. */
  readonly languages: readonly string[];
  /** The most the pool asks of one expert in twelve months. */
  readonly hoursAYear: number;
}

/** Why somebody's turn has come, in the order it is told. */
export type TurnReason =
  | { readonly name: 'never-asked' }
  | { readonly name: 'least-asked'; readonly minutes: number; readonly times: number }
  | { readonly name: 'longest-ago'; readonly day: Day }
  | { readonly name: 'speaks'; readonly language: string }
  | { readonly name: 'suits'; readonly daypart: Daypart };

/** Why somebody is not asked now. */
export type NotNow = 'asked-already' | 'away' | 'other-language' | 'other-daypart' | 'hours-full';

export interface Turn {
  readonly expert: string;
  readonly minutes: number;
  readonly times: number;
  readonly reasons: readonly TurnReason[];
}

export interface Turns {
  /** Whose turn it is, first to last. */
  readonly next: readonly Turn[];
  readonly notNow: readonly { readonly expert: string; readonly why: NotNow }[];
}

/** What was asked of each in the year before today. Who said 'later' keeps their turn: it counts nothing. */
function lastYear(asked: readonly AskedBefore[], today: Day): Map<string, AskedBefore[]> {
  const from = daysLater(today, -365);
  const by = new Map<string, AskedBefore[]>();
  for (const each of asked)
    if (each.askedOn > from && each.answer !== 'later')
      by.set(each.expert, [...(by.get(each.expert) ?? []), each]);
  return by;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/** Minutes of the year that are taken: what was given, else what was said yes to or waits for an answer. A no takes none. */
const taken = (before: readonly AskedBefore[]) =>
  sum(before.map((each) => each.minutesGiven ?? (each.answer === 'no' ? 0 : each.minutesAsked)));

function whyNot(
  fellow: Fellow,
  before: readonly AskedBefore[],
  asked: readonly AskedBefore[],
  wish: CallWish,
  today: Day,
): NotNow | null {
  if (asked.some(({ expert, call }) => expert === fellow.id && call === wish.call)) return 'asked-already';
  if (fellow.awayUntil !== null && fellow.awayUntil > (wish.day ?? today)) return 'away';
  if (wish.languages.length > 0 && !wish.languages.some((each) => fellow.languages.includes(each)))
    return 'other-language';
  if (wish.daypart !== null && fellow.dayparts.length > 0 && !fellow.dayparts.includes(wish.daypart))
    return 'other-daypart';
  const most = Math.min(wish.hoursAYear, fellow.hoursAYear ?? wish.hoursAYear) * 60;
  return taken(before) + wish.minutes > most ? 'hours-full' : null;
}

function turnOf(fellow: Fellow, before: readonly AskedBefore[], wish: CallWish): Turn {
  const minutes = sum(before.map(({ minutesAsked }) => minutesAsked));
  const last = before
    .map(({ askedOn }) => askedOn)
    .sort()
    .at(-1);
  const language = wish.languages.find((each) => fellow.languages.includes(each));
  const reasons: TurnReason[] =
    last === undefined
      ? [{ name: 'never-asked' }]
      : [
          { name: 'least-asked', minutes, times: before.length },
          { name: 'longest-ago', day: last },
        ];
  if (language !== undefined) reasons.push({ name: 'speaks', language });
  if (wish.daypart !== null && fellow.dayparts.includes(wish.daypart))
    reasons.push({ name: 'suits', daypart: wish.daypart });
  return { expert: fellow.id, minutes, times: before.length, reasons };
}

/**
 * Whose turn it is to be asked: of those who speak a language that is needed, are free, and have hours left in the year, who was asked
 * for the fewest minutes in the last twelve months; then who was asked longest ago, then who is longest in the pool, then by their key,
 * which is drawn by lot. Each with why, and everyone else with why not now.
 */
export function whoNext(
  fellows: readonly Fellow[],
  asked: readonly AskedBefore[],
  wish: CallWish,
  today: Day,
): Turns {
  const before = lastYear(asked, today);
  const of = (fellow: Fellow) => before.get(fellow.id) ?? [];
  const looked = fellows.map((fellow) => ({
    fellow,
    why: whyNot(fellow, of(fellow), asked, wish, today),
    turn: turnOf(fellow, of(fellow), wish),
    last: of(fellow).reduce((latest, { askedOn }) => (askedOn > latest ? askedOn : latest), ''),
  }));
  const order = (a: string | number, b: string | number) => (a < b ? -1 : a > b ? 1 : 0);
  return {
    next: looked
      .filter(({ why }) => why === null)
      .sort(
        (a, b) =>
          order(a.turn.minutes, b.turn.minutes) ||
          order(a.last, b.last) ||
          order(a.fellow.since, b.fellow.since) ||
          order(a.fellow.id, b.fellow.id),
      )
      .map(({ turn }) => turn),
    notNow: looked.flatMap(({ fellow, why }) => (why === null ? [] : [{ expert: fellow.id, why }])),
  };
}

export type AnswerTo = 'yes' | 'no' | 'later';

/** How an invitation stands: what was asked and answered, what was given, what the keeper says was paid and the expert says was received. */
export interface InvitationStands {
  readonly askedOn: Day;
  readonly minutesAsked: number;
  readonly answer: AnswerTo | null;
  readonly minutesGiven: number | null;
  readonly givenToldBy: 'expert' | 'keeper' | null;
  readonly paidCents: number | null;
  readonly paidWay: 'money' | 'voucher' | null;
  readonly paidOn: Day | null;
  readonly received: 'yes' | 'in-part' | 'not' | null;
}

/** Whether an answer may still be given or changed: until hours were said or paid. */
export const mayStillAnswer = (invitation: {
  readonly minutesGiven: number | null;
  readonly paidCents: number | null;
}): boolean => invitation.minutesGiven === null && invitation.paidCents === null;

/** What hours cost, in whole cents: 90 minutes at 2,500 cents an hour is 3,750. */
export const costOf = (minutes: number, centsAnHour: number): number =>
  Math.round((minutes * centsAnHour) / 60);
