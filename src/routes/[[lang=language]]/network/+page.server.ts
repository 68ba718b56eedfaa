import { parseNetworkWishes } from '#modules/initiatives/relations/input.ts';
import { networkPage } from '#modules/initiatives/relations/layout/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';

export const load = ({ url, locals }) =>
  withViewer(locals.viewer, (tx) => networkPage(tx, parseNetworkWishes(url.searchParams), locals.language));
