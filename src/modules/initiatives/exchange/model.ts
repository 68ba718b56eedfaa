import type { Day } from '#platform/clock.ts';
import { fadingOf } from '../asking/model.ts';
import { pageSize, type FieldWish, type Found, type Stone } from '../finding/model.ts';
import type { Channel, EntryField, KeptReason } from '../model.ts';

/** What is told of an entry as it is held now, whatever day in the world is asked about. */
export interface HeldNow {
  readonly website: string | null;
  readonly mail: string | null;
  readonly phone: string | null;
  readonly confirmedOn: Day | null;
  readonly checkedOn: Day | null;
  readonly checkedThrough: Channel | null;
  readonly recordedOn: Day;
  /** When anything that is open of it last became different. */
  readonly changedAt: string;
  readonly keptBack: Partial<Readonly<Record<EntryField, KeptReason>>>;
}

/** Of each entry what is held of it now, by its key, and the day that is. */
export interface HeldField {
  readonly today: Day;
  readonly entries: ReadonlyMap<string, HeldNow>;
}

/** How lately somebody said that an entry is right, and what of it is kept back and why. */
export function assurance(held: HeldNow, today: Day) {
  return {
    confirmedOn: held.confirmedOn,
    checkedOn: held.checkedOn,
    checkedThrough: held.checkedThrough,
    freshness: fadingOf(held, today).freshness,
    keptBack: held.keptBack,
    recordedOn: held.recordedOn,
    changedAt: held.changedAt,
  };
}

/** An initiative as the open data tells it: lasting names, never an exact place. */
export function openRecord(stone: Stone, wish: FieldWish, field: HeldField) {
  const held = field.entries.get(stone.id);
  if (!held) throw new Error(`What is held of ${stone.slug} was not asked.`);
  return {
    id: stone.id,
    slug: stone.slug,
    page: `/nl/initiatives/${stone.slug}`,
    name: stone.name,
    kind: stone.kind,
    formality: stone.formality,
    ledBy: stone.ledBy,
    scope: stone.scope,
    asOf: wish.asOf,
    state: stone.state,
    startKnown: stone.startKnown,
    lastSign: stone.lastSign,
    phases: stone.phases,
    themes: stone.themes,
    languages: stone.languages,
    town: stone.town,
    municipality: stone.municipality,
    province: stone.province,
    lat: stone.lat,
    lon: stone.lon,
    km: stone.km,
    summary: stone.text && {
      language: stone.text.language,
      text: stone.text.words,
      origin: stone.text.origin,
    },
    website: held.website,
    mail: held.mail,
    phone: held.phone,
    ...assurance(held, field.today),
    why: stone.why,
  };
}

/** A page of initiatives, with what the question was taken to mean. */
export function openPage(found: Found, wish: FieldWish, field: HeldField) {
  return {
    asOf: wish.asOf,
    knownOn: wish.knownOn,
    total: found.total,
    page: wish.page,
    pageSize,
    pages: Math.max(1, Math.ceil(found.total / pageSize)),
    near: found.place && {
      name: found.place.name,
      kind: found.place.kind,
      ...found.place.point,
      within: wish.within,
    },
    didYouMean: found.didYouMean.map((place) => place.name),
    spelledAs: found.spelledAs,
    initiatives: found.stones.map((stone) => openRecord(stone, wish, field)),
    licence: 'CC BY 4.0',
  };
}

/** All initiatives as a GeoJSON FeatureCollection (RFC 7946); what has no place has no geometry, and every point is a coarsened one. */
export function geoJsonOf(found: Found, wish: FieldWish, field: HeldField) {
  return {
    type: 'FeatureCollection',
    asOf: wish.asOf,
    features: found.stones.map((stone) => {
      const { id, lat, lon, why: _why, ...properties } = openRecord(stone, wish, field);
      return {
        type: 'Feature',
        id,
        geometry: lat === null || lon === null ? null : { type: 'Point', coordinates: [lon, lat] },
        properties,
      };
    }),
  };
}

const columns = [
  'id',
  'slug',
  'name',
  'kind',
  'formality',
  'ledBy',
  'scope',
  'asOf',
  'state',
  'startKnown',
  'lastSign',
  'phases',
  'themes',
  'languages',
  'town',
  'municipality',
  'province',
  'lat',
  'lon',
  'summary',
  'website',
  'mail',
  'phone',
  'confirmedOn',
  'checkedOn',
  'freshness',
  'keptBack',
  'changedAt',
] as const;

/** All initiatives as rows of a table, the names of the columns first; lists are joined with ';', what is kept back as field:reason. */
export function tableOf(found: Found, wish: FieldWish, field: HeldField): string[][] {
  const rows = found.stones.map((stone) => {
    const { summary, keptBack, ...record } = openRecord(stone, wish, field);
    const flat = {
      ...record,
      summary: summary?.text ?? null,
      keptBack: Object.entries(keptBack).map(([part, reason]) => `${part}:${reason}`),
    };
    return columns.map((column) => {
      const value = flat[column];
      return Array.isArray(value) ? value.join(';') : value === null ? '' : String(value);
    });
  });
  return [[...columns], ...rows];
}
