import { daysLater, type Day } from '#platform/clock.ts';

export const kinds = [
  'initiative',
  'social-enterprise',
  'network',
  'ngo',
  'municipality',
  'province',
  'national-institution',
  'fund',
  'knowledge-institution',
  'housing-corporation',
  'employer-network',
] as const;
export type Kind = (typeof kinds)[number];

/** The bodies of the formal system: where a chain from the field arrives. */
export const formalKinds: readonly Kind[] = ['municipality', 'province', 'national-institution'];

export const phases = ['arrival', 'landing', 'rooting'] as const;
export type Phase = (typeof phases)[number];

/** The 14 domains of the Indicators of Integration framework (Ndofor-Tah and others, Home Office, 2019). */
export const themes = [
  'work',
  'housing',
  'education',
  'health',
  'leisure',
  'social-bonds',
  'social-bridges',
  'social-links',
  'language',
  'culture',
  'digital-skills',
  'safety',
  'stability',
  'rights',
] as const;
export type Theme = (typeof themes)[number];

export const leads = ['refugee-led', 'together', 'for', 'not-said'] as const;
/** Who leads. 'not-said' is an answer of its own and differs from no. */
export type LedBy = (typeof leads)[number];

export const scopes = ['neighbourhood', 'city', 'region', 'national'] as const;
export type Scope = (typeof scopes)[number];

/** 'at-latest': nobody knows when, but on this day it was so. */
export const datePrecisions = ['day', 'month', 'year', 'around', 'at-latest', 'unknown'] as const;
export type DatePrecision = (typeof datePrecisions)[number];

export const eventKinds = [
  'noticed',
  'founded',
  'opened',
  'moved',
  'renamed',
  'grew',
  'formalised',
  'split',
  'merged',
  'paused',
  'revived',
  'ended',
  'contract',
  'award',
  'crisis',
  'changed',
  'confirmed',
  'checked',
] as const;
export type EventKind = (typeof eventKinds)[number];

/** What an initiative is like in a stretch of time. */
export interface Shape {
  readonly name: string;
  readonly kind: Kind;
  readonly formality: number | null;
  readonly ledBy: LedBy;
  readonly scope: Scope | null;
  readonly phases: readonly Phase[];
  readonly themes: readonly Theme[];
  readonly audiences: readonly string[];
  readonly languages: readonly string[];
}

export interface LifeEvent {
  readonly kind: EventKind;
  /** The first day of the time that is told: 2016-01-01 for 'in 2016'. Null when nobody knows. */
  readonly day: Day | null;
  readonly precision: DatePrecision;
  readonly change: Partial<Shape>;
}

/** A life event with who tells it. */
export interface VoicedEvent extends LifeEvent {
  readonly fact: string;
  readonly saidBy: string;
  /** The fact of another voice that this one tells differently. */
  readonly insteadOf: string | null;
}

const firmestFirst = ['own', 'verifier', 'public-sources'];

/**
 * The events that count where several tell of one happening: what the initiative itself tells goes before a verifier, and
 * both before public sources. A beginning happens once; of anything else a telling says what it stands instead of.
 */
export function whatCounts<Event extends VoicedEvent>(events: readonly Event[]): Event[] {
  const doubt = ({ saidBy }: Event) =>
    firmestFirst.includes(saidBy) ? firmestFirst.indexOf(saidBy) : firmestFirst.length;
  const happening = (event: Event) => event.insteadOf ?? event.fact;
  const founded = Math.min(...events.filter(({ kind }) => kind === 'founded').map(doubt));
  return events.filter((event) => {
    if (event.kind === 'founded' && founded < doubt(event)) return false;
    if (event.kind === 'noticed' && founded <= doubt(event)) return false;
    return !events.some(
      (other) =>
        other.insteadOf !== null && happening(other) === happening(event) && doubt(other) < doubt(event),
    );
  });
}

export type State = 'active' | 'paused' | 'ended';

/** A stretch of days, from its first day up to but not including `until`; null is without end on that side. */
export interface Days {
  readonly from: Day | null;
  readonly until: Day | null;
}

export interface Period extends Days {
  readonly state: State;
  /** False when nobody knows when it began: it is then shown on every earlier day as 'perhaps'. */
  readonly startKnown: boolean;
  readonly shape: Shape;
}

/** The last day of the time that is told, so that 'ended in 2016' still finds it there in December 2016. */
export function lastDayOf(day: Day, precision: DatePrecision): Day {
  if (precision === 'year' || precision === 'around') return `${day.slice(0, 4)}-12-31`;
  if (precision !== 'month') return day;
  const month = new Date(`${day.slice(0, 7)}-01T00:00:00Z`);
  month.setUTCMonth(month.getUTCMonth() + 1);
  return daysLater(month.toISOString().slice(0, 10), -1);
}

/** The first day on which what an event tells is so: beginnings count from their first possible day, endings after their last. */
export function takesEffect(event: LifeEvent): Day | null {
  if (event.day === null) return null;
  if (event.kind !== 'ended' || event.precision === 'at-latest') return event.day;
  return daysLater(lastDayOf(event.day, event.precision), 1);
}

/** The state an event leaves an initiative in. */
function stateAfter(kind: EventKind, before: State): State {
  if (kind === 'ended' || kind === 'paused') return kind;
  if (kind === 'founded' || kind === 'revived') return 'active';
  // What reopens, moves or grows after a pause is alive again; after an end only a revival is. Checked is that nothing changed.
  if (before === 'paused' && ['opened', 'moved', 'grew', 'confirmed'].includes(kind)) return 'active';
  return before;
}

/**
 * The periods of an initiative, oldest first and without gaps after its beginning, derived from its life events.
 * Undated events count as the beginning; without any event there are no periods.
 */
export function periodsOf(events: readonly LifeEvent[], start: Shape): Period[] {
  const beginnings = events.filter((event) => event.kind === 'founded' || event.kind === 'noticed');
  const founded = beginnings.find((event) => event.day !== null) ?? null;
  const undatedBeginning = beginnings.some((event) => event.day === null);
  const dated = events.filter((event) => event.day !== null).sort(inOrder);
  const startKnown = founded !== null && !undatedBeginning;
  const firstDay = startKnown ? takesEffect(founded) : null;
  let shape = events
    .filter((event) => event.day === null)
    .reduce((so, event) => ({ ...so, ...event.change }), start);
  let state = 'active' as State;
  const periods: Period[] = [];
  const open = (from: Day | null) => {
    const before = periods.at(-1);
    if (before && before.from === from) periods.pop();
    else if (before && before.state === state && sameShape(before.shape, shape)) return;
    const last = periods.at(-1);
    if (last) periods[periods.length - 1] = { ...last, until: from };
    periods.push({ from, until: null, state, startKnown, shape });
  };
  if (!startKnown && (undatedBeginning || dated.length > 0)) open(null);
  for (const event of dated) {
    const from = takesEffect(event);
    shape = { ...shape, ...event.change };
    state = stateAfter(event.kind, state);
    // What is told from before the founding was a forerunner, and does not make it exist earlier.
    if (firstDay !== null && from !== null && from < firstDay) continue;
    open(from);
  }
  return periods;
}

function inOrder(a: LifeEvent, b: LifeEvent): number {
  const [one, other] = [takesEffect(a) ?? '', takesEffect(b) ?? ''];
  if (one !== other) return one < other ? -1 : 1;
  // On one day a beginning comes before everything, and an ending after.
  const rank = (event: LifeEvent) => (event.kind === 'founded' ? 0 : event.kind === 'ended' ? 2 : 1);
  return rank(a) - rank(b);
}

function sameShape(a: Shape, b: Shape): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The days an initiative lives (active or paused), as the fewest stretches. */
export function livesOf(periods: readonly Period[]): Days[] {
  const lives: Days[] = [];
  for (const period of periods.filter((one) => one.state !== 'ended')) {
    const last = lives.at(-1);
    if (last && last.until !== null && last.until === period.from)
      lives[lives.length - 1] = { ...last, until: period.until };
    else lives.push({ from: period.from, until: period.until });
  }
  return lives;
}

/** The days that two stretches share, or null when they share none. */
export function shared(a: Days, b: Days): Days | null {
  const from = a.from === null ? b.from : b.from === null ? a.from : a.from > b.from ? a.from : b.from;
  const until =
    a.until === null ? b.until : b.until === null ? a.until : a.until < b.until ? a.until : b.until;
  if (from !== null && until !== null && from >= until) return null;
  return { from, until };
}

/** How far something may be known: by everyone, by who is part of the network, by who sits at the table, or by its keepers only. */
export const visibilities = ['public', 'network', 'table', 'hidden'] as const;
export type Visibility = (typeof visibilities)[number];

/** The parts of an entry that its keepers may keep back, each by itself. Mail and phone are for the table unless they say otherwise. */
export const entryFields = [
  'summary',
  'website',
  'mail',
  'phone',
  'place',
  'audiences',
  'languages',
  'led-by',
  'formality',
  'scope',
] as const;
export type EntryField = (typeof entryFields)[number];

/** Why something is kept back; this is what a reader sees in its place. */
export const keptReasons = ['safety', 'privacy', 'not-said', 'asked'] as const;
export type KeptReason = (typeof keptReasons)[number];

/** proposed: waits for a verifier to look. merged: lives on in another entry. withdrawn: left the map. */
export type Standing = 'proposed' | 'laid' | 'merged' | 'withdrawn';

/** How a verifier found out that an entry is right. */
export const channels = ['call', 'visit', 'mail', 'meeting'] as const;
export type Channel = (typeof channels)[number];

export type LinkPurpose = 'keep' | 'still-true' | 'relation' | 'add';

export type ProposalKind = 'new' | 'change' | 'event' | 'split' | 'merge' | 'relation' | 'stopped';

export type Freshness = 'confirmed' | 'fading' | 'faded' | 'silent' | 'never-confirmed';

/** How long nobody has said that an entry is right, neither the initiative nor a verifier: 12, 18 and 24 months are the steps of fading. */
export function freshness(confirmedOn: Day | null, today: Day): Freshness {
  if (confirmedOn === null) return 'never-confirmed';
  const months = (Date.parse(today) - Date.parse(confirmedOn)) / ((365.25 * 86_400_000) / 12);
  if (months < 12) return 'confirmed';
  if (months < 18) return 'fading';
  return months < 24 ? 'faded' : 'silent';
}
