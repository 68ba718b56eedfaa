import { error } from '@sveltejs/kit';
import { openTrajectory } from '#modules/learning/reading/queries.server.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals }) => {
  const trajectory = await withViewer(locals.viewer, (tx) => openTrajectory(tx, params.slug));
  return { trajectory: trajectory ?? error(404, 'not found'), today: today() };
};
