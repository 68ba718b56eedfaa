import { error } from '@sveltejs/kit';
import { poolKeeperOf } from '#modules/pools/access.ts';
import { keptPools } from '#modules/pools/keeping/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { speakDesk } from '../ways.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  speakDesk(locals.language, url);
  const keeper = poolKeeperOf(locals.viewer) ?? error(404, 'not found');
  return withViewer(keeper, async (tx) => ({ pools: await keptPools(tx, keeper) }));
};
