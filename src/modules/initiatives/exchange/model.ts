import { pageSize, type FieldWish, type Found, type Stone } from '../finding/model.ts';

/** An initiative as the open data tells it: lasting names, never an exact place. */
export function openRecord(stone: Stone, wish: FieldWish) {
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
    why: stone.why,
  };
}

/** A page of initiatives, with what the question was taken to mean. */
export function openPage(found: Found, wish: FieldWish) {
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
    initiatives: found.stones.map((stone) => openRecord(stone, wish)),
    licence: 'CC BY 4.0',
  };
}

/** All initiatives as a GeoJSON FeatureCollection (RFC 7946); what has no place has no geometry, and every point is a coarsened one. */
export function geoJsonOf(found: Found, wish: FieldWish) {
  return {
    type: 'FeatureCollection',
    asOf: wish.asOf,
    features: found.stones.map((stone) => {
      const { id, lat, lon, why: _why, ...properties } = openRecord(stone, wish);
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
] as const;

/** All initiatives as rows of a table, the names of the columns first; lists are joined with ';'. */
export function tableOf(found: Found, wish: FieldWish): string[][] {
  const rows = found.stones.map((stone) => {
    const { summary, ...record } = openRecord(stone, wish);
    return columns.map((column) => {
      const value = column === 'summary' ? (summary?.text ?? null) : record[column];
      return Array.isArray(value) ? value.join(';') : value === null ? '' : String(value);
    });
  });
  return [[...columns], ...rows];
}
