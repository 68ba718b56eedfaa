import type { FieldEntry } from '../field/model.ts';
import type { LifeEvent, Shape, Standing } from '../model.ts';
import type { PlaceColumns } from '../placing/model.ts';

/** What a source can tell of an entry that another may have said differently. */
export interface Facts {
  readonly shape: Shape;
  readonly names: readonly string[];
  readonly website: string | null;
  readonly mail: string | null;
  readonly phone: string | null;
  readonly lastSign: 'seen' | 'none-recent';
  readonly sources: readonly string[];
  readonly place: PlaceColumns | null;
}

/** Something the source tells that was not taken, because another said otherwise. */
export interface Kept {
  readonly field: string;
  readonly held: string;
  readonly told: string;
}

/** Fingerprints of what the source told last, by field. */
export type Marks = Readonly<Record<string, string>>;

/** What is known of a row of a source since it was brought in last. */
export interface KnownKey {
  readonly initiative: string;
  readonly mark: string | null;
  readonly told: ToldMarks | null;
}

/** Fingerprints of what a source told last: its facts, its texts by language, and the keys of its events. */
export interface ToldMarks {
  readonly facts: Marks;
  readonly texts: Marks;
  readonly events: readonly string[];
}

export interface HeldEvent extends LifeEvent {
  readonly fact: string;
  readonly key: string;
  readonly sources: readonly string[];
  readonly said_by: string;
}

/** An entry as it is held now, before a source speaks. */
export interface Held {
  readonly id: string;
  readonly standing: Standing;
  /** Someone of the initiative or a verifier said that it is right. */
  readonly firm: boolean;
  readonly facts: Facts;
  readonly texts: readonly { readonly language: string; readonly text: string; readonly origin: string }[];
  readonly events: readonly HeldEvent[];
  /** A place with a history was told by someone who knows. */
  readonly places: number;
}

/**
 * gaps: only what is missing is filled in. news: what the source tells anew is taken, unless another said something since.
 * all: the source is the only one who ever spoke.
 */
export type Reach = 'gaps' | 'news' | 'all';

const shapeFields = [
  'name',
  'kind',
  'formality',
  'ledBy',
  'scope',
  'phases',
  'themes',
  'audiences',
  'languages',
] as const satisfies readonly (keyof Shape)[];
const ownFields = ['names', 'website', 'mail', 'phone', 'lastSign', 'sources', 'place'] as const;

export function factsOf(entry: FieldEntry, place: PlaceColumns | null): Facts {
  return {
    shape: entry.shape,
    names: entry.names.toSorted(),
    website: entry.website,
    mail: entry.mail ?? null,
    phone: entry.phone ?? null,
    lastSign: entry.lastSign,
    sources: entry.sources,
    place,
  };
}

/** The same whatever the order of names inside it. */
function written(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(written).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const parts = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${parts.map(([name, part]) => `${name}:${written(part)}`).join()}}`;
}

const isMissing = (value: unknown) =>
  value === null || value === '' || value === 'not-said' || (Array.isArray(value) && value.length === 0);

/** Whether two values are the same, whatever the order of names inside them. */
export const isSame = (one: unknown, other: unknown): boolean => written(one) === written(other);

type Flat = Shape & Omit<Facts, 'shape'>;

/** Every field of the facts with its value, the shape's own beside the others. */
const flat = ({ shape, ...own }: Facts): [keyof Flat, unknown][] => [
  ...shapeFields.map((field): [keyof Flat, unknown] => [field, shape[field]]),
  ...ownFields.map((field): [keyof Flat, unknown] => [field, own[field]]),
];

/** Fingerprints of facts by field; `mark` makes one from a text. */
export function marksOf(facts: Facts, mark: (text: string) => string): Marks {
  return Object.fromEntries(flat(facts).map(([field, value]) => [field, mark(written(value))]));
}

export interface Ground {
  readonly reach: Reach;
  /** What the source told last; null when it never spoke of this entry. */
  readonly before: Marks | null;
  /** Fields the source says nothing of. */
  readonly unsaid: ReadonlySet<string>;
  readonly mark: (text: string) => string;
}

/**
 * What holds when a source tells `theirs` of an entry that is held as `held`, and what of it is not taken.
 * Names and sources only ever grow where another spoke too.
 */
export function agreed(
  held: Facts,
  theirs: Facts,
  { reach, before, unsaid, mark }: Ground,
): { readonly facts: Facts; readonly kept: readonly Kept[] } {
  const kept: Kept[] = [];
  const told = new Map(flat(theirs));
  const settle = (field: keyof Flat, is: unknown): unknown => {
    const says = told.get(field);
    if (unsaid.has(field) || written(is) === written(says)) return is;
    if (reach === 'all' || (reach === 'news' && before?.[field] === mark(written(is)))) return says;
    if (field === 'names' || field === 'sources')
      return [...new Set([...(is as string[]), ...(says as string[])])];
    const saidBefore = before?.[field] === mark(written(says));
    if (isMissing(is) && !saidBefore) return says;
    if (!saidBefore && !isMissing(says)) kept.push({ field, held: shownOf(is), told: shownOf(says) });
    return is;
  };
  const taken = Object.fromEntries(
    flat(held).map(([field, is]) => [field, settle(field, is)]),
  ) as Partial<Flat>;
  const { names, website, mail, phone, lastSign, sources, place, ...shape } = taken as Flat;
  return { facts: { shape, names, website, mail, phone, lastSign, sources, place }, kept };
}

/** A value as it may be shown in one line; of a place only the codes, never the point. */
function shownOf(value: unknown): string {
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value === 'object' && value !== null) {
    const { town, municipality, province } = value as PlaceColumns;
    return town ?? municipality ?? province;
  }
  return String(value ?? '');
}
