import { error } from '@sveltejs/kit';
import { openPool } from '#modules/pools/reading/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { visitor } from '#platform/viewer.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals }) => {
  const pool = await withViewer(visitor, (tx) => openPool(tx, params.pool, locals.language));
  return { pool: pool ?? error(404, 'not found') };
};
