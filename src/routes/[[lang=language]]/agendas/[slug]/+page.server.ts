import { error } from '@sveltejs/kit';
import { openAgenda } from '#modules/agendas/reading/queries.server.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals }) => {
  const agenda = await withViewer(locals.viewer, (tx) => openAgenda(tx, params.slug));
  return { agenda: agenda ?? error(404, 'not found'), today: today() };
};
