import { error } from '@sveltejs/kit';
import { openSelection } from '#modules/initiatives/verifying/selections/queries.server.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) =>
  (await withViewer(locals.viewer, (tx) => openSelection(tx, params.key, today()))) ??
  error(404, 'not found');
