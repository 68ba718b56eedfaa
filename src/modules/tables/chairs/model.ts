import type { Day } from '#platform/clock.ts';
import {
  formalKinds,
  phases,
  themes,
  type Kind,
  type LedBy,
  type Phase,
  type Theme,
} from '../../initiatives/model.ts';
import { chains, tell, type ToldChain } from '../../initiatives/relations/chains/model.ts';
import { stepsFrom, type Field } from '../../initiatives/relations/model.ts';

/** For what a table can have an empty chair, in the order in which they are told. */
export const chairKinds = ['refugee-led', 'informal', 'phase', 'theme', 'place', 'language'] as const;
export type ChairKind = (typeof chairKinds)[number];

/** An entry as the street knows it on a day; what is null or empty was not said. */
export interface Known {
  readonly slug: string;
  readonly name: string;
  readonly kind: Kind;
  readonly ledBy: LedBy;
  readonly formality: number | null;
  readonly phases: readonly Phase[];
  readonly themes: readonly Theme[];
  readonly languages: readonly string[];
  readonly town: string | null;
  /** CBS code; null where the place is hidden, coarser, or not said. */
  readonly municipality: string | null;
}

/** What the street knows around a table: entries of its municipalities, of the province around them, and who is connected to whom. */
export interface Surroundings {
  readonly here: readonly Known[];
  readonly around: readonly Known[];
  readonly field: Field;
}

/** What a table is about; no phases is all of them, no themes is any theme. */
export interface ChairWishes {
  readonly phases: readonly Phase[];
  readonly themes: readonly Theme[];
  /** Codes of the municipalities it is for. */
  readonly municipalities: readonly string[];
}

/** Someone who could sit there, and how many steps the nearest seated party is away; null is no chain. */
export interface CouldSit {
  readonly slug: string;
  readonly name: string;
  readonly steps: number | null;
}

export interface EmptyChair {
  readonly kind: ChairKind;
  /** Which phase, theme, town, municipality or language; null where the kind says it all. */
  readonly of: string | null;
  /** Whether those who could sit there are of the table's own municipalities, or only of the province around it. */
  readonly near: 'here' | 'around';
  /** The entries this chair is traced to: nearest to the table first, then by name. Never empty. */
  readonly entries: readonly CouldSit[];
  /** Slugs of seated parties of whom it is not said; not said is not no. */
  readonly unsaid: readonly string[];
  /** From a seated party to the first of the entries; null when nobody at the table is connected to them. */
  readonly chain: ToldChain | null;
}

/** One question that can be asked of an entry: what it has of this kind; null when it was not said. */
type Having = (entry: Known, wishes: ChairWishes) => readonly string[] | null;

const said = <One>(words: readonly One[]) => (words.length === 0 ? null : words);
const yes = (is: boolean) => (is ? [''] : []);
const having: Readonly<Record<ChairKind, Having>> = {
  'refugee-led': ({ ledBy, kind }) =>
    ledBy === 'not-said' && !formalKinds.includes(kind) ? null : yes(ledBy === 'refugee-led'),
  informal: ({ formality }) => (formality === null ? null : yes(formality <= 2)),
  phase: (entry) => said(entry.phases),
  theme: (entry) => said(entry.themes),
  // A table of one municipality looks at its towns; one of a region at its municipalities.
  place: ({ town, municipality }, { municipalities }) => {
    if (municipality === null || !municipalities.includes(municipality)) return municipality ? [] : null;
    return municipalities.length > 1 ? [municipality] : town === null ? null : [town];
  },
  language: ({ languages }) => said(languages),
};

/** What could be missed of a kind, when entries have these things. */
function missable(kind: ChairKind, had: ReadonlySet<string>, wishes: ChairWishes): readonly string[] {
  if (kind === 'phase') return wishes.phases.length > 0 ? wishes.phases : phases;
  if (kind === 'theme') return wishes.themes.length > 0 ? wishes.themes : themes;
  // The table itself speaks Dutch.
  if (kind === 'language') return [...had].filter((language) => language !== 'nl').toSorted();
  return [...had].toSorted();
}

/**
 * The chairs that stay empty at a table: what entries around it have and nobody who is seen to sit there has. Each is traced to
 * entries, those in the municipality first; where there is none of them, to those of the province around. Only what the street
 * knows is asked, so nobody who is hidden can show through: not as who could sit there, and not as who already does.
 */
export function emptyChairs(
  { here, around, field }: Surroundings,
  seated: readonly Known[],
  wishes: ChairWishes,
): EmptyChair[] {
  const sits = new Set(seated.map(({ slug }) => slug));
  const near = here.filter((entry) => !sits.has(entry.slug) && !formalKinds.includes(entry.kind));
  const far = around.filter((entry) => !sits.has(entry.slug) && !formalKinds.includes(entry.kind));
  const undisputed = withoutDisputes(field);
  const reached = nearestSeats(undisputed, [...sits]);
  return chairKinds.flatMap((kind) => {
    const has = (entry: Known) => having[kind](entry, wishes);
    const had = (entries: readonly Known[]) => new Set(entries.flatMap((entry) => has(entry) ?? []));
    const taken = had(seated);
    const unsaid = seated.flatMap((entry) => (has(entry) === null ? [entry.slug] : []));
    const others = kind === 'place' ? [] : far;
    return missable(kind, had([...near, ...others]), wishes).flatMap((of): EmptyChair[] => {
      if (taken.has(of)) return [];
      const could = (entries: readonly Known[]) => entries.filter((entry) => has(entry)?.includes(of));
      const [ours, theirs] = [could(near), could(others)];
      const entries = inReach(ours.length > 0 ? ours : theirs, reached);
      const [first] = entries;
      if (!first) return [];
      return [
        {
          kind,
          of: of === '' ? null : of,
          near: ours.length > 0 ? 'here' : 'around',
          entries,
          unsaid,
          chain: chainTo(undisputed, reached.get(first.slug)?.seat, first.slug),
        },
      ];
    });
  });
}

/** A step that someone disputes is no step to send a stranger over. */
const withoutDisputes = (field: Field): Field => ({
  ...field,
  relations: field.relations.filter(({ standing }) => standing !== 'disputed'),
});

interface Reached {
  readonly seat: string;
  readonly steps: number;
}

/** How many steps everyone is away from the nearest seated party, and which that is. */
function nearestSeats(field: Field, seats: readonly string[]): ReadonlyMap<string, Reached> {
  const reached = new Map<string, Reached>();
  for (const seat of seats.toSorted()) if (field.stones.has(seat)) reached.set(seat, { seat, steps: 0 });
  // A Map goes on over what is added while it is walked: nearest first.
  for (const [slug, { seat, steps }] of reached)
    for (const { to } of stepsFrom(field).get(slug) ?? [])
      if (!reached.has(to)) reached.set(to, { seat, steps: steps + 1 });
  return reached;
}

function inReach(entries: readonly Known[], reached: ReadonlyMap<string, Reached>): CouldSit[] {
  const far = Number.MAX_SAFE_INTEGER;
  return entries
    .map(({ slug, name }) => ({ slug, name, steps: reached.get(slug)?.steps ?? null }))
    .toSorted(
      (one, other) =>
        (one.steps ?? far) - (other.steps ?? far) ||
        one.name.localeCompare(other.name, 'nl') ||
        (one.slug < other.slug ? -1 : 1),
    );
}

function chainTo(field: Field, seat: string | undefined, slug: string): ToldChain | null {
  const [best] = seat === undefined ? [] : chains(field, seat, { slug }, 1);
  return best ? tell(field, best) : null;
}

/** The best way over undisputed steps from the nearest of these seated parties to an entry; null when there is none. */
export function wayTo(field: Field, seats: readonly string[], slug: string): ToldChain | null {
  const undisputed = withoutDisputes(field);
  return chainTo(undisputed, nearestSeats(undisputed, seats).get(slug)?.seat, slug);
}

/** How an empty chair can be filled: a seated party asks who they know, lets itself be brought there, or the table goes itself. */
export type ChairStep = 'ask-them' | 'be-brought' | 'go-there';

export function stepTo({ chain }: Pick<EmptyChair, 'chain'>): ChairStep {
  if (chain === null) return 'go-there';
  return chain.steps.length === 1 ? 'ask-them' : 'be-brought';
}

export const absencePrecisions = ['day', 'month', 'year', 'unknown'] as const;
export type AbsencePrecision = (typeof absencePrecisions)[number];

/** filled: someone took a chair; no-longer: the table sees it differently now. */
export const absenceEnds = ['filled', 'no-longer'] as const;
export type AbsenceEnd = (typeof absenceEnds)[number];

/** Someone the table itself says is missing: a group or a role, never a person. */
export interface NamedAbsence {
  readonly id: string;
  readonly who: string;
  readonly why: string;
  readonly language: string;
  readonly since: Day | null;
  readonly sincePrecision: AbsencePrecision;
  readonly namedOn: Day;
  /** Null is still missing. */
  readonly closed: { readonly on: Day; readonly how: AbsenceEnd; readonly words: string | null } | null;
}

/** Lengths of what is told of an absence; as many absences stand open at a table at most. */
export const absenceLimits = { who: 120, why: 500, words: 300, open: 12 } as const;

/** What a page tells of the empty chairs of a table: those of the field, and those the table names itself. */
export interface ChairsSeen {
  readonly chairs: readonly EmptyChair[];
  readonly absences: readonly NamedAbsence[];
  /** How many seated parties the street knows; none is nothing to compare with. */
  readonly seated: number;
  /** Names of municipalities by code, where chairs name them. */
  readonly places: Readonly<Record<string, string>>;
}

/** An absence as who keeps the table sees it. */
export interface KeptAbsence extends NamedAbsence {
  readonly openly: boolean;
}
