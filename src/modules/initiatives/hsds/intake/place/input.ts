import type { ToldPlace } from '../../../placing/model.ts';
import { termKey } from '../../terms/model.ts';
import { nowhere } from '../model.ts';
import type { OrganizationRecord, ServiceRecord } from '../records/input.ts';

const precisions = ['exact', 'street', 'town', 'region'] as const;

/** Where an organization says it is; any that does not say how exactly that may be shown is shown by its town. */
export function placeIn(
  { locations }: Pick<OrganizationRecord, 'locations'>,
  services: readonly Partial<ServiceRecord>[],
): ToldPlace {
  const there = services.flatMap(({ service_at_locations }) =>
    (service_at_locations ?? []).flatMap(({ location }) => location ?? []),
  );
  const place = [...(locations ?? []), ...there].find(
    ({ latitude, longitude, addresses }) =>
      (latitude !== null && longitude !== null) || addresses?.some(({ city }) => city?.trim()),
  );
  if (!place) return nowhere;
  const said = precisions.find((one) =>
    place.attributes?.some(({ taxonomy_term_id }) => taxonomy_term_id === termKey('place', one)),
  );
  const code = place.external_identifier ?? '';
  const ours = said !== undefined && place.external_identifier_type === 'CBS';
  const city = place.addresses?.find((address) => address.city?.trim())?.city?.trim() ?? null;
  return {
    municipality: ours && /^GM\d{4}$/.test(code) ? code : null,
    town: ours ? (said === 'region' ? null : place.name) : city,
    province: ours && /^PV\d{2}$/.test(code) ? code : null,
    lat: place.latitude,
    lon: place.longitude,
    precision: said ?? 'town',
  };
}
