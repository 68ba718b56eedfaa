import { hsdsVersion as version } from '#platform/http/problem.ts';
import {
  answer,
  day,
  get,
  infoOf,
  key,
  moment,
  parameter,
  pathParameter,
  problemSchema,
  ref,
  sharedComponents,
  string,
  type House,
} from '../../exchange/openapi/parts/model.ts';
import { mostPerPage, parametersOf, usualPage, type ListName } from '../model.ts';

const yes = { type: 'boolean', default: false } as const;
const parameters: Readonly<Record<string, object>> = {
  search: parameter(
    'search',
    'Words to look for, in any language; in the lists of words: a part of a name.',
    {
      ...string,
      maxLength: 400,
    },
  ),
  page: parameter('page', 'The page, counted from 1.', {
    type: 'integer',
    minimum: 1,
    maximum: 100_000,
    default: 1,
  }),
  per_page: parameter(
    'per_page',
    `How many records a page has: ${usualPage} if not said, and with minimal all of them.`,
    { type: 'integer', minimum: 1, maximum: mostPerPage },
  ),
  format: parameter('format', 'json gives pages; ndjson gives all records at once, each on a line.', {
    ...string,
    enum: ['json', 'ndjson'],
    default: 'json',
  }),
  modified_after: parameter(
    'modified_after',
    'Only records that changed at this moment or later. What was taken away stands in /data/v1/changes.',
    moment,
  ),
  taxonomy_term_id: parameter('taxonomy_term_id', 'Only records that carry this word.', key),
  taxonomy_id: parameter(
    'taxonomy_id',
    'Only records that carry a word of this list; or only its words.',
    key,
  ),
  organization_id: parameter('organization_id', 'Only what belongs to this organization.', key),
  minimal: parameter('minimal', 'Only the id and modified_date of each record.', yes),
  full: parameter('full', 'Each record with all that hangs on it.', yes),
  full_service: parameter(
    'full_service',
    'Each organization with its service in full; asks for full as well.',
    yes,
  ),
  top_only: parameter('top_only', 'Only words without words below them: ours all are.', yes),
  parent_id: parameter('parent_id', 'Only words below this one: ours have none.', key),
};

const lists: Readonly<Record<ListName, { one: string; schema: string; called: string }>> = {
  organizations: { one: 'organization', schema: 'Organization', called: 'initiatives and institutions' },
  services: { one: 'service', schema: 'Service', called: 'what initiatives do: one service each' },
  service_at_locations: {
    one: 'service_at_location',
    schema: 'ServiceAtLocation',
    called: 'services whose place may be shown, with that place',
  },
  locations: {
    one: 'location',
    schema: 'Location',
    called: 'places that may be shown, never more exact than allowed',
  },
  taxonomies: { one: 'taxonomy', schema: 'Taxonomy', called: 'the lists of words' },
  taxonomy_terms: { one: 'taxonomy_term', schema: 'TaxonomyTerm', called: 'the words of all lists' },
};

const named = (word: string) => word.replace(/(^|_)(.)/g, (_, _line, letter: string) => letter.toUpperCase());
const page = (schema: string) => ({
  allOf: [ref('Page'), { type: 'object', properties: { contents: { type: 'array', items: ref(schema) } } }],
});

/** The description of the doors that speak HSDS, as OpenAPI 3.1. */
export function hsdsOpenApi(house: House) {
  const names = Object.keys(lists) as ListName[];
  return {
    openapi: '3.1.0',
    info: infoOf(
      house,
      'Steppingstones as HSDS 3.0',
      version,
      'The open field of initiatives for and with refugees in the Netherlands, as the Human Services Data Specification of Open Referral tells it.',
    ),
    externalDocs: { description: 'The specification', url: 'https://docs.openreferral.org/en/3.0/' },
    // Open to anyone: there is nothing to sign in to.
    security: [],
    servers: [{ url: `${house.origin}/hsds/3.0`, description: 'This house' }],
    tags: [
      { name: 'doors', description: 'What these doors are' },
      ...names.map((list) => ({ name: list, description: lists[list].called })),
    ],
    paths: {
      '/': get('details', 'doors', 'Which version this is, and where it is described.', [], {
        ...answer('Details of these doors.', { 'application/json': ref('Details') }, ['406']),
      }),
      ...Object.fromEntries(names.flatMap(pathsOf)),
      '/openapi.json': get('description', 'doors', 'This description.', [], {
        ...answer('OpenAPI 3.1.', { 'application/json': { type: 'object' } }, ['406']),
      }),
    },
    components: { ...sharedComponents, schemas },
  };
}

function pathsOf(list: ListName): [string, object][] {
  const { one, schema, called } = lists[list];
  const id = pathParameter('id', `The id of the ${one}.`, key);
  return [
    [
      `/${list}`,
      get(
        `list${named(list)}`,
        list,
        `A list of ${called}.`,
        parametersOf[list].flatMap((name) => parameters[name] ?? []),
        answer(
          'A page of records, in the order of their ids.',
          { 'application/json': page(schema), 'application/x-ndjson': string },
          ['400', '406'],
        ),
      ),
    ],
    [
      `/${list}/{id}`,
      get(
        `get${named(one)}`,
        list,
        `One ${one} in full.`,
        [id, ...(list === 'organizations' ? [parameters.full_service ?? {}] : [])],
        answer('The record.', { 'application/json': ref(schema) }, ['400', '404', '406']),
      ),
    ],
  ];
}

const object = (description: string, required: readonly string[], properties: object) => ({
  type: 'object',
  description,
  required,
  properties,
});
const many = (schema: string) => ({ type: 'array', items: ref(schema) });
const uri = { type: 'string', format: 'uri' } as const;

const schemas = {
  Problem: problemSchema,
  Details: object('These doors.', ['version', 'profile', 'openapi_url'], {
    version: string,
    profile: uri,
    openapi_url: uri,
  }),
  Page: object('One page of a list.', ['total_items', 'total_pages', 'page_number', 'size'], {
    total_items: { type: 'integer' },
    total_pages: { type: 'integer' },
    page_number: { type: 'integer' },
    size: { type: 'integer' },
    first_page: { type: 'boolean' },
    last_page: { type: 'boolean' },
    empty: { type: 'boolean' },
  }),
  Organization: object('An initiative or institution.', ['id', 'name', 'description'], {
    id: key,
    name: string,
    alternate_name: string,
    description: string,
    email: { type: 'string', format: 'email' },
    website: uri,
    year_incorporated: { type: 'number' },
    uri,
    parent_organization_id: key,
    phones: many('Phone'),
    locations: many('Location'),
    organization_identifiers: { type: 'array', items: { type: 'object' } },
    services: many('Service'),
    attributes: many('Attribute'),
    metadata: many('Metadata'),
  }),
  Service: object('What an initiative does.', ['id', 'name', 'status'], {
    id: key,
    organization_id: key,
    name: string,
    alternate_name: string,
    description: string,
    url: uri,
    email: { type: 'string', format: 'email' },
    status: { type: 'string', enum: ['active', 'inactive', 'defunct', 'temporarily closed'] },
    eligibility_description: string,
    assured_date: day,
    last_modified: moment,
    organization: ref('Organization'),
    service_at_locations: many('ServiceAtLocation'),
    service_areas: { type: 'array', items: { type: 'object' } },
    languages: { type: 'array', items: { type: 'object' } },
    phones: many('Phone'),
    attributes: many('Attribute'),
    metadata: many('Metadata'),
  }),
  ServiceAtLocation: object('A service at a place.', ['id'], {
    id: key,
    service_id: key,
    location_id: key,
    location: ref('Location'),
    service: ref('Service'),
  }),
  Location: object('A place, as coarse as it is shown.', ['id', 'location_type'], {
    id: key,
    location_type: { type: 'string', enum: ['physical', 'postal', 'virtual'] },
    organization_id: key,
    name: string,
    description: string,
    latitude: { type: 'number' },
    longitude: { type: 'number' },
    external_identifier: string,
    external_identifier_type: string,
    attributes: many('Attribute'),
  }),
  Phone: object('A telephone number of an initiative.', ['id', 'number'], {
    id: key,
    number: string,
    type: string,
  }),
  Attribute: object('Something HSDS has no field for, said by a word of a list.', ['id'], {
    id: key,
    link_id: key,
    link_type: string,
    link_entity: string,
    taxonomy_term_id: key,
    value: string,
    taxonomy_term: ref('TaxonomyTerm'),
  }),
  Metadata: object('What was different from a day on.', ['id', 'last_action_date', 'field_name'], {
    id: key,
    resource_id: key,
    resource_type: string,
    last_action_date: day,
    last_action_type: string,
    field_name: string,
    previous_value: string,
    replacement_value: string,
    updated_by: string,
  }),
  Taxonomy: object('A list of words.', ['id', 'name', 'description'], {
    id: key,
    name: string,
    description: string,
    version: string,
  }),
  TaxonomyTerm: object('A word of a list.', ['id', 'name', 'description'], {
    id: key,
    code: string,
    name: string,
    description: string,
    taxonomy: string,
    taxonomy_id: key,
    language: string,
  }),
};
