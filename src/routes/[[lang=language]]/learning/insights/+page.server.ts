import { byQuestion } from '#modules/learning/reading/model.ts';
import { openInsights } from '#modules/learning/reading/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) =>
  withViewer(locals.viewer, async (tx) => ({ shelves: byQuestion(await openInsights(tx)) }));
