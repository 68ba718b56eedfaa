import { ok, refused, type Result } from '#platform/result.ts';
import type { Theme } from '../../initiatives/model.ts';
import type { StandingStep } from '../preparing/model.ts';
import {
  formIn,
  type Attendance,
  type SessionState,
  type StatementForm,
  type StatementStanding,
  type StepKind,
  type Words,
} from '../model.ts';

/** Someone in the room, as who leads it sees them; never what they said or voted. */
export interface Present {
  readonly id: string;
  readonly called: string | null;
  readonly role: Attendance | null;
  readonly state: 'waiting' | 'in' | 'out' | 'turned-away';
  readonly helps: boolean;
}

/** A small group with who sits in it. */
export interface DealtGroup {
  readonly number: number;
  readonly called: string | null;
  readonly seats: number;
}

/** How much there is in the room: of each a count, and never of whom. */
export interface RoomTally {
  readonly people: number;
  readonly said: number;
  readonly held: number;
  readonly votes: number;
  readonly issues: number;
  readonly event: number;
}

/** An issue as everyone in the room may see it on the wall; stones only when enough people laid any. */
export interface Heap {
  readonly number: number;
  readonly title: Words;
  readonly language: string;
  readonly said: number;
  readonly stones: number | null;
}

/** An issue with the themes of the field it touches, as who leads says. */
export interface TiedIssue {
  readonly id: string;
  readonly number: number;
  readonly title: Words;
  readonly language: string;
  readonly themes: readonly Theme[];
}

/** A statement as who leads the session looks after it; never by whom. */
export interface LookedAfter {
  readonly id: string;
  readonly number: number;
  readonly form: StatementForm;
  readonly language: string;
  readonly text: string;
  readonly standing: StatementStanding;
  readonly why: string | null;
  readonly mergedInto: number | null;
  readonly onPaper: boolean;
}

/** The reasons the house offers for holding or protecting; each reads in every language as `methods.why.<reason>`. */
export const offeredWhys = ['names-someone', 'hurts', 'danger', 'not-clear', 'elsewhere'] as const;
export const whyKey = (why: (typeof offeredWhys)[number]) => `methods.why.${why}` as const;

export type ModeratingDeed = 'hold' | 'protect' | 'merge' | 'give-back';

/**
 * Where a statement stands after this deed of who leads. What its author took back stays taken back; nothing is ever deleted, so
 * whatever is held, protected or joined can be given back.
 */
export function afterModerating(
  standing: StatementStanding,
  deed: ModeratingDeed,
): Result<StatementStanding, 'not_so'> {
  if (standing === 'withdrawn') return refused('not_so');
  if (deed === 'give-back') return standing === 'open' ? refused('not_so') : ok('open');
  if (deed === 'merge') return standing === 'open' ? ok('merged') : refused('not_so');
  return standing === 'merged' ? refused('not_so') : ok(deed === 'hold' ? 'held' : 'protected');
}

/** What who leads can best do now: one way on from wherever the session stands. */
export type NextDeed =
  | { readonly deed: 'open-lobby' | 'begin' | 'go-on' | 'close' }
  | { readonly deed: 'open-step'; readonly position: number };

/** The one way on: open the room, begin, the first step that was not done, and in the end the close; null when it is over. */
export function nextDeed(
  state: SessionState,
  steps: readonly Pick<StandingStep, 'position' | 'state'>[],
): NextDeed | null {
  if (state === 'preparing') return { deed: 'open-lobby' };
  if (state === 'lobby') return { deed: 'begin' };
  if (state === 'paused') return { deed: 'go-on' };
  if (state !== 'live') return null;
  const open = steps.find((step) => step.state === 'open')?.position ?? 0;
  const waiting = steps.filter((step) => step.state === 'waiting');
  const next = waiting.find(({ position }) => position > open) ?? waiting[0];
  return next ? { deed: 'open-step', position: next.position } : { deed: 'close' };
}

/** How many people are shown one by one; of more there is only a count. */
export const mostShown = 200;

/** Into how many groups people go when each has about this many; at least one, at most sixty. */
export const groupsOf = (people: number, size: number): number =>
  Math.min(60, Math.max(1, Math.round(people / Math.max(size, 1))));

/**
 * Deals people over groups by lot, as evenly as it goes. Who shares a phone stays together, for they need it both. `draw` gives a
 * number from 0 up to 1.
 */
export function dealt(
  people: readonly { readonly id: string; readonly phone: string }[],
  groups: number,
  draw: () => number,
): Map<string, number> {
  const phones = [...Map.groupBy(people, ({ phone }) => phone).values()];
  for (let at = phones.length - 1; at > 0; at--) {
    const other = Math.floor(draw() * (at + 1));
    [phones[at], phones[other]] = [phones[other] ?? [], phones[at] ?? []];
  }
  phones.sort((one, other) => other.length - one.length);
  const sizes = Array.from({ length: groups }, () => 0);
  const seats = new Map<string, number>();
  for (const together of phones) {
    const smallest = sizes.indexOf(Math.min(...sizes));
    for (const { id } of together) seats.set(id, smallest + 1);
    sizes[smallest] = (sizes[smallest] ?? 0) + together.length;
  }
  return seats;
}

/** What is counted on the wall in a step: statements where something is said, votes where the room votes. */
export const countedIn = (kind: StepKind): 'said' | 'voted' | null =>
  kind === 'statements' ? 'said' : kind === 'vote' ? 'voted' : null;

/** Which of what was said stands on the wall in a step: everything, by number, where the room votes on it; else what came last. */
export function onWall<Said extends { readonly form: StatementForm }>(
  said: readonly Said[],
  kind: StepKind | undefined,
): Said[] {
  if (!kind) return [];
  const here = said.filter(({ form }) => form === formIn[kind]);
  return kind === 'vote' ? here : here.slice(-8).reverse();
}
