import { parseChainWishes } from '#modules/initiatives/relations/input.ts';
import { chainPage } from '#modules/initiatives/relations/chains/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';

export const load = ({ url, locals }) =>
  withViewer(locals.viewer, (tx) => chainPage(tx, parseChainWishes(url.searchParams)));
