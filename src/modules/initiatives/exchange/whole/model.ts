import type { Day } from '#platform/clock.ts';
import { fadingOf } from '../../asking/model.ts';
import type { Channel, DatePrecision, EntryField, EventKind, KeptReason, Period } from '../../model.ts';
import type { RelationType, Standing } from '../../relations/model.ts';

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
  /** The day it came on the map of this house. */
  readonly recordedOn: Day;
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

/** A relation of an entry with who is on the other side, whichever way it goes. */
export interface RelationBeside extends Omit<OpenRelation, 'id' | 'to'> {
  readonly from: { readonly slug: string; readonly name: string };
  readonly to: { readonly slug: string; readonly name: string };
  readonly assertedBy: string;
}

/** An entry with all that the street may know of it, as the open data tells one. */
export function wholeRecord(entry: OpenEntry, relations: readonly RelationBeside[], today: Day) {
  const { state, startKnown, shape, place } = shownPeriod(entry);
  const { name, ...rest } = shape;
  const { municipalityName: _municipality, provinceName: _province, ...where } = place;
  return {
    id: entry.id,
    slug: entry.slug,
    page: `/nl/initiatives/${entry.slug}`,
    name,
    names: entry.names,
    ...rest,
    state,
    startKnown,
    lastSign: entry.lastSign,
    place: where,
    website: entry.website,
    mail: entry.mail,
    phone: entry.phone,
    summaries: entry.texts,
    origin: entry.origin,
    sources: entry.sources,
    confirmedOn: entry.confirmedOn,
    checkedOn: entry.checkedOn,
    checkedThrough: entry.checkedThrough,
    freshness: fadingOf(entry, today).freshness,
    keptBack: entry.keptBack,
    recordedOn: entry.recordedOn,
    changedAt: entry.modifiedAt,
    periods: entry.periods.map(({ place: there, ...period }) => ({ ...period, place: { ...there } })),
    events: entry.events,
    relations,
    licence: 'CC BY 4.0',
  };
}
