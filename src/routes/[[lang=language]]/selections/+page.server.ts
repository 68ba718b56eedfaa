import { openSelections } from '#modules/initiatives/verifying/selections/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({
  selections: await withViewer(locals.viewer, openSelections),
});
