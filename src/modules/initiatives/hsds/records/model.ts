import { lastingKey } from '#platform/ids.ts';
import type { Day } from '#platform/clock.ts';
import { attributesOfLocation, attributesOfOrganization, attributesOfService } from '../attributes/model.ts';
import { isPlaced, shownPeriod, type OpenEntry } from '../../exchange/whole/model.ts';
import { hsdsVersion, locationKey, serviceAtLocationKey, serviceKey, statusOf, told } from '../model.ts';
import { organizationHistory, serviceHistory } from '../provenance/model.ts';
import { languageName } from '../terms/model.ts';

/** Where records are asked: the day it is, and the house whose addresses they carry (null leaves addresses out). */
export interface Asked {
  readonly today: Day;
  readonly origin: string | null;
}

/** How much of a record is told: the fields that are one to one, or all that hangs on it. */
export type Fullness = 'basic' | 'full';

/** An initiative or institution as an organization of HSDS. */
export function organizationOf(
  entry: OpenEntry,
  { today, origin }: Asked,
  fullness: Fullness,
  services: Fullness = 'basic',
) {
  const { shape } = shownPeriod(entry);
  const [alternate = null] = entry.names;
  const basic = {
    id: entry.id,
    name: shape.name,
    ...told({ alternate_name: alternate }),
    description: descriptionOf(entry),
    ...told({
      email: mailOf(entry.mail),
      website: uriOf(entry.website),
      year_incorporated: yearIncorporated(entry),
      uri: origin && `${origin}/nl/initiatives/${entry.slug}`,
      parent_organization_id: entry.partOf,
    }),
  };
  if (fullness === 'basic') return basic;
  const locations = locationOf(entry, 'full');
  return {
    ...basic,
    ...told({ phones: phonesOf(entry, 'organization'), locations: locations && [locations] }),
    organization_identifiers: [
      {
        id: lastingKey(entry.id, 'identifier', 'slug'),
        organization_id: entry.id,
        identifier_scheme: 'steppingstones',
        identifier_type: 'slug',
        identifier: entry.slug,
      },
    ],
    services: [
      services === 'full'
        ? withoutOrganization(entry, { today, origin })
        : { id: serviceKey(entry.id), name: shape.name, status: status(entry, today) },
    ],
    attributes: attributesOfOrganization(entry),
    ...told({ metadata: organizationHistory(entry) }),
  };
}

/** What an initiative does, as a service of HSDS: one for each, named as it is. */
export function serviceOf(entry: OpenEntry, asked: Asked, fullness: Fullness) {
  const basic = basicService(entry, asked.today);
  if (fullness === 'basic') return { ...basic, organization: organizationOf(entry, asked, 'basic') };
  return { ...withoutOrganization(entry, asked), organization: organizationOf(entry, asked, 'full') };
}

function basicService(entry: OpenEntry, today: Day) {
  const { shape } = shownPeriod(entry);
  const [alternate = null] = entry.names;
  const assured = [entry.confirmedOn, entry.checkedOn].filter((day) => day !== null).sort();
  return {
    id: serviceKey(entry.id),
    organization_id: entry.id,
    name: shape.name,
    ...told({
      alternate_name: alternate,
      description: descriptionOf(entry) || null,
      url: uriOf(entry.website),
      email: mailOf(entry.mail),
    }),
    status: status(entry, today),
    ...told({
      eligibility_description: shape.audiences.join('; ') || null,
      assured_date: assured.at(-1) ?? null,
    }),
    last_modified: entry.modifiedAt,
  };
}

function withoutOrganization(entry: OpenEntry, { today }: Asked) {
  const id = serviceKey(entry.id);
  const at = locationOf(entry, 'full');
  const there = { id: serviceAtLocationKey(entry.id), service_id: id, location_id: locationKey(entry.id) };
  return {
    ...basicService(entry, today),
    ...told({
      phones: phonesOf(entry, 'service'),
      service_areas: areasOf(entry),
      service_at_locations: at && [{ ...there, location: at }],
      languages: languagesOf(entry),
    }),
    attributes: attributesOfService(entry),
    ...told({ metadata: serviceHistory(entry) }),
  };
}

/** A service where it can be found; null when its place is not shown. */
export function serviceAtLocationOf(entry: OpenEntry, asked: Asked, fullness: Fullness) {
  const location = locationOf(entry, fullness);
  if (location === null) return null;
  return {
    id: serviceAtLocationKey(entry.id),
    service_id: serviceKey(entry.id),
    location_id: location.id,
    location,
    service: serviceOf(entry, asked, fullness),
  };
}

/** The place of an initiative, as coarse as it is shown: a town or a province, seldom a street; null when it is not shown. */
export function locationOf(entry: OpenEntry, fullness: Fullness) {
  const period = shownPeriod(entry);
  const { place } = period;
  if (!isPlaced(period)) return null;
  const basic = {
    id: locationKey(entry.id),
    location_type: 'physical' as const,
    organization_id: entry.id,
    ...told({ name: place.town ?? place.municipalityName ?? place.provinceName }),
    description: places[place.precision] ?? '',
    ...told({ latitude: place.lat, longitude: place.lon }),
    ...told({ external_identifier: place.municipality ?? place.province }),
    external_identifier_type: 'CBS',
  };
  return fullness === 'basic' ? basic : { ...basic, attributes: attributesOfLocation(entry) };
}

const places: Readonly<Record<string, string>> = {
  exact: 'The point is the place itself.',
  street: 'The point is somewhere near, within some 200 metres.',
  town: 'The point is the middle of the town, not an address.',
  region: 'The point is the middle of the province; the place itself is not shown.',
};

/** What the root of the doors tells: the version of the specification, and where these doors are described. */
export const apiDetails = (origin: string) => ({
  version: hsdsVersion,
  profile: `${origin}/hsds/3.0`,
  openapi_url: `${origin}/hsds/3.0/openapi.json`,
});

/** What is left of a record when only those that changed are asked for. */
export const minimal = (id: string, { modifiedAt }: Pick<OpenEntry, 'modifiedAt'>) => ({
  id,
  modified_date: modifiedAt,
});

const descriptionOf = (entry: OpenEntry): string => entry.texts[0]?.text ?? '';

function status(entry: OpenEntry, today: Day) {
  const { state, from } = shownPeriod(entry);
  return statusOf(state, from === null || from <= today);
}

/** A year is only told where the entry took on a legal form in it; when it began stands among its life events. */
function yearIncorporated(entry: OpenEntry): number | null {
  const formal = entry.events.find(
    ({ kind, day, precision }) => kind === 'formalised' && day !== null && precision !== 'at-latest',
  );
  return formal?.day ? Number(formal.day.slice(0, 4)) : null;
}

/** An address as it is told; one that is no URI (RFC 3986) is made one, or left out where that cannot be. */
function uriOf(address: string | null): string | null {
  if (address === null || !URL.canParse(address)) return null;
  const whole = /^[\w\-.~:/?#@!$&'()*+,;=%]+$/.test(address)
    ? address
    : encodeURI(decoded(new URL(address).href));
  return whole.replace(/%(?![0-9A-Fa-f]{2})/g, '%25').replace(/[[\]]/g, encodeURIComponent);
}

const decoded = (address: string) => {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
};

/** A mail address whose signs HSDS allows; any other is left out. */
function mailOf(address: string | null): string | null {
  const atom = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+";
  const label = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?';
  const form = new RegExp(`^${atom}(?:\\.${atom})*@(?:${label}\\.)+${label}$`, 'i');
  return address !== null && form.test(address) ? address : null;
}

function phonesOf(entry: OpenEntry, of: 'organization' | 'service') {
  const whose = of === 'service' ? { service_id: serviceKey(entry.id) } : { organization_id: entry.id };
  return entry.phone === null
    ? []
    : [{ id: lastingKey(entry.id, 'phone', of), ...whose, number: entry.phone, type: 'voice' }];
}

function languagesOf(entry: OpenEntry) {
  return shownPeriod(entry).shape.languages.map((tag) => {
    const [code = tag] = tag.split('-');
    return {
      id: lastingKey(entry.id, 'language', tag),
      service_id: serviceKey(entry.id),
      name: languageName(tag),
      code,
      ...told({ note: code === tag ? null : tag }),
    };
  });
}

function areasOf(entry: OpenEntry) {
  const { shape, place } = shownPeriod(entry);
  const areas = {
    neighbourhood: place.town,
    city: place.municipalityName,
    region: place.provinceName,
    national: 'Nederland',
  };
  const name = shape.scope && areas[shape.scope];
  if (!name) return [];
  return [
    {
      id: lastingKey(entry.id, 'area'),
      service_id: serviceKey(entry.id),
      name,
      extent: name,
      extent_type: 'text',
    },
  ];
}
