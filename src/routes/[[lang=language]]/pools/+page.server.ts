import { openPools } from '#modules/pools/reading/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { visitor } from '#platform/viewer.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) =>
  withViewer(visitor, async (tx) => ({ pools: await openPools(tx, locals.language) }));
