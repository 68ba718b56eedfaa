import { openDilemmas, openInsights, openTrajectories } from '#modules/learning/reading/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) =>
  withViewer(locals.viewer, async (tx) => ({
    dilemmas: (await openDilemmas(tx)).length,
    insights: (await openInsights(tx)).length,
    trajectories: await openTrajectories(tx),
  }));
