import type { Day } from '#platform/clock.ts';
import { lastingKey } from '#platform/ids.ts';
import type { Channel, DatePrecision, EntryField, EventKind, KeptReason, Period, State } from '../model.ts';
import type { RelationType, Standing } from '../relations/model.ts';

/** HSDS is the Human Services Data Specification of Open Referral; this is the version the doors speak. */
export const hsdsVersion = '3.0';

export interface OpenText {
  readonly language: string;
  readonly text: string;
  readonly origin: 'public-sources' | 'own' | 'rendering';
}

/** Where an entry is shown in a stretch of time: never more exactly than it allows. */
export interface OpenPlace {
  readonly precision: 'exact' | 'street' | 'town' | 'region' | 'hidden' | 'not-said';
  readonly town: string | null;
  readonly municipality: string | null;
  readonly municipalityName: string | null;
  readonly province: string | null;
  readonly provinceName: string | null;
  readonly lat: number | null;
  readonly lon: number | null;
}

export interface OpenPeriod extends Period {
  readonly place: OpenPlace;
}

export interface OpenEvent {
  /** Lasting key of the fact. */
  readonly fact: string;
  readonly kind: EventKind;
  readonly day: Day | null;
  readonly precision: DatePrecision;
  readonly saidBy: string;
  readonly insteadOf: string | null;
  readonly sources: readonly string[];
  readonly texts: readonly OpenText[];
}

export interface OpenVoice {
  readonly who: string;
  readonly stance: string;
  readonly saidOn: Day;
  readonly words: string | null;
  readonly language: string | null;
}

/** A relation that goes out from the entry it is told with. */
export interface OpenRelation {
  readonly id: string;
  readonly key: string;
  readonly type: RelationType;
  readonly to: string;
  readonly since: Day | null;
  readonly sincePrecision: DatePrecision;
  readonly until: Day | null;
  readonly untilPrecision: DatePrecision;
  readonly standing: Standing;
  readonly sources: readonly string[];
  readonly texts: readonly OpenText[];
  readonly voices: readonly OpenVoice[];
}

/** All that the street may know of an entry. */
export interface OpenEntry {
  readonly id: string;
  readonly slug: string;
  readonly names: readonly string[];
  readonly origin: 'public-sources' | 'own' | 'verifier';
  readonly website: string | null;
  readonly mail: string | null;
  readonly phone: string | null;
  readonly lastSign: 'seen' | 'none-recent';
  readonly confirmedOn: Day | null;
  readonly checkedOn: Day | null;
  readonly checkedThrough: Channel | null;
  readonly sources: readonly string[];
  readonly keptBack: Partial<Readonly<Record<EntryField, KeptReason>>>;
  /** When anything of all this last became different, in milliseconds (ISO 8601, UTC). */
  readonly modifiedAt: string;
  /** The entry it is part of today. */
  readonly partOf: string | null;
  readonly texts: readonly OpenText[];
  /** Oldest first; never empty. */
  readonly periods: readonly OpenPeriod[];
  /** Which of the periods is shown: the one of today, else the last that has begun. */
  readonly shown: number;
  readonly events: readonly OpenEvent[];
  readonly relations: readonly OpenRelation[];
}

/** The key of the one service of an initiative, of its place, and of the service at that place. */
export const serviceKey = (initiative: string) => lastingKey(initiative, 'service');
export const locationKey = (initiative: string) => lastingKey(initiative, 'location');
export const serviceAtLocationKey = (initiative: string) => lastingKey(initiative, 'service-at-location');

/** The shape and place an entry is shown in. */
export function shownPeriod(entry: OpenEntry): OpenPeriod {
  const period = entry.periods[entry.shown];
  if (!period) throw new Error(`The entry ${entry.slug} has no shape.`);
  return period;
}

/** Whether an entry has a place that may be shown at all. */
export function isPlaced({ place }: OpenPeriod): boolean {
  return place.lat !== null && place.lon !== null;
}

/** What HSDS calls the state of a service. What has not begun yet is not there to be used. */
export function statusOf(
  state: State,
  begun: boolean,
): 'active' | 'inactive' | 'defunct' | 'temporarily closed' {
  if (!begun) return 'inactive';
  return state === 'active' ? 'active' : state === 'paused' ? 'temporarily closed' : 'defunct';
}

/** A record without what is not known: HSDS leaves a field out, it knows no null. */
export function told<Fields extends Readonly<Record<string, unknown>>>(
  fields: Fields,
): { readonly [Name in keyof Fields]?: Exclude<Fields[Name], null> } {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) => value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  ) as { readonly [Name in keyof Fields]?: Exclude<Fields[Name], null> };
}

export interface Page<Content> {
  readonly total_items: number;
  readonly total_pages: number;
  readonly page_number: number;
  readonly size: number;
  readonly first_page: boolean;
  readonly last_page: boolean;
  readonly empty: boolean;
  readonly contents: readonly Content[];
}

/** One page of a list as HSDS wraps it; `page` counts from 1 and may lie beyond the last. */
export function pageOf<Content>(
  contents: readonly Content[],
  { total, page, perPage }: { total: number; page: number; perPage: number },
): Page<Content> {
  const pages = Math.ceil(total / perPage);
  return {
    total_items: total,
    total_pages: pages,
    page_number: page,
    size: contents.length,
    first_page: page === 1,
    last_page: page >= pages,
    empty: contents.length === 0,
    contents,
  };
}
