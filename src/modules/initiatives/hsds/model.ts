import { lastingKey } from '#platform/ids.ts';
import type { State } from '../model.ts';

/** HSDS is the Human Services Data Specification of Open Referral; this is the version the doors speak. */
export const hsdsVersion = '3.0';

/** The lists of records. */
export const lists = [
  'organizations',
  'services',
  'service_at_locations',
  'locations',
  'taxonomies',
  'taxonomy_terms',
] as const;
export type ListName = (typeof lists)[number];

/** Whether a word is the name of a list of records. */
export function isList(word: string): word is ListName {
  return lists.includes(word as ListName);
}

const paging = ['search', 'page', 'per_page', 'format'];
const ofEntries = [
  ...paging,
  'modified_after',
  'taxonomy_term_id',
  'taxonomy_id',
  'organization_id',
  'minimal',
  'full',
];
/** The parameters each list takes. */
export const parametersOf: Readonly<Record<ListName, readonly string[]>> = {
  organizations: [...ofEntries, 'full_service'],
  services: ofEntries,
  service_at_locations: ofEntries,
  locations: ofEntries,
  taxonomies: paging,
  taxonomy_terms: [...paging, 'taxonomy_id', 'top_only', 'parent_id'],
};

export const usualPage = 50;
export const mostPerPage = 1_000;

/** The key of the one service of an initiative, of its place, and of the service at that place. */
export const serviceKey = (initiative: string) => lastingKey(initiative, 'service');
export const locationKey = (initiative: string) => lastingKey(initiative, 'location');
export const serviceAtLocationKey = (initiative: string) => lastingKey(initiative, 'service-at-location');

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
