import type { Day } from '#platform/clock.ts';
import { themes, type Theme } from '../initiatives/model.ts';
import { attendances, type Attendance, type Words } from '../sessions/model.ts';

/** An issue as a room named it, with who raised it as far as enough of them were there. */
export interface RaisedIssue {
  readonly title: Words;
  readonly language: string;
  readonly themes: readonly Theme[];
  readonly roles: readonly Attendance[];
}

/** A gathering as a region reads it. */
export interface Gathering {
  readonly id: string;
  /** Null while its own page is not open. */
  readonly slug: string | null;
  readonly title: Words;
  readonly language: string;
  readonly on: Day | null;
  readonly precision: 'day' | 'month' | 'year' | null;
  /** Null is not known, or more than one. */
  readonly municipality: string | null;
  readonly themes: readonly Theme[];
  readonly issues: readonly RaisedIssue[];
  /** Questions that lay on the table, as public sources tell them. */
  readonly questions: readonly Words[];
  readonly inviters: readonly Inviter[];
  /** Whether its agenda is followed here for everyone to see; only then can it be told that nobody took something up. */
  readonly followed: boolean;
  /** Whether it tells of several gatherings as one. */
  readonly series: boolean;
}

export interface Inviter {
  readonly name: string;
  readonly slug: string | null;
  /** A municipality, province or national institution; null when it has no entry of its own. */
  readonly formal: boolean | null;
}

/** promised: not asked yet how it goes. not-known: public sources do not say what came of it. */
export const standings = ['promised', 'moving', 'done', 'resting', 'silent', 'let-go', 'not-known'] as const;
export type Standing = (typeof standings)[number];

/** A promise as a region reads it. */
export interface Pledge {
  readonly id: string;
  readonly agenda: string;
  readonly number: number;
  /** The gathering it was made at. */
  readonly gathering: string;
  readonly what: Words;
  readonly language: string;
  readonly themes: readonly Theme[];
  readonly standing: Standing;
  /** Why it was let go, in the words of who carried it. */
  readonly why: Words | null;
  readonly on: Day | null;
}

/** How a promise stands for who reads a region, told from what its own page tells. */
export function standingOf(promise: {
  readonly state: 'underway' | 'paused' | 'done' | 'let-go' | 'not-known';
  readonly silent: boolean;
  readonly answered: boolean;
}): Standing {
  if (promise.state === 'paused') return 'resting';
  if (promise.state !== 'underway') return promise.state;
  return promise.silent ? 'silent' : promise.answered ? 'moving' : 'promised';
}

/** A row of public sources that tells of several gatherings as one has an address that ends so. */
export const tellsOfSeries = (slug: string): boolean => /-(series|reeks)$/.test(slug);

/** The themes a gathering raised: those of the issues the room itself named, or else those it was called together for. */
export function raisedBy(gathering: Gathering): ReadonlySet<Theme> {
  const named = gathering.issues.flatMap((issue) => issue.themes);
  return new Set(named.length > 0 ? named : gathering.themes);
}

/**
 * What came of an issue: somebody carries it, only silence or nothing is known of it, all let it go, or nobody took it up. untold: no
 * agenda is open that could say so.
 */
export type TakenUp = 'carried' | 'silent' | 'not-known' | 'let-go' | 'nobody' | 'untold';

export function takenUp(pledges: readonly Pledge[], followed: boolean): TakenUp {
  const stands = (...some: Standing[]) => pledges.some(({ standing }) => some.includes(standing));
  if (stands('promised', 'moving', 'done', 'resting')) return 'carried';
  if (stands('silent')) return 'silent';
  if (stands('not-known')) return 'not-known';
  if (pledges.length > 0) return 'let-go';
  return followed ? 'nobody' : 'untold';
}

/** Everything that is known of one theme in a region. */
export interface Alive {
  readonly theme: Theme;
  /** Each raised it by itself: a gathering counts once, whatever was said there. The first known first, those without a day last. */
  readonly gatherings: readonly Gathering[];
  readonly issues: readonly { readonly gathering: Gathering; readonly issue: RaisedIssue }[];
  /** How many different parties called these gatherings together. */
  readonly inviters: number;
  /** To how many gatherings an official body called, alone or with others, and to how many an initiative did. */
  readonly invited: { readonly official: number; readonly initiative: number };
  /** In how many gatherings each role raised it; a role that was there with fewer than five is not told. */
  readonly by: Readonly<Record<Attendance, number>>;
  /** In how many gatherings nothing can be told of who raised it. */
  readonly unsaid: number;
  readonly since: Pick<Gathering, 'on' | 'precision'> | null;
  /** Of how many gatherings no day is known. */
  readonly undated: number;
  readonly pledges: readonly Pledge[];
  readonly standing: Readonly<Record<Standing, number>>;
  readonly takenUp: TakenUp;
}

/** How a theme was named or asked, in the words of the rooms themselves: first the issues they named, then the questions of sources. */
export function wordingsOf({ gatherings, issues }: Pick<Alive, 'gatherings' | 'issues'>, most: number) {
  const named = issues.map(({ issue }) => ({ words: issue.title, language: issue.language }));
  const asked = gatherings.flatMap(({ questions, language }) =>
    questions.map((words) => ({ words, language })),
  );
  return [...named, ...asked].slice(0, most);
}

/**
 * What is alive in a region: each theme that at least one gathering raised, most often first. A row that tells of a series counts as no
 * gathering, for its gatherings are rows themselves; and what was promised for all of them at once takes up no theme.
 */
export function aliveIn(all: readonly Gathering[], pledges: readonly Pledge[]): Alive[] {
  const gatherings = all.filter(({ series }) => !series).sort(firstFirst);
  const series = new Set(all.filter((each) => each.series).map(({ id }) => id));
  const own = pledges.filter(({ gathering }) => !series.has(gathering));
  return themes
    .map((theme) => aliveTheme(theme, gatherings, own))
    .filter((alive) => alive.gatherings.length > 0 || alive.pledges.length > 0)
    .sort((a, b) => b.gatherings.length - a.gatherings.length);
}

function aliveTheme(theme: Theme, all: readonly Gathering[], pledges: readonly Pledge[]): Alive {
  const gatherings = all.filter((gathering) => raisedBy(gathering).has(theme));
  const issues = gatherings.flatMap((gathering) =>
    gathering.issues.filter((issue) => issue.themes.includes(theme)).map((issue) => ({ gathering, issue })),
  );
  const rolesOf = (id: string) =>
    issues.filter((each) => each.gathering.id === id).flatMap(({ issue }) => issue.roles);
  const roles = gatherings.map(({ id }) => new Set(rolesOf(id)));
  const dated = gatherings.filter(({ on }) => on !== null);
  const about = pledges.filter((pledge) => pledge.themes.includes(theme));
  return {
    theme,
    gatherings,
    issues,
    inviters: new Set(gatherings.flatMap(({ inviters }) => inviters.map(({ name }) => name))).size,
    invited: { official: calledBy(gatherings, true), initiative: calledBy(gatherings, false) },
    by: tally(attendances, (role) => roles.filter((each) => each.has(role)).length),
    unsaid: roles.filter((each) => each.size === 0).length,
    since: dated[0] ? { on: dated[0].on, precision: dated[0].precision } : null,
    undated: gatherings.length - dated.length,
    pledges: about,
    standing: tally(standings, (standing) => about.filter((pledge) => pledge.standing === standing).length),
    takenUp: takenUp(
      about,
      gatherings.some((gathering) => gathering.followed),
    ),
  };
}

const calledBy = (gatherings: readonly Gathering[], formal: boolean) =>
  gatherings.filter(({ inviters }) => inviters.some((inviter) => inviter.formal === formal)).length;

const tally = <Name extends string>(names: readonly Name[], count: (name: Name) => number) =>
  Object.fromEntries(names.map((name) => [name, count(name)])) as Record<Name, number>;

const far = '9999-99-99';
const firstFirst = (a: Gathering, b: Gathering) =>
  (a.on ?? far).localeCompare(b.on ?? far) || a.id.localeCompare(b.id);
