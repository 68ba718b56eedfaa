import { error } from '@sveltejs/kit';
import { openAdvice } from '#modules/pools/following/queries.server.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { visitor } from '#platform/viewer.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params }) => {
  const advice = await withViewer(visitor, (tx) => openAdvice(tx, { slug: params.slug }));
  return { advice: advice ?? error(404, 'not found'), today: today() };
};
