import { today } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { isKey } from '#platform/ids.ts';
import type { OneWish, RecordWish } from '../input.ts';
import type { OpenEntry } from '../../exchange/whole/model.ts';
import { locationKey, pageOf, serviceAtLocationKey, serviceKey, type ListName } from '../model.ts';
import { changedEntries, openEntries, openEntry, openWords, type Table } from '../queries.server.ts';
import {
  allTerms,
  taxonomyKey,
  taxonomyNames,
  taxonomyOf,
  termKey,
  termOf,
  type TaxonomyName,
} from '../terms/model.ts';
import {
  locationOf,
  minimal,
  organizationOf,
  serviceAtLocationOf,
  serviceOf,
  type Asked,
  type Fullness,
} from './model.ts';

interface Kind {
  readonly table: Table;
  readonly key: (initiative: string) => string;
  readonly record: (entry: OpenEntry, asked: Asked, fullness: Fullness, service: Fullness) => object | null;
}

const kinds: Readonly<Record<Exclude<ListName, 'taxonomies' | 'taxonomy_terms'>, Kind>> = {
  organizations: { table: 'organizations', key: (id) => id, record: organizationOf },
  services: { table: 'services', key: serviceKey, record: serviceOf },
  service_at_locations: { table: 'placed', key: serviceAtLocationKey, record: serviceAtLocationOf },
  locations: {
    table: 'placed',
    key: locationKey,
    record: (entry, _asked, fullness) => locationOf(entry, fullness),
  },
};

const things = {
  organizations: 'organization',
  services: 'service',
  service_at_locations: 'service-at-location',
  locations: 'location',
} as const;

/** A list as it is sent: a page of records, or all of them with one on each line. */
export async function listOf(tx: Tx, list: ListName, wish: RecordWish, origin: string | null) {
  const { contents, total } = await recordsOf(tx, list, wish, origin);
  if (wish.format === 'ndjson')
    return {
      body: contents.map((record) => `${JSON.stringify(record)}\n`).join(''),
      type: 'application/x-ndjson; charset=utf-8',
    };
  const page = pageOf(contents, { total, page: wish.page, perPage: wish.perPage ?? Math.max(1, total) });
  return { body: JSON.stringify(page), type: 'application/json; charset=utf-8' };
}

/** The records that answer a wish, and how many there are on all pages together. */
export async function recordsOf(
  tx: Tx,
  list: ListName,
  wish: RecordWish,
  origin: string | null,
): Promise<{ contents: readonly object[]; total: number }> {
  if (list === 'taxonomies' || list === 'taxonomy_terms') return wordsIn(tx, list, wish);
  const { table, key, record } = kinds[list];
  if (wish.minimal) {
    const { entries, total } = await changedEntries(tx, wish, table);
    return { contents: entries.map((entry) => minimal(key(entry.id), entry)), total };
  }
  const { entries, total } = await openEntries(tx, wish, table);
  const asked = { today: today(), origin };
  const fullness = wish.full || wish.fullService ? 'full' : 'basic';
  const contents = entries.flatMap(
    (entry) => record(entry, asked, fullness, wish.fullService ? 'full' : 'basic') ?? [],
  );
  return { contents, total };
}

async function wordsIn(tx: Tx, list: 'taxonomies' | 'taxonomy_terms', wish: RecordWish) {
  const isMeant = ({ name, description }: { name: string; description: string }) =>
    `${name}\n${description}`.toLowerCase().includes(wish.search.toLowerCase());
  const of = (taxonomy: TaxonomyName) =>
    !wish.unknownTaxonomy && (wish.taxonomy === null || wish.taxonomy === taxonomy);
  // Our lists are flat: no word has a parent, and none has children.
  const terms = list === 'taxonomy_terms' && wish.parent === null ? allTerms(await openWords(tx)) : [];
  const all =
    list === 'taxonomies'
      ? taxonomyNames.map(taxonomyOf).filter(isMeant)
      : terms
          .filter(({ taxonomy }) => of(taxonomy))
          .map(({ taxonomy, code }) => termOf(taxonomy, code))
          .filter(isMeant);
  const from = wish.perPage === null ? 0 : (wish.page - 1) * wish.perPage;
  return { contents: all.slice(from, from + (wish.perPage ?? all.length)), total: all.length };
}

/** One record in full; null when the street knows no record by this key. */
export async function recordOf(
  tx: Tx,
  { list, key, fullService }: OneWish,
  origin: string | null,
): Promise<object | null> {
  if (!isKey(key)) return null;
  if (list === 'taxonomies') {
    const name = taxonomyNames.find((taxonomy) => taxonomyKey(taxonomy) === key);
    return name ? taxonomyOf(name) : null;
  }
  if (list === 'taxonomy_terms') {
    const term = allTerms(await openWords(tx)).find(({ taxonomy, code }) => termKey(taxonomy, code) === key);
    return term ? termOf(term.taxonomy, term.code) : null;
  }
  const entry = await openEntry(tx, things[list], key);
  return (
    entry && kinds[list].record(entry, { today: today(), origin }, 'full', fullService ? 'full' : 'basic')
  );
}
