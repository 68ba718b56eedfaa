import { error } from '@sveltejs/kit';
import { insightAsWork } from '#modules/learning/reading/exchange/model.ts';
import { openInsight } from '#modules/learning/reading/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params, locals, url }) =>
  withViewer(locals.viewer, async (tx) => {
    const found = (await openInsight(tx, params.slug)) ?? error(404, 'not found');
    return { ...found, itself: insightAsWork(url.origin, found.card) };
  });
