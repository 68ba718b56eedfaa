import { error } from '@sveltejs/kit';
import { isMine, proposalsOn } from '#modules/stories/proposals/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { isKey } from '#platform/ids.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params }) =>
  withViewer(locals.viewer, async (tx) => {
    if (!isKey(params.telling) || !(await isMine(tx, params.telling))) error(404, 'not found');
    return { telling: params.telling, proposals: await proposalsOn(tx, params.telling) };
  });
