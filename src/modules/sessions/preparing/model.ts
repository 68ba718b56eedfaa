import { plainWords } from '../../languages/latin/model.ts';
import type { Gathering } from '#platform/calendar/icalendar.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { Theme } from '../../initiatives/model.ts';
import {
  houseMethods,
  type MethodName,
  type SessionKind,
  type SessionState,
  type StepKind,
  type Words,
} from '../model.ts';
import { wordsFor } from '../room/model.ts';

/** A step as it is planned: words of its own go before those of the house (`methods.<fromHouse>.purpose` and `.prompt`). */
export interface PlannedStep {
  readonly kind: StepKind;
  readonly fromHouse: string | null;
  readonly purpose: Words;
  readonly prompt: Words;
  readonly sides: readonly Words[];
  readonly minutes: number | null;
}

/** A step where it stands in a session. */
export interface StandingStep extends PlannedStep {
  readonly position: number;
  readonly state: 'waiting' | 'open' | 'done';
  readonly endsAt: Date | null;
}

/** A session as who leads it prepares it. */
export interface PreparedSession {
  readonly id: string;
  readonly slug: string;
  readonly code: string | null;
  readonly kind: SessionKind;
  readonly title: Words;
  readonly purpose: Words;
  readonly language: string;
  readonly themes: readonly Theme[];
  readonly place: string | null;
  readonly municipality: string | null;
  /** Day and time where the field is, as a form takes them; null is not known yet. */
  readonly day: string | null;
  readonly time: string | null;
  readonly startsAt: Date | null;
  readonly minutes: number | null;
  readonly door: 'open' | 'admission';
  readonly announced: boolean;
  readonly state: SessionState;
  readonly step: number | null;
  readonly steps: readonly StandingStep[];
  /** Who invites, by name. */
  readonly organisers: readonly string[];
  readonly facilitators: readonly { readonly id: string; readonly called: string | null }[];
}

/** A way to hold a session that someone made of their own. */
export interface OwnMethod {
  readonly id: string;
  readonly title: string;
  readonly language: string;
  readonly cameFrom: MethodName;
  readonly steps: readonly PlannedStep[];
  readonly isMine: boolean;
}

/** Whether phones may be in the room now. */
export const isOpen = (state: SessionState): boolean => ['lobby', 'live', 'paused'].includes(state);
/** Whether nothing about it is prepared any more. */
export const isOver = (state: SessionState): boolean => ['closed', 'shared', 'called-off'].includes(state);

export const mostSteps = 30;

/** A step of this kind with the words the house has for any such step. */
export const plainStep = (kind: StepKind, minutes: number | null = 10): PlannedStep => ({
  kind,
  fromHouse: `step.${kind}`,
  purpose: {},
  prompt: {},
  sides: [],
  minutes,
});

/** The steps with which a session of this method of the house begins. */
export const firstSteps = (method: MethodName): PlannedStep[] =>
  houseMethods[method].map(({ name, kind, minutes }) => ({
    ...plainStep(kind, minutes),
    fromHouse: `${method}.${name}`,
  }));

/** How long steps are meant to take together, in minutes. */
export const minutesOf = (steps: readonly Pick<PlannedStep, 'minutes'>[]): number =>
  steps.reduce((sum, { minutes }) => sum + (minutes ?? 0), 0);

type Refusal = 'step_was_open' | 'too_many_steps' | 'last_step' | 'no_such_step';
type Placed = Pick<StandingStep, 'position' | 'state'>;

/** Steps after one of them went up or down a place. What was open keeps its place, for what was said stands under its number. */
export function moved<Step extends Placed>(
  steps: readonly Step[],
  position: number,
  way: 'up' | 'down',
): Result<Step[], Refusal> {
  const at = steps.findIndex((step) => step.position === position);
  const other = at + (way === 'up' ? -1 : 1);
  const [step, neighbour] = [steps[at], steps[other]];
  if (!step || !neighbour) return refused('no_such_step');
  if (step.state !== 'waiting' || neighbour.state !== 'waiting') return refused('step_was_open');
  return ok(inOrder(steps.map((each, place) => (place === at ? neighbour : place === other ? step : each))));
}

/** Steps without one of them. */
export function without<Step extends Placed>(
  steps: readonly Step[],
  position: number,
): Result<Step[], Refusal> {
  const step = steps.find((each) => each.position === position);
  if (!step) return refused('no_such_step');
  if (step.state !== 'waiting') return refused('step_was_open');
  return steps.length === 1 ? refused('last_step') : ok(inOrder(steps.filter((each) => each !== step)));
}

/** Whether another step fits in. */
export const fitsOneMore = (steps: readonly unknown[]): Result<null, Refusal> =>
  steps.length < mostSteps ? ok(null) : refused('too_many_steps');

const inOrder = <Step extends Placed>(steps: readonly Step[]): Step[] =>
  steps.map((step, at) => ({ ...step, position: at + 1 }));

/** The word in the address of a session: what it is called, and a tail that keeps two of one name apart. */
export function sessionSlug(title: string, tail: string): string {
  return `${plainWords(title) || 'session'}-${tail}`;
}

/** A session as the form about it shows it. */
export function wishOf(session: PreparedSession) {
  const { title, purpose, language } = session;
  return {
    title: title[language] ?? '',
    purpose: purpose[language] ?? '',
    language,
    otherTitles: title,
    otherPurposes: purpose,
    themes: session.themes,
    place: session.place ?? '',
    organisers: session.organisers,
    municipality: session.municipality ?? '',
    day: session.day ?? '',
    time: session.time ?? '',
    minutes: session.minutes === null ? '' : String(session.minutes),
    door: session.door,
    announced: session.announced,
  };
}

/** A session as a calendar keeps it, for those who were invited; null while nobody knows when it begins. */
export function gatheringOf(
  session: PreparedSession,
  origin: string,
  language: string,
  stamp: Date,
): Gathering | null {
  const title = wordsFor(session.title, [language, session.language]);
  if (!session.startsAt || !title) return null;
  return {
    kind: 'gathering',
    uid: `${session.slug}@${new URL(origin).hostname}`,
    stamp,
    starts: session.startsAt,
    minutes: session.minutes,
    summary: title.text,
    language: title.language,
    place: session.place,
    url: session.code ? `${origin}/${language}/join/${session.code}` : undefined,
    calledOff: session.state === 'called-off',
  };
}

/** A word that keeps its own direction within a sentence of another one, such as an address. */
export const isolated = (word: string): string => `\u2068${word}\u2069`;
